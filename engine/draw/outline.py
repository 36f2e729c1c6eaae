"""Tells a diagram in plain text, step by step, for those who listen to it or search in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.diagram import Diagram, Element, ElementKind, Event, EventKind, Flow, Process
from engine.draw.details import details_of, event_kind, everyday_details_of, kind_of
from engine.draw.marks import Mark
from engine.draw.order import in_flow_order, targets_of
from engine.draw.policy_words import Said

_CONDITIONAL = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})
_GATEWAY_WORDS = {
    ElementKind.EXCLUSIVE: "exactly one way is taken",
    ElementKind.INCLUSIVE: "every way whose condition is true is taken",
    ElementKind.PARALLEL: "all ways are taken at once",
    ElementKind.EVENT_GATEWAY: "the way of whatever happens first is taken",
}
_JOIN_WORDS = {
    ElementKind.EXCLUSIVE: "ways meet again",
    ElementKind.INCLUSIVE: "waits for every way that was taken",
    ElementKind.PARALLEL: "waits for all ways",
}
#: What people who clear tasks call what the drawing tells by signs.
_EVERYDAY_WORDS = {
    ElementKind.USER: "task",
    ElementKind.PLAIN: "step",
    ElementKind.RULE: "decision by table",
    ElementKind.SEND: "letter",
    ElementKind.SCRIPT: "worked out",
    ElementKind.SERVICE: "done by the system",
    ElementKind.CALL: "part of the case",
    ElementKind.START: "start",
    ElementKind.END: "end",
    ElementKind.EXCLUSIVE: "question",
    ElementKind.INCLUSIVE: "question",
    ElementKind.PARALLEL: "at the same time",
}
_STANDING = {
    Mark.DONE: ". Done.",
    Mark.NOW: ". THE CASE IS HERE NOW.",
    Mark.LATE: ". THE CASE IS HERE NOW, AND IT IS LATE.",
    Mark.UNTAKEN: ". Never taken.",
}

_NOTHING_SAID: Mapping[str, Said] = {}


def outline(diagram: Diagram, said: Mapping[str, Said] = _NOTHING_SAID) -> str:
    """The diagram as plain text: each process with its steps numbered in flow order, and where each leads.

    An embedded sub-process's steps follow it, indented, as 4.1, 4.2. A way to an earlier step says "back to step".
    `said` gives, by element, what its policy says: times are in words then, and each letter has its title.
    """
    parts = [f"Diagram {diagram.file}"]
    for process in diagram.processes.values():
        parts.append(_ProcessOutline(process, diagram, said=said).text())
    parts.extend(_around(diagram))
    return "\n\n".join(parts) + "\n"


def outline_of_case(
    diagram: Diagram, process_id: str, marks: Mapping[str, Mark], said: Mapping[str, Said] = _NOTHING_SAID
) -> str:
    """One process as plain text for those who work on a case: what is done, and where the case is now, by `marks`.

    By when each step is due and which letter it writes stands in words, as `said` has it. Without what only those who
    draw the policy ask for: files, forms, handlers, expressions.
    """
    return _ProcessOutline(diagram.processes[process_id], diagram, marks=marks, said=said).text() + "\n"


class _ProcessOutline:
    """With `marks`, even with none in it, it is told to those who work on a case; else to those who draw the policy."""

    def __init__(
        self,
        process: Process,
        diagram: Diagram,
        *,
        marks: Mapping[str, Mark] | None = None,
        said: Mapping[str, Said] = _NOTHING_SAID,
    ) -> None:
        self._process = process
        self._diagram = diagram
        self._marks = marks
        self._said = said
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._levels: dict[str | None, tuple[Element, ...]] = {}
        self._notes = _notes_of(diagram)
        self._number(None, ())

    def text(self) -> str:
        process = self._process
        if self._marks is not None:
            return "\n".join(self._level_lines(None, ""))
        lines = [f"Process: {process.name or process.id}"]
        pools = [pool.name for pool in self._diagram.participants if pool.process_id == process.id and pool.name]
        if pools and pools != [process.name]:
            lines.append(f"Pool: {', '.join(pools)}")
        lanes = list(dict.fromkeys(lane.name for lane in process.lanes if lane.name))
        if lanes:
            lines.append(f"Lanes: {', '.join(lanes)}")
        lines.extend(process.documentation.splitlines())
        if process.frame_due_date is not None:
            lines.append(f"Due as a whole: {process.frame_due_date}")
        lines.append("")
        lines.extend(self._level_lines(None, ""))
        if not process.elements:
            lines.append("Nothing is drawn in it.")
        return "\n".join(lines)

    def _number(self, parent: str | None, prefix: tuple[int, ...]) -> None:
        self._levels[parent] = in_flow_order(self._process, parent)
        for position, element in enumerate(self._levels[parent], start=1):
            self._numbers[element.id] = (*prefix, position)
            if element.id in self._process.children:
                self._number(element.id, (*prefix, position))

    def _level_lines(self, parent: str | None, indent: str) -> Iterable[str]:
        for element in self._levels[parent]:
            yield f"{indent}{_numeral(self._numbers[element.id])}. {self._headline(element)}"
            inner = indent + "    "
            for detail in (*self._details(element), *self._notes.get(element.id, ())):
                yield f"{inner}{detail}"
            if element.id in self._levels:
                yield f"{inner}Inside:"
                yield from self._level_lines(element.id, inner)
            for way in self._ways(element):
                yield f"{inner}{way}"
            for boundary in self._process.boundaries.get(element.id, ()):
                yield from (f"{inner}{line}" for line in self._boundary_lines(boundary, element))

    def _headline(self, element: Element) -> str:
        kind = self._kind(element)
        said = f"{kind[:1].upper()}{kind[1:]}"
        if element.name:
            said += f": {element.name}"
        if element.lane:
            said += f" ({element.lane})"
        return f"{said}{self._standing(element)}"

    def _kind(self, element: Element) -> str:
        if self._marks is None:
            return kind_of(element)
        if element.kind in _JOIN_WORDS and len(element.incoming) > 1 and not element.name:
            return "ways meet again"
        return _EVERYDAY_WORDS.get(element.kind) or kind_of(element)

    def _standing(self, element: Element) -> str:
        return _STANDING[self._marks[element.id]] if self._marks and element.id in self._marks else ""

    def _details(self, element: Element) -> Iterable[str]:
        said = self._said.get(element.id, Said())
        return details_of(element, said) if self._marks is None else everyday_details_of(element, said)

    def _ways(self, element: Element) -> Iterable[str]:
        targets = targets_of(element, self._process)
        if element.kind is ElementKind.END and not targets:
            return
        if element.is_event_subprocess:
            yield from self._beginnings(element)
            return
        if not targets and not self._process.boundaries.get(element.id):
            yield "Nothing follows."
        is_said = self._marks is not None and element.kind is ElementKind.EXCLUSIVE
        if len(element.incoming) > 1 and element.kind in _JOIN_WORDS and not is_said:
            yield f"Here {_JOIN_WORDS[element.kind]}."
        if len(targets) > 1:
            words = _GATEWAY_WORDS.get(element.kind, "all ways are taken at once")
            yield f"From here {words}:"
        for flow, target in targets:
            yield f"{self._when(element, flow)} → {self._place(element, target)}"

    def _beginnings(self, element: Element) -> Iterable[str]:
        for start in self._process.start_events(element.id):
            stops = "stops all else here" if start.is_interrupting else "all else here goes on"
            yield f"Meanwhile, whenever “{start.label}” happens, it begins; {stops}."

    def _when(self, element: Element, flow: Flow) -> str:
        if element.default_flow == flow.id:
            return f"otherwise ({flow.name})" if flow.name else "otherwise"
        if flow.condition is None or (self._marks is not None and flow.name):
            return f"if {flow.name}" if flow.name and element.kind in _CONDITIONAL else flow.name or "then"
        return f"if {flow.name} ({flow.condition})" if flow.name else f"if {flow.condition}"

    def _boundary_lines(self, boundary: Element, host: Element) -> Iterable[str]:
        event = boundary.event or Event(kind=EventKind.UNSUPPORTED)
        name = f": {boundary.name}" if boundary.name else ""
        stops = "stops this step" if boundary.is_interrupting else "this step goes on"
        yield f"Meanwhile, {event_kind(event, 'event')}{name}; {stops}{self._standing(boundary) or '.'}"
        for detail in (*self._details(boundary), *self._notes.get(boundary.id, ())):
            yield f"    {detail}"
        for _, target in targets_of(boundary, self._process):
            yield f"    then → {self._place(host, target)}"

    def _place(self, here: Element, target: Element) -> str:
        number = self._numbers.get(target.id)
        if number is None:
            return target.label
        is_back = number <= self._numbers.get(here.id, number)
        return f"{'back to step ' if is_back else ''}{_numeral(number)}. {target.name or self._kind(target)}"


def _numeral(number: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in number)


def _notes_of(diagram: Diagram) -> Mapping[str, list[str]]:
    """Text annotations by the element that a dotted line ties them to."""
    texts = {note.id: note.text for note in diagram.annotations if note.tag == "textAnnotation" and note.text}
    found: dict[str, list[str]] = {}
    for line in diagram.associations:
        for note, element in ((line.source, line.target), (line.target, line.source)):
            if note in texts:
                found.setdefault(element, []).append(f"Note: {texts[note]}")
    return found


def _around(diagram: Diagram) -> Iterable[str]:
    """Pools without a process, what passes between pools, and notes tied to nothing."""
    names = {pool.id: pool.name for pool in diagram.participants}
    for process in diagram.processes.values():
        names.update({element.id: element.label for element in process.elements.values()})
    yield from (f"Pool: {pool.name}, not shown inside" for pool in diagram.participants if pool.process_id is None)
    flows = [line for line in diagram.associations if line.tag == "messageFlow"]
    if flows:
        said = [
            f"- {flow.name or 'unnamed'}: from {names.get(flow.source, flow.source)} "
            f"to {names.get(flow.target, flow.target)}"
            for flow in flows
        ]
        yield "\n".join(["Messages between pools:", *said])
    tied = {end for line in diagram.associations for end in (line.source, line.target)}
    loose = [n.text for n in diagram.annotations if n.tag == "textAnnotation" and n.text and n.id not in tied]
    if loose:
        yield "\n".join(["Notes:", *(f"- {text}" for text in loose)])
