"""Every course that a case can take through its processes, with what it was told on the way.

A bounded walk: of the facts that a condition or a guard reads, those with a few answers are tried and the others are
only told or not. Parallel ways are gone one after the other; a process that is called for each item is passed by,
because what is told there is the items'. What goes beyond the bound is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from engine.check.level_outcome import LevelOutcome, Told
from engine.check.subjects import letter_of
from engine.check.suppositions import Supposed, outcomes, settled
from engine.check.touched import facts_touched
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.forms import Field, FieldKind, Form
from engine.variants import Guard, Variant

#: States that one level of a process is looked at in; beyond it nothing is claimed.
MOST_STATES = 10_000
#: Ways of answering one form that are tried.
MOST_ANSWERS = 48
_DEEPEST = 8


class TooManyStatesError(Exception):
    """The processes have more states than the walk goes through."""


class Walk:
    """The courses of a variant's processes in one world: what the decisions that guards read come to."""

    def __init__(self, variant: Variant, world: Mapping[str, bool], tracked: frozenset[str]) -> None:
        self._variant = variant
        self._world = world
        self._tracked = tracked
        self._items = frozenset(variant.settings.items)
        self._known: dict[tuple[str, str | None, Told], LevelOutcome] = {}
        self._touched: dict[tuple[str, str | None], frozenset[str]] = {}
        self._depth = 0

    def facts(self, told: Told) -> dict[str, Any]:
        """What expressions read: nothing was told of what is tracked and not in `told`."""
        nothing: dict[str, Any] = {name: [] if name in self._items else None for name in self._tracked}
        decisions = dict.fromkeys(self._variant.decisions, Supposed.ANYTHING)
        return {**nothing, **dict(told), **decisions, **self._world}

    def refused(self, guards: Iterable[Guard], told: Told) -> list[Guard]:
        """Those that certainly hold."""
        facts = self.facts(told)
        return [
            guard
            for guard in guards
            if (guard.when is None or outcomes(guard.when, facts) == {True})
            and outcomes(guard.unless, facts) == {False}
        ]

    def levels(self) -> Iterator[tuple[str, str | None, LevelOutcome]]:
        """Every level that was gone through: its process, the sub-process of it, and what came of it."""
        for (process, parent, _), level in self._known.items():
            yield process, parent, level

    def level(self, process: Process, parent: str | None, told: Told) -> LevelOutcome:
        """What can come of a level that is entered with these facts: gone through once for those that it touches."""
        touched = self._touched.get((process.id, parent))
        if touched is None:
            touched = self._touched[process.id, parent] = self.touched(process, parent)
        inside = frozenset(fact for fact in told if fact[0] in touched)
        key = (process.id, parent, inside)
        if key not in self._known:
            if self._depth >= _DEEPEST:
                raise TooManyStatesError
            self._known[key] = LevelOutcome()  # a process that calls itself gives nothing
            self._depth += 1
            self._known[key] = _LevelWalk(self, self._variant, process, parent).run(process.beginnings(parent), inside)
            self._depth -= 1
        return self._known[key].beside(told - inside)

    def touched(self, process: Process, parent: str | None) -> frozenset[str]:
        """Of what is followed, what makes a difference in a level, or is told there."""
        return facts_touched(self._variant, process, parent)

    def answers(self, form: Form | None, told: Told) -> list[Told]:
        """The facts after the form was answered, in each way that no guard refuses."""
        if form is None:
            return [told]
        found: list[dict[str, Any]] = [{}]
        for question in form.questions:
            if question.field.key not in self._tracked or question.field.is_read_only:
                continue
            following: list[dict[str, Any]] = []
            for given in found:
                facts = {**self.facts(told), **dict.fromkeys(form.keys), **given}
                hidden = [outcomes(condition.text, facts) for condition in question.hidden_if]
                if all(True in each for each in hidden) and hidden:
                    following.append(given)
                if not any(each == {True} for each in hidden):
                    following += [{**given, question.field.key: value} for value in self._values(question.field)]
            if len(following) > MOST_ANSWERS:
                raise TooManyStatesError
            found = following
        after = [self.tell(told, given) for given in found]
        guards = [guard for guard in self._variant.settings.guards if guard.facts & set(form.keys)]
        return [
            each
            for each, given in zip(after, found, strict=True)
            if not self.refused((guard for guard in guards if guard.facts & given.keys()), each)
        ]

    def passed(self, element: Element, told: Told) -> Told:  # noqa: ARG002  # for those that follow more
        """What is told once a course comes to the element, for walks that follow more than facts."""
        return told

    def tell(self, told: Told, given: Mapping[str, Any]) -> Told:
        return frozenset({**dict(told), **{name: v for name, v in given.items() if name in self._tracked}}.items())

    def outputs(self, element: Element, told: Told) -> Told:
        facts = self.facts(told)
        given = {}
        for mapping in element.outputs:
            value = settled(mapping.source, facts) if mapping.source.startswith("=") else mapping.source
            if value is Supposed.ANYTHING and element.job is not None:
                value = Supposed.SOMETHING  # what a handler gives back is there
            given[mapping.name] = Supposed.ANYTHING if mapping.name in self._items else value
        if done_by := element.properties.get("done_by"):
            given[done_by] = Supposed.SOMETHING
        return self.tell(told, given)

    def _values(self, asked: Field) -> list[Any]:
        if asked.kind in (FieldKind.CHECKBOX, FieldKind.YES_NO):
            return [True, False]
        if asked.kind is FieldKind.LIST:
            return [Supposed.ANYTHING]
        values: list[Any] = [Supposed.SOMETHING]
        if asked.kind in (FieldKind.RADIO, FieldKind.SELECT) and asked.options:
            values = [option.value for option in asked.options]
        return values if asked.is_required else [*values, None]


#: The kinds of event that come whatever the level has come to.
_BREAKING_IN = (EventKind.MESSAGE, EventKind.TIMER, EventKind.SIGNAL)


def _catches(event: Element, code: str) -> bool:
    return event.event is not None and event.event.kind is EventKind.ERROR and event.event.code in (None, code)


class _LevelWalk:
    """Goes through one level. A state is the tokens of the level and what was told; the first token that can go
    goes, so that parallel ways are gone one after the other."""

    def __init__(self, walk: Walk, variant: Variant, process: Process, parent: str | None) -> None:
        self._walk = walk
        self._variant = variant
        self._process = process
        self._parent = parent
        self._level = LevelOutcome()
        self._todo: list[tuple[tuple[tuple[str, str], ...], Told]] = []
        self._seen: set[tuple[tuple[tuple[str, str], ...], Told]] = set()

    def run(self, beginnings: Iterable[Element], told: Told) -> LevelOutcome:
        self._push(tuple((begun.id, "") for begun in beginnings), told)
        while self._todo:
            if len(self._seen) > MOST_STATES:
                raise TooManyStatesError
            self._step(*self._todo.pop())
        self._end_by_events()
        return self._level

    def _end_by_events(self) -> None:
        """What the interrupting event sub-processes of the level make of it, as boundary events do from outside."""
        starts = self._process.event_starts.get(self._parent, ())
        for code, told in tuple(self._level.faults):
            catching = [start for start in starts if _catches(start, code)]
            if catching:
                self._level.faults.discard((code, told))
                self._end_by(catching[0], {told})
        for start in starts:
            kind = start.event.kind if start.event is not None else None
            if start.is_interrupting and (kind in _BREAKING_IN or (kind is EventKind.ERROR and self._has_jobs)):
                self._end_by(start, self._level.seen)

    @property
    def _has_jobs(self) -> bool:
        return any(element.job is not None for element in self._process.children.get(self._parent, ()))

    def _end_by(self, start: Element, seen: Iterable[Told]) -> None:
        for told in tuple(seen):
            inner = self._walk.level(self._process, start.parent, told)
            self._level.done |= inner.done
            self._level.faults |= inner.faults
            self._level.ends |= inner.ends  # the level is over with it

    def _push(self, tokens: tuple[tuple[str, str], ...], told: Told) -> None:
        state = (tuple(sorted(tokens)), told)
        if state not in self._seen:
            self._seen.add(state)
            self._todo.append(state)
            self._level.seen.add(told)

    def _step(self, tokens: tuple[tuple[str, str], ...], told: Told) -> None:
        if not tokens:
            self._level.done.add(told)
            return
        going = next((token for token in tokens if not self._waits(token[0], tokens)), tokens[0])
        element = self._process.elements[going[0]]
        rest = tuple(token for token in tokens if token[0] != element.id or not self._is_join(element))
        if not self._is_join(element):
            rest = tuple(token for token in tokens if token != going)
        for flows, after in self._ways(element, told):
            if not element.outgoing and element.kind is not ElementKind.END:
                self._level.ends.add((element.id, after))
            ways = ((self._process.flows[flow].target, flow) for flow in flows)
            following = tuple(
                way for way in ways if way[0] in self._process.elements
            )  # another rule says which leads nowhere
            self._push((*rest, *following), after)

    def _is_join(self, element: Element) -> bool:
        return element.kind in (ElementKind.PARALLEL, ElementKind.INCLUSIVE) and len(element.incoming) > 1

    def _waits(self, element_id: str, tokens: tuple[tuple[str, str], ...]) -> bool:
        """Whether a join still waits, so that another token goes first."""
        element = self._process.elements[element_id]
        return self._is_join(element) and any(other != element_id for other, _ in tokens)

    def _ways(self, element: Element, told: Told) -> Iterator[tuple[tuple[str, ...], Told]]:
        out = element.outgoing
        match element.kind:
            case ElementKind.END:
                yield from self._end(element, told)
            case ElementKind.EXCLUSIVE:
                yield from self._choices(element, told)
            case ElementKind.INCLUSIVE:
                yield from self._several(element, told)
            case ElementKind.EVENT_GATEWAY:
                yield from (((flow,), told) for flow in out)
            case ElementKind.SUBPROCESS | ElementKind.CALL:
                yield from self._inside(element, told)
            case _:
                told = self._walk.passed(element, told)
                form = self._variant.forms.get(element.form_id or element.properties.get("form", ""))
                is_begun = element.kind is ElementKind.START and not element.begins_event_subprocess
                is_begun = is_begun and self._process.id != self._variant.settings.main_process
                held = element.kind is ElementKind.SEND and self._walk.refused(self._guards_of_letter(element), told)
                for after in () if held else self._walk.answers(None if is_begun else form, told):
                    yield out, self._walk.outputs(element, after)
                yield from self._broken_off(element, {told}, faults=())

    def _guards_of_letter(self, element: Element) -> list[Guard]:
        return [guard for guard in self._variant.settings.guards if letter_of(element) in guard.letters]

    def _end(self, element: Element, told: Told) -> Iterator[tuple[tuple[str, ...], Told]]:
        self._level.ends.add((element.id, told))
        guards = [guard for guard in self._variant.settings.guards if element.id in guard.ends]
        if self._walk.refused(guards, told):
            return
        if element.event is not None and element.event.kind is EventKind.ERROR:
            self._level.faults.add((element.event.code or "", told))
            return
        if element.event is not None and element.event.kind is EventKind.TERMINATE:
            self._level.done.add(told)
            return
        yield (), told

    def _choices(self, gateway: Element, told: Told) -> Iterator[tuple[tuple[str, ...], Told]]:
        facts, is_left = self._walk.facts(told), True
        for flow_id in gateway.outgoing:
            condition = self._process.flows[flow_id].condition
            if flow_id == gateway.default_flow or condition is None:
                continue
            can_be = outcomes(condition, facts)
            if is_left and True in can_be:
                yield (flow_id,), told
            is_left = is_left and False in can_be
        if is_left and gateway.default_flow is not None:
            yield (gateway.default_flow,), told
        elif len(gateway.outgoing) == 1:
            yield gateway.outgoing, told

    def _several(self, gateway: Element, told: Told) -> Iterator[tuple[tuple[str, ...], Told]]:
        facts = self._walk.facts(told)
        open_ways = []
        for flow_id in gateway.outgoing:
            condition = self._process.flows[flow_id].condition
            can_be = outcomes(condition, facts) if condition is not None else frozenset((True,))
            if flow_id != gateway.default_flow:
                open_ways.append([each for each in ((flow_id,), ()) if (each != ()) in can_be])
        for chosen in product(*open_ways):
            flows = tuple(flow for way in chosen for flow in way)
            default = (gateway.default_flow,) if gateway.default_flow is not None else ()
            if flows or default:
                yield flows or default, told

    def _inside(self, element: Element, told: Told) -> Iterator[tuple[tuple[str, ...], Told]]:
        inner = self._entered(element, told)
        if inner is None:
            yield element.outgoing, told
            return
        if element.loop is not None:  # what is told there is each item's own
            yield element.outgoing, self._walk.outputs(element, told)
            yield from self._broken_off(element, {told}, faults={(code, told) for code, _ in inner.faults})
            return
        for done in inner.done:
            yield element.outgoing, self._walk.outputs(element, done) if element.kind is ElementKind.CALL else done
        yield from self._broken_off(element, inner.seen, faults=inner.faults)

    def _entered(self, element: Element, told: Told) -> LevelOutcome | None:
        if element.kind is ElementKind.SUBPROCESS:
            return self._walk.level(self._process, element.id, told) if self._process.beginnings(element.id) else None
        process = self._variant.processes.get(element.called_process or "")
        return self._walk.level(process, None, told) if process is not None and process.beginnings() else None

    def _broken_off(
        self, element: Element, seen: Iterable[Told], *, faults: Iterable[tuple[str, Told]]
    ) -> Iterator[tuple[tuple[str, ...], Told]]:
        """What boundary events make of it: an error goes where it is caught, a message or a day breaks in anywhere."""
        events = self._process.boundaries.get(element.id, ())
        for code, told in faults:
            fitting = next((event for event in events if _catches(event, code)), None)
            if fitting is None:
                self._level.faults.add((code, told))
            else:
                yield fitting.outgoing, self._walk.outputs(fitting, told)
        for event in events:
            kind = event.event.kind if event.event is not None else None
            if kind is EventKind.ERROR and element.job is not None:
                yield from ((event.outgoing, told) for told in seen)
            if not event.is_interrupting or kind not in _BREAKING_IN:
                continue
            form = self._variant.forms.get(event.properties.get("form", ""))
            for told in seen:
                for after in self._walk.answers(form, told):
                    yield event.outgoing, self._walk.outputs(event, after)
