"""One process instance in memory: its tokens, and how they move."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.diagram.model import Element, ElementKind, EventKind, Flow
from engine.errors import BadInputError, DeadlockError, EndlessLoopError, EngineError, UncaughtFaultError
from engine.runtime.host import Host, Watch
from engine.runtime.program import Program
from engine.runtime.tokens import Token

#: Elements one instance may pass in one step. No policy comes near; a loop that waits for nobody does.
STEP_LIMIT = 2_000


class TokenWorkflow(Workflow):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """SpiffWorkflow's machine, holding live tokens only."""

    def __init__(self, run: ProcessRun) -> None:
        super().__init__(run.program.spec, deserializing=True)
        self.run = run
        self.ready: deque[Task] = deque()
        self.task_tree = Task(self, run.program.rest, state=TaskState.COMPLETED, id=0)

    def _task_completed_notify(self, task: Task) -> None:
        """The instance is over when no token is left, which `ProcessRun` sees; no search of the tree."""


class ProcessRun:
    """A process instance: start it or load its tokens, then complete, fire or cancel tokens and let it settle."""

    def __init__(
        self, program: Program, host: Host, *, number: int, tokens: Iterable[Token] = (), watch: Watch | None = None
    ) -> None:
        self.program = program
        self.host = host
        self.watch = watch
        self.number = number  #: of the instance, in its case
        self.tokens: dict[int, Token] = {}
        self.has_ended = False
        self._machine = TokenWorkflow(self)
        self._chosen: list[Flow] = []
        self._joining: int | None = None
        self._passed = 0  #: elements, since it was loaded
        self._inclusive: set[int] = set()
        for token in tokens:
            self._add(token, TaskState.STARTED)
            if self._is_inclusive_join(token):
                self._inclusive.add(token.number)

    # what the world does

    def start(self, *element_ids: str) -> None:
        """The process begins, with a token at each of these elements; or waits for the time at which it begins."""
        tokens = [self.spawn(element_id) for element_id in element_ids]
        if not any(self.element_of(token).begins_by_time for token in tokens):
            self._arm_inside(None)

    @property
    def waits_to_begin(self) -> bool:
        """Whether it only waits for the time at which its process begins."""
        return bool(self.tokens) and all(self.element_of(token).begins_by_time for token in self.tokens.values())

    def complete(self, number: int) -> None:
        """What the token waited for has happened: it goes on."""
        self._machine.tasks[number].complete()

    def fire(self, number: int, *, stays: bool = False) -> None:
        """An event happens. `stays`: one that waits beside something, and does not interrupt it, remains armed for the
        next time."""
        token = self.tokens[number]
        element = self.element_of(token)
        if token.host is None:
            self._begin_by_time(element)
            self.complete(number)
            return
        if element.begins_event_subprocess:
            self._begin_event_subprocess(token, element, stays=stays)
            return
        if element.is_interrupting:
            activity = self.tokens[token.host] if token.host is not None else None
            token.host = None
            if activity is not None:
                self.cancel(activity)
            self.complete(number)
        elif stays:
            if self.watch is not None:
                self.watch(self.program.process.id, element.id)
            self._spawn_along(self.program.outgoing(element), token.scope)
        else:
            self.complete(number)

    def retry(self, number: int) -> None:
        """Run a parked token again."""
        token = self.tokens[number]
        token.is_parked = False
        self._machine.ready.append(self._machine.tasks[number])

    def end_again(self, number: int) -> None:
        """The token that `hold_at` left may go now. What its end event did is not done again."""
        self.tokens[number].is_parked = False
        self.complete(number)

    def resolve(self, number: int) -> None:
        """A parked token was seen to by hand: it goes on behind its element. An event beside something is not armed.

        Raises BadInputError where the diagram has several ways on and only the facts can say which.
        """
        token = self.tokens[number]
        element = self.element_of(token)
        ways = self.program.outgoing(element)
        if element.kind in (ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE) and len(ways) > 1:
            raise BadInputError(
                f"“{element.label}” has {len(ways)} ways out and none is chosen. Correct the facts so that one of its "
                "conditions is true, then retry."
            )
        if token.host is not None:
            self.cancel(token)
            return
        if element.kind is ElementKind.END:
            self.host.reached_end(self.number, element)
        token.is_parked = False
        self._begin_by_time(element)
        self.choose(list(ways))
        self.complete(number)

    def throw(self, number: int) -> None:
        """What waited for its turn happens: an error, an escalation or a termination."""
        if self.happens(self.tokens[number]):
            self.complete(number)

    def catch(self, number: int | None, code: str, *, is_error: bool) -> bool:
        """Fire the innermost event that catches `code`, from the token outwards: on each level an event sub-process
        before a boundary event. False if there is none."""
        catcher = self._catcher(number, EventKind.ERROR if is_error else EventKind.ESCALATION, code)
        if catcher is None:
            return False
        self.fire(catcher.number, stays=self.element_of(catcher).may_happen_again)
        return True

    def hold_at(self, element: Element) -> Token:
        """The end of the instance cannot be: a token stands at its last end event again, parked."""
        token = Token(number=self.host.allocate(), element_id=element.id, is_parked=True)
        self._add(token, TaskState.STARTED)
        self.has_ended = False
        return token

    def cancel_all(self) -> None:
        """End the instance from outside: everything in it is cancelled."""
        for token in list(self.tokens.values()):
            if token.number in self.tokens and token.scope is None and token.host is None:
                self.cancel(token)
        self._disarm(self.number)
        self.has_ended = True

    # when its case is moved to another version

    def disarm(self, number: int) -> None:
        """An event waits no more. Those that waited with it for what comes first wait on."""
        self._leave_alone(self.tokens[number])

    def open_up(self, number: int) -> None:
        """A sub-process is no more, and what is inside stays; whoever does so puts it on another level."""
        token = self.tokens[number]
        self._remove(token)
        self.host.left(token, self.element_of(token), is_cancelled=True)

    def begin_round(self, number: int) -> None:
        """The sub-process in which a token stands from now on begins: nothing begins inside, as that is there."""
        token = self.tokens[number]
        self.host.arrived(self.number, token, self.element_of(token))
        self.arm_boundaries(token)
        self._arm_inside(token)

    def settle(self) -> None:
        """Run until every token waits for the world."""
        ready = self._machine.ready
        while True:
            while ready:
                task = ready.popleft()
                if task.id not in self.tokens:
                    continue
                self._passed += 1
                if self._passed > STEP_LIMIT:
                    token = self.tokens[task.id]
                    self.park(token, EndlessLoopError(self.element_of(token).label))
                    continue
                task.run()
            if not self._release_inclusive():
                break
        self._see_deadlock()

    # what the specifications do

    def outward(self, token: Token) -> Iterator[Token]:
        """The token, and those of the sub-processes round it, the innermost first."""
        held: Token | None = token
        while held is not None:
            yield held
            held = self.tokens[held.scope] if held.scope is not None else None

    def token_of(self, task: Task) -> Token:
        return self.tokens[task.id]

    def element_of(self, token: Token) -> Element:
        return self.program.element(token.element_id)

    def spawn(
        self,
        element_id: str,
        *,
        scope: int | None = None,
        host: int | None = None,
        via: str | None = None,
        gate: int | None = None,
    ) -> Token:
        token = Token(number=self.host.allocate(), element_id=element_id, scope=scope, host=host, via=via, gate=gate)
        if self.watch is not None and host is None and gate is None:
            self._tell(self.watch, token)
        task = self._add(token, TaskState.FUTURE)
        task.task_spec._update(task)
        return token

    def arm_boundaries(self, token: Token) -> None:
        for event in self.program.process.boundaries.get(token.element_id, ()):
            self.spawn(event.id, scope=token.scope, host=token.number)

    def begin_inside(self, token: Token) -> None:
        """A sub-process begins: a token where it begins, and its event sub-processes wait from now on."""
        for start in self.program.process.beginnings(token.element_id):
            self.spawn(start.id, scope=token.number)
        self._arm_inside(token)

    def choose(self, flows: list[Flow]) -> None:
        self._chosen = flows

    def chosen(self) -> list[Flow]:
        return self._chosen

    def go_on(self, token: Token, flows: Iterable[Flow]) -> None:
        """The token is used up; one follows on each flow."""
        self.consume(token, flows=flows)

    def consume(self, token: Token, *, flows: Iterable[Flow] = (), gate_flows: Iterable[Flow] = ()) -> None:
        self._leave(token, is_cancelled=False)
        spawned = self._spawn_along(flows, token.scope)
        for flow in gate_flows:
            self.spawn(flow.target, scope=token.scope, via=flow.id, gate=token.number)
            spawned = True
        if not spawned:
            self._close_scope(token.scope, self.element_of(token))

    def drop(self, token: Token) -> None:
        """The token is merged into another at a join."""
        self._inclusive.discard(token.number)
        self._remove(token)
        if token.is_parked:
            self.host.left(token, self.element_of(token), is_cancelled=True)

    def cancel(self, token: Token) -> None:
        """The token, what is armed on it and what runs inside it are gone."""
        for other in list(self.tokens.values()):
            if other.scope == token.number and other.host is None and other.number in self.tokens:
                self.cancel(other)
        self._leave(token, is_cancelled=True)

    def happens(self, token: Token) -> bool:
        """An error, an escalation or a termination happens. True if its token goes on behind it."""
        event = self.element_of(token).event
        code = (event.code if event is not None else None) or ""
        if event is not None and event.kind is EventKind.TERMINATE:
            self.terminate(token)
        elif event is not None and event.kind is EventKind.ERROR:
            self.raise_error(token, code)
            return False
        else:
            self.escalate(token, code)
        return token.number in self.tokens  # an interrupting boundary event has cancelled it

    def terminate(self, token: Token) -> None:
        """End the level the token is on."""
        for other in list(self.tokens.values()):
            if other is not token and other.number in self.tokens and other.scope == token.scope and other.host is None:
                self.cancel(other)
        self._remove(token)
        self._close_scope(token.scope, self.element_of(token))

    def raise_error(self, token: Token, code: str) -> None:
        """An error end event is reached."""
        if self.catch(token.scope, code, is_error=True) or self.host.escaped(self.number, code, is_error=True):
            return
        self.park(token, UncaughtFaultError(code, self.element_of(token).label))

    def escalate(self, token: Token, code: str) -> None:
        if not self.catch(token.scope, code, is_error=False):
            self.host.escaped(self.number, code, is_error=False)

    def park(self, token: Token, error: EngineError) -> None:
        """The token could not be run: it waits for a person."""
        token.is_parked = True
        self._inclusive.discard(token.number)
        self.host.parked(self.number, token, self.element_of(token), error)

    def waiting_at(self, token: Token) -> list[Token]:
        """Other tokens that wait at the same join on the same level, oldest first."""
        return [
            other
            for other in self.tokens.values()
            if other.element_id == token.element_id and other.scope == token.scope and other is not token
        ]

    def remember_inclusive(self, token: Token) -> None:
        self._inclusive.add(token.number)

    def is_joining(self, token: Token) -> bool:
        return self._joining == token.number

    # inside

    def _add(self, token: Token, state: int) -> Any:
        self.tokens[token.number] = token
        spec = self.program.task_spec(token.element_id)
        return Task(self._machine, spec, self._machine.task_tree, state=state, id=token.number)

    def _remove(self, token: Token) -> None:
        del self.tokens[token.number]
        del self._machine.tasks[token.number]
        self._machine.task_tree._children.remove(token.number)

    def _leave(self, token: Token, *, is_cancelled: bool) -> None:
        self._inclusive.discard(token.number)
        # A token that never ran made nothing that would have to end.
        if self.watch is not None and not is_cancelled:
            self._tell(self.watch, token)
        never_ran = is_cancelled and self._machine.tasks[token.number].state in (TaskState.FUTURE, TaskState.READY)
        self._remove(token)
        if not never_ran and (token.is_parked or not self._is_join(token)):
            self.host.left(token, self.element_of(token), is_cancelled=is_cancelled)
        for other in list(self.tokens.values()):
            is_boundary = other.host == token.number
            is_rival = token.gate is not None and other.gate == token.gate
            if (is_boundary or is_rival) and other.number in self.tokens:
                self._leave_alone(other)

    def _tell(self, watch: Watch, token: Token) -> None:
        """Whoever watches hears that the token's element, and the flow that led to it, was taken."""
        for taken in (token.via, token.element_id):
            if taken is not None:
                watch(self.program.process.id, taken)

    def _leave_alone(self, token: Token) -> None:
        token.gate = None
        self._leave(token, is_cancelled=True)

    def _spawn_along(self, flows: Iterable[Flow], scope: int | None) -> bool:
        spawned = False
        for flow in flows:
            self.spawn(flow.target, scope=scope, via=flow.id)
            spawned = True
        return spawned

    def _close_scope(self, scope: int | None, last: Element) -> None:
        if any(other.scope == scope and other.host is None for other in self.tokens.values()):
            return
        if scope is not None and self.element_of(self.tokens[scope]).is_event_subprocess:
            token = self.tokens[scope]
            self._leave(token, is_cancelled=False)
            self._close_scope(token.scope, last)
        elif scope is not None:
            self.complete(scope)
        elif not self.has_ended:
            self._disarm(self.number)
            self.has_ended = True
            self.host.ended(self.number, last)

    def _arm_inside(self, token: Token | None) -> None:
        """The event sub-processes of a sub-process, or of the process itself, wait as long as it runs."""
        scope = token.number if token is not None else None
        for event in self.program.process.event_starts.get(token.element_id if token is not None else None, ()):
            self.spawn(event.id, scope=scope, host=self.number if scope is None else scope)

    def _begin_by_time(self, start: Element) -> None:
        if start.begins_by_time:
            self._arm_inside(None)

    def _disarm(self, host: int) -> None:
        for other in list(self.tokens.values()):
            if other.host == host and other.number in self.tokens:
                self._leave(other, is_cancelled=True)

    def _begin_event_subprocess(self, armed: Token, start: Element, *, stays: bool) -> None:
        """An interrupting one ends everything else on its level first, and nothing there waits to begin any more."""
        level = [t for t in self.tokens.values() if t.scope == armed.scope and t is not armed]
        self.spawn(start.parent or "", scope=armed.scope)
        if not stays:
            self._leave(armed, is_cancelled=False)
        if start.is_interrupting:
            for other in level:
                if other.number not in self.tokens:
                    continue
                if other.host is None:
                    self.cancel(other)
                else:
                    self._leave(other, is_cancelled=True)

    def _catcher(self, number: int | None, kind: EventKind, code: str) -> Token | None:
        while number is not None:
            found = self._armed_for(number, kind, code)
            if found is not None:
                return found
            number = self.tokens[number].scope
        return self._armed_for(self.number, kind, code)

    def _armed_for(self, host: int, kind: EventKind, code: str) -> Token | None:
        armed = [
            (not element.begins_event_subprocess, event.code is None, token.number)
            for token in self.tokens.values()
            if token.host == host
            and (event := (element := self.element_of(token)).event) is not None
            and event.kind is kind
            and event.code in (None, code)
        ]
        return self.tokens[min(armed)[2]] if armed else None

    def _release_inclusive(self) -> bool:
        for number in sorted(self._inclusive):
            token = self.tokens[number]
            if self._may_join(token):
                joined = {token.via}
                for other in self.waiting_at(token):  # one from each way in; a second one is a round of its own
                    if other.via not in joined:
                        joined.add(other.via)
                        self.drop(other)
                self._inclusive.discard(number)
                self._joining = number
                self._machine.tasks[number].run()
                self._joining = None
                return True
        return False

    def _may_join(self, token: Token) -> bool:
        arrived = {token.via, *(other.via for other in self.waiting_at(token))}
        reaching, leading = self.program.reaching[token.element_id], self.program.leading[token.element_id]
        for other in self.tokens.values():
            if other.scope != token.scope or other.element_id == token.element_id:
                continue
            if any(
                other.element_id in sources for flow, sources in reaching.items() if flow not in arrived
            ) and not any(other.element_id in sources for flow, sources in leading.items() if flow in arrived):
                return False
        return True

    def _is_inclusive_join(self, token: Token) -> bool:
        element = self.element_of(token)
        return element.kind is ElementKind.INCLUSIVE and not token.is_parked and len(element.incoming) > 1

    def _is_join(self, token: Token) -> bool:
        return self.element_of(token).kind in (ElementKind.PARALLEL, ElementKind.INCLUSIVE)

    def _see_deadlock(self) -> None:
        """A join that nothing can reach any more would wait for ever."""
        if self.has_ended:
            return
        for token in list(self.tokens.values()):
            if not self._is_join(token) or token.is_parked:
                continue
            level = [other for other in self.tokens.values() if other.scope == token.scope and other.host is None]
            if all(self._is_join(other) and not other.is_parked for other in level):
                self.park(token, DeadlockError(self.element_of(token).label))
                return
