"""The step as the `Host` of the process instances it runs: what they ask is answered by the part that knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.casework.step import arrivals, children, delivery
from engine.casework.step.computation import execute_now, true_flows
from engine.diagram.model import Element, ElementKind, Flow
from engine.errors import EngineError
from engine.record_kinds import RecordKind
from engine.runtime import ProcessRun, Token

if TYPE_CHECKING:
    from engine.casework.step.step import Step


class Hosting:
    """One step's answers to its process instances."""

    def __init__(self, step: Step) -> None:
        self._step = step
        #: tokens that went in this step; whatever was stuck at them is stuck no more
        self.gone_tokens: list[int] = []

    def allocate(self) -> int:
        return self._step.allocate()

    def true_conditions(
        self, run: ProcessRun, gateway: Element, flows: tuple[Flow, ...], *, only_first: bool
    ) -> list[Flow]:
        return true_flows(self._step, self._step.loaded[run.number], gateway, flows, only_first=only_first)

    def execute(self, run: ProcessRun, token: Token) -> None:
        execute_now(self._step, self._step.loaded[run.number], run.element_of(token))

    def arrived(self, run: ProcessRun, token: Token) -> None:
        arrivals.arrive(self._step, self._step.loaded[run.number], token, run.element_of(token))

    def left(self, run: ProcessRun, token: Token, *, is_cancelled: bool) -> None:
        element = run.element_of(token)
        if is_cancelled or element.kind is ElementKind.CALL:
            self.gone_tokens.append(token.number)
        arrivals.leave(self._step, token, element, is_cancelled=is_cancelled)

    def parked(self, run: ProcessRun, token: Token, error: EngineError) -> None:
        self._step.incident(self._step.loaded[run.number], token.number, run.element_of(token), error)

    def thrown(self, run: ProcessRun, element: Element) -> None:
        instance = self._step.loaded[run.number]
        self._step.later(lambda: delivery.deliver_thrown(self._step, instance, element))

    def escaped(self, run: ProcessRun, code: str, *, is_error: bool) -> bool:
        return delivery.offer_to_parent(self._step, self._step.loaded[run.number], code, is_error=is_error)

    def ended(self, run: ProcessRun, element: Element) -> None:
        instance = self._step.loaded[run.number]
        instance.ended_as = element.properties.get("closes_as") or element.name or None
        if instance.parent is None:
            self._step.close_instance(instance)
            self._step.record(RecordKind.PROCESS_ENDED, process=run.program.process.name, ended_as=instance.ended_as)
        else:
            children.end_child(self._step, instance)
