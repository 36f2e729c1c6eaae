"""Our BPMN elements as SpiffWorkflow task specifications.

SpiffWorkflow's own BPMN specifications predict futures, search the whole history at a join and lose what the traps
describe (see docs/decisions/0002-spiffworkflow-carries.md). Ours keep nothing but live tokens: each rule below looks
at tokens only.
A `_run_hook` returns True (done, go on), or None (wait), as SpiffWorkflow defines it.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from engine.diagram.implied import is_link_catch
from engine.diagram.model import Element, ElementKind, EventKind, Flow
from engine.errors import EngineError, NoWayOutError
from engine.runtime.process_run import ProcessRun
from engine.runtime.program import spec_name
from engine.runtime.tokens import Token


class RestSpec(TaskSpec):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """The root every live token hangs from."""

    def __init__(self, wf_spec: Any) -> None:
        super().__init__(wf_spec, "rest", inputs=[], outputs=[])


class TokenSpec(TaskSpec):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """One element, which a token passes. Subclasses say what happens when one runs it."""

    def __init__(self, wf_spec: Any, element: Element) -> None:
        # the lists are given because TaskSpec's own default lists are shared between all specifications
        super().__init__(wf_spec, spec_name(element.id), inputs=[], outputs=[], data={}, defines={})
        self.element = element

    def test(self) -> None:
        """Soundness is the check's work; SpiffWorkflow would repeat a part of it for each token."""

    def _predict(self, my_task: Task, *args: Any, **kwargs: Any) -> None:
        """Nothing is predicted: the state is what is, not what may come."""

    def _update_hook(self, my_task: Task) -> bool:  # noqa: ARG002  # as SpiffWorkflow calls it
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.workflow.ready.append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        run: ProcessRun = my_task.workflow.run
        token = run.token_of(my_task)
        try:
            return self.enter(run, token)
        except EngineError as error:
            token.is_parked = True
            run.host.parked(run.number, token, self.element, error)
            return None

    def _on_complete_hook(self, my_task: Task) -> None:
        run: ProcessRun = my_task.workflow.run
        token = run.token_of(my_task)
        run.go_on(token, self.ways_out(run))

    def enter(self, run: ProcessRun, token: Token) -> bool | None:  # noqa: ARG002  # subclasses use them
        return True

    def ways_out(self, run: ProcessRun) -> list[Flow]:
        return list(run.program.outgoing(self.element))


class StartSpec(TokenSpec):
    """The process, or the sub-process, begins. The one of an event sub-process waits beside its level, and is passed
    when that has begun; a process that begins by time waits at its start."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        run.host.arrived(run.number, token, self.element)
        return None if token.host is not None or self.element.begins_by_time else True


class WaitingSpec(TokenSpec):
    """Waits for the world: a person, a job, a day, a message, child instances."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        if is_link_catch(self.element):
            return True
        run.host.arrived(run.number, token, self.element)
        if token.host is None:
            run.arm_boundaries(token)
        return None


class SubprocessSpec(TokenSpec):
    """An embedded sub-process: done when no token is left inside."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        run.host.arrived(run.number, token, self.element)
        run.arm_boundaries(token)
        run.begin_inside(token)
        return None


class ImmediateSpec(TokenSpec):
    """Script and business rule tasks: done within the step."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:  # noqa: ARG002  # as for every element
        run.host.execute(run.number, self.element)
        return True


class ThrowSpec(TokenSpec):
    """Intermediate throw and end events."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        event = self.element.event
        kind = event.kind if event is not None else EventKind.NONE
        if self.element.kind is ElementKind.END:
            run.host.reached_end(run.number, self.element)
        if self.element.job is not None:
            run.host.arrived(run.number, token, self.element)
            return None
        if kind in (EventKind.NONE, EventKind.LINK):
            return True
        if kind in (EventKind.MESSAGE, EventKind.SIGNAL) or run.host.is_throwing():
            run.host.thrown(run.number, token, self.element)
            return None
        return True if run.happens(token) else None


class ExclusiveSpec(TokenSpec):
    def enter(self, run: ProcessRun, token: Token) -> bool | None:  # noqa: ARG002  # as for every element
        run.choose(self.pick(run, only_first=True))
        return True

    def pick(self, run: ProcessRun, *, only_first: bool) -> list[Flow]:
        """The flows to take: the true ones, or else the default. Raises NoWayOutError."""
        flows = run.program.outgoing(self.element)
        default = [flow for flow in flows if flow.id == self.element.default_flow]
        if len(flows) == 1:
            return list(flows)
        others = tuple(flow for flow in flows if flow.id != self.element.default_flow)
        taken = run.host.true_conditions(run.number, self.element, others, only_first=only_first) or default
        if not taken:
            raise NoWayOutError(
                f"No way leads out of “{self.element.label}”: none of its conditions is true and it has no default "
                "flow. Correct the facts or draw a default flow, then retry."
            )
        return taken

    def ways_out(self, run: ProcessRun) -> list[Flow]:
        return run.chosen()


class ParallelSpec(TokenSpec):
    """Goes on when every way in holds a token, and takes one from each."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        waiting = run.waiting_at(token)
        arrived: dict[str | None, Token] = {}
        for other in [token, *waiting]:  # of several by one way in, the one that runs goes on
            arrived.setdefault(other.via, other)
        if any(flow not in arrived for flow in self.element.incoming):
            return None
        for other in arrived.values():
            if other is not token:
                run.drop(other)
        return True


class InclusiveSpec(ExclusiveSpec):
    """Joins what can still come (decided when everything else has come to rest), then takes every true way."""

    def enter(self, run: ProcessRun, token: Token) -> bool | None:
        if len(self.element.incoming) > 1 and not run.is_joining(token):
            run.remember_inclusive(token)
            return None
        run.choose(self.pick(run, only_first=False))
        return True


class EventGatewaySpec(TokenSpec):
    """The first of the events behind it decides; the gateway itself holds no token."""

    def _on_complete_hook(self, my_task: Task) -> None:
        run: ProcessRun = my_task.workflow.run
        token = run.token_of(my_task)
        run.consume(token, gate_flows=self.ways_out(run))


SPECS: dict[ElementKind, type[TokenSpec]] = {
    ElementKind.START: StartSpec,
    ElementKind.END: ThrowSpec,
    ElementKind.THROW: ThrowSpec,
    ElementKind.CATCH: WaitingSpec,
    ElementKind.BOUNDARY: WaitingSpec,
    ElementKind.USER: WaitingSpec,
    ElementKind.SERVICE: WaitingSpec,
    ElementKind.SEND: WaitingSpec,
    ElementKind.RECEIVE: WaitingSpec,
    ElementKind.CALL: WaitingSpec,
    ElementKind.SCRIPT: ImmediateSpec,
    ElementKind.RULE: ImmediateSpec,
    ElementKind.PLAIN: TokenSpec,
    ElementKind.SUBPROCESS: SubprocessSpec,
    ElementKind.EXCLUSIVE: ExclusiveSpec,
    ElementKind.PARALLEL: ParallelSpec,
    ElementKind.INCLUSIVE: InclusiveSpec,
    ElementKind.EVENT_GATEWAY: EventGatewaySpec,
}
