"""Diagrams that differ: processes, steps, ways and notes; and where it all is drawn, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.diagram import Diagram, Process
from engine.variants.comparison.difference import Difference, How, details_of, is_there, sentence_of
from engine.variants.comparison.renamed import Renamed
from engine.variants.comparison.steps import marks_of_steps, steps_between
from engine.variants.comparison.ways import marks_of_ways, ways_between
from engine.variants.variant import Variant
from engine.words import counted


def diagrams_between(before: Variant, after: Variant) -> Iterator[Difference]:
    names = Renamed(before, after)
    for process_id in dict.fromkeys((*before.drawn_processes, *after.drawn_processes)):
        was, now = before.drawn_processes.get(process_id), after.drawn_processes.get(process_id)
        if was is not None and now is not None:
            file = after.process_file[process_id]
            yield from _of_process(was, now, file)
            yield from steps_between(was, now, file, names)
            yield from ways_between(was, now, file)
        elif now is not None:
            yield _whole(now, How.ADDED, after)
        elif was is not None:
            yield _whole(was, How.GONE, before)
    for file, drawn in after.diagrams.items():
        if file in before.diagrams:
            yield from _notes(before.diagrams[file], drawn)
            moved = moved_in(before.diagrams[file], drawn)
            if moved:
                sentence = f"In the drawing of “{_title(drawn)}” {counted(len(moved), 'element')} moved."
                yield Difference(how=How.MOVED, what="drawing", sentence=sentence, file=file)


def moved_in(before: Diagram, after: Diagram) -> frozenset[str]:
    """The ids of what both draw, each at another place or in another size: steps, lanes, notes and the rest, not the
    lines between."""
    return frozenset(
        element_id
        for element_id, shape in after.shapes.items()
        if (old := before.shapes.get(element_id)) is not None
        and (old.bounds, old.is_expanded, old.plane) != (shape.bounds, shape.is_expanded, shape.plane)
    ) or frozenset(
        element_id
        for element_id, edge in after.edges.items()
        if (line := before.edges.get(element_id)) is not None and line.waypoints != edge.waypoints
    )


def marks_of(before: Variant, after: Variant, file: str) -> tuple[Mapping[str, How], Mapping[str, How]]:
    """What to mark in the drawing of `file` as it was, and as it is, by id."""
    names = Renamed(before, after)
    sides = [each.diagrams.get(file) for each in (before, after)]
    drawn = [each.processes if each is not None else {} for each in sides]
    old: dict[str, How] = {}
    new: dict[str, How] = {}
    if sides[0] is not None and sides[1] is not None:
        moved = dict.fromkeys(moved_in(sides[0], sides[1]), How.MOVED)
        old, new = dict(moved), dict(moved)
    for process_id in dict.fromkeys((*drawn[0], *drawn[1])):
        was, now = (each.get(process_id) for each in drawn)
        if was is not None and now is not None:
            for marks in (marks_of_steps(was, now, names), marks_of_ways(was, now)):
                old |= marks[0]
                new |= marks[1]
        elif now is not None:
            new |= dict.fromkeys((*now.elements, *now.flows), How.ADDED)
        elif was is not None:
            old |= dict.fromkeys((*was.elements, *was.flows), How.GONE)
    return old, new


def _title(diagram: Diagram) -> str:
    names = [process.name for process in diagram.processes.values() if process.name]
    return ", ".join(names) or diagram.file


def _whole(process: Process, how: How, variant: Variant) -> Difference:
    clauses = dict.fromkeys(clause for each in process.elements.values() for clause in each.clauses)
    sentence = (
        f"The process “{process.name or process.id}” is {is_there(how)}, with {counted(len(process.elements), 'step')}."
    )
    return Difference(
        how=how, what="step", sentence=sentence, clauses=tuple(clauses), file=variant.process_file[process.id],
        element_id=process.id,
    )  # fmt: skip


def _of_process(was: Process, now: Process, file: str) -> Iterator[Difference]:
    details = details_of((
        ("its name", was.name, now.name),
        ("its description", was.documentation, now.documentation),
        ("whether it can be run", was.is_executable, now.is_executable),
        *(
            (f"its “{key}”", was.properties.get(key), now.properties.get(key))
            for key in dict.fromkeys((*was.properties, *now.properties))
        ),
    ))  # fmt: skip
    if details:
        sentence = f"The process “{was.name or was.id}”: {sentence_of(details)}."
        yield Difference(
            how=How.CHANGED, what="process", sentence=sentence, file=file, element_id=now.id, details=details
        )


def _notes(before: Diagram, after: Diagram) -> Iterator[Difference]:
    """What is drawn for people alone: notes and data, pools, lanes where nothing is in them."""
    old, new = _words_beside(before), _words_beside(after)
    for note_id in dict.fromkeys((*old, *new)):
        was, now = old.get(note_id, ""), new.get(note_id, "")
        if was != now:
            how = How.ADDED if not was else How.GONE if not now else How.CHANGED
            details = details_of((("what it says", was, now),))
            told = (
                f"The note “{now or was}” is {is_there(how)}."
                if how is not How.CHANGED
                else f"A note: {sentence_of(details)}."
            )
            yield Difference(
                how=how, what="note", sentence=told, file=after.file, element_id=note_id,
                details=details if how is How.CHANGED else (),
            )  # fmt: skip


def _words_beside(diagram: Diagram) -> Mapping[str, str]:
    notes = {note.id: note.text for note in diagram.annotations}
    notes |= {line.id: line.name for line in diagram.associations}
    return notes | {pool.id: pool.name for pool in diagram.participants}
