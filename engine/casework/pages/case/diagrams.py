"""Where a case is on its diagrams: each process instance with what is done, where it stands, and what is late there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.casework.pages.case.progress import passed_elements
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.diagram.model import Element, ElementKind, EventKind, Process
from engine.draw import Mark, PolicyWords, draw_svg, outline_of_case
from engine.errors import DrawError
from engine.handler import Handler
from engine.model import CaseSummary, InstanceStatus, RecordEntry, TaskStatus
from engine.record_kinds import RecordKind, Trait
from engine.runtime.tokens import unpack_tokens
from engine.store import instances as stored
from engine.store import record
from engine.store import tasks as stored_tasks
from engine.store.instances import InstancePassed
from engine.store.moves import MoveRow, moves_of_case
from engine.store.tasks import TaskOfCase


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """One process instance."""

    number: int
    parent: int | None
    depth: int  #: 0 for one that nothing called
    process_id: str
    name: str  #: of the process
    about: str  #: what people call the item; "" for the case itself
    status: InstanceStatus
    started_at: datetime
    ended_at: datetime | None
    ended_as: str | None
    has_begun: bool  #: False for one that only waits for the time at which it begins
    marks: Mapping[str, Mark]  #: by element
    stands_at: tuple[str, ...]  #: names of the elements where it is now
    late_at: tuple[str, ...]  #: those of them whose deadline has passed


@dataclass(frozen=True, kw_only=True, slots=True)
class DiagramsPage:
    case: CaseSummary
    title: str
    instances: tuple[Drawn, ...]  #: each followed by those that it called
    chosen: Drawn | None
    svg: str  #: of the chosen one; "" where nothing of it is drawn
    outline: str  #: the same in words


def read_diagrams(
    office: Office, reference: str, looker: Looker, *, council_id: str, number: int | None = None
) -> DiagramsPage:
    """Every process instance, and the picture of the one with this number; without one, or where there is no such,
    of the one that matters most now. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        drawn = _in_order(_drawn(look))
    chosen = next((each for each in drawn if each.number == number), None) or _first(drawn)
    svg, words = _picture(look, chosen, office.handlers) if chosen is not None else ("", "")
    return DiagramsPage(case=look.summary, title=look.title, instances=drawn, chosen=chosen, svg=svg, outline=words)


def _picture(look: Look, chosen: Drawn, handlers: Mapping[str, Handler]) -> tuple[str, str]:
    variant = look.version.variant
    diagram = variant.diagrams[variant.process_file[chosen.process_id]]
    process = variant.processes[chosen.process_id]
    marks = {element: str(mark) for element, mark in chosen.marks.items()}
    try:
        svg = draw_svg(diagram, title=chosen.name, marks=marks)
    except DrawError:  # a variant may be drawn later; its words are there
        svg = ""
    said = PolicyWords(variant, handlers.values()).of_diagram(diagram)
    words = outline_of_case(diagram, process.drawn_in or process.id, chosen.marks, said)
    return svg.partition("?>")[2].strip(), words


def _first(drawn: Sequence[Drawn]) -> Drawn | None:
    """What is late, else what people are to do something in, else what runs; of these the one begun last.

    Where all is over, the last that nothing called.
    """
    callers = {each.parent for each in drawn if each.status is InstanceStatus.RUNNING}

    def weight(each: Drawn) -> tuple[bool, bool, bool, bool, int]:
        runs = each.status is InstanceStatus.RUNNING and each.has_begun
        return bool(each.late_at), runs and each.number not in callers, runs, not runs and each.depth == 0, each.number

    return max(drawn, key=weight, default=None)


def _drawn(look: Look) -> list[Drawn]:
    """Four queries: the instances, the tasks, what jobs and timers did, and what the record says was run."""
    rows = stored.of_case(look.connection, look.case_id)
    tasks = stored_tasks.of_case(look.connection, look.case_id)
    ended = stored.ended_elements(look.connection, look.case_id)
    entries = record.entries_of(look.connection, look.case_id, only=RecordKind.having(Trait.RUNS))
    called: dict[int, list[InstancePassed]] = {}
    for row in rows:
        if row.parent is not None:
            called.setdefault(row.parent, []).append(row)
    depths: dict[int, int] = {}
    found = []
    for row in rows:
        depths[row.number] = 0 if row.parent is None else depths.get(row.parent, 0) + 1
        process = look.version.variant.processes.get(row.process_id)
        if process is None or not look.copy.has_item(row.item_id):
            continue
        own_tasks = [task for task in tasks if task.instance == row.number]
        evidence = {task.element_id for task in own_tasks if task.status == TaskStatus.COMPLETED}
        evidence |= {each.element_id for each in ended if each.instance == row.number}
        evidence |= _run_in(row, process, entries)
        if evidence - process.elements.keys():  # it was moved to another version, which is rare
            evidence = _as_called_now(moves_of_case(look.connection, look.case_id), row.process_id, evidence)
        evidence |= {
            element.id
            for element in process.elements.values()
            if element.called_process in {child.process_id for child in called.get(row.number, ())}
        }
        found.append(_one(look, row, process, own_tasks, evidence, depths[row.number]))
    return found


def _as_called_now(moves: Sequence[MoveRow], process_id: str, element_ids: set[str]) -> set[str]:
    """What was run before the case was moved to another version may bear another id in it."""
    for move in moves:
        became = move.elements.get(process_id, {})
        element_ids = {became.get(element_id, element_id) for element_id in element_ids}
    return element_ids


def _one(
    look: Look, row: InstancePassed, process: Process, tasks: Sequence[TaskOfCase], evidence: set[str], depth: int
) -> Drawn:
    runs = row.status == InstanceStatus.RUNNING
    now = [token for token in unpack_tokens(row.state) if token.host is None] if runs else []
    stands = {token.element_id for token in now}
    late = {
        task.element_id
        for task in tasks
        if task.status == TaskStatus.OPEN and task.due_on is not None and task.due_on < look.today
    } & stands
    around = {e.parent for e in process.elements.values() if e.id in stands}  # sub-processes that hold where it stands
    done = passed_elements(process, evidence, stands) - stands
    marks = {
        **dict.fromkeys(done, Mark.DONE),
        **dict.fromkeys(stands, Mark.NOW),
        **dict.fromkeys(late, Mark.LATE),
    }
    if not runs and row.ended_as:
        marks |= {e.id: Mark.DONE for e in process.elements.values() if _is_end_called(e, row.ended_as)}
    return Drawn(
        number=row.number,
        parent=row.parent,
        depth=depth,
        process_id=row.process_id,
        name=process.name or process.id,
        about=look.name_of(row.item_id),
        status=row.status,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended_as=row.ended_as,
        has_begun=not now or not all(process.elements[token.element_id].begins_by_time for token in now),
        marks=marks,
        stands_at=_places([e for e in process.elements.values() if e.id in stands and e.id not in around]),
        late_at=tuple(process.elements[each].label for each in process.elements if each in late),
    )


def _places(elements: Sequence[Element]) -> tuple[str, ...]:
    """What people call them. A place without a name, where ways meet, is told only where there is no other."""
    named = [element.name for element in elements if element.name]
    return tuple(dict.fromkeys(named or ["a point where its ways meet again"] * bool(elements)))


def _is_end_called(element: Element, name: str) -> bool:
    is_error = element.event is not None and element.event.kind is EventKind.ERROR
    return element.kind is ElementKind.END and element.name == name and not is_error


def _run_in(row: InstancePassed, process: Process, entries: Iterable[RecordEntry]) -> set[str]:
    """What the record says was run while this instance ran, of its process and about its item."""
    found = set()
    for entry in entries:
        content = entry.content or {}
        element_id, item = content.get("element_id"), content.get("item", "")
        is_then = row.started_at <= entry.at and (row.ended_at is None or entry.at <= row.ended_at)
        if element_id in process.elements and is_then and item in ("", row.item_id):
            found.add(str(element_id))
    return found


def _in_order(drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    """Each followed by those that it called; what nothing called in the order in which it began."""
    known = {each.number for each in drawn}
    called: dict[int | None, list[Drawn]] = {}
    for each in drawn:
        called.setdefault(each.parent if each.parent in known else None, []).append(each)

    def followed(parent: int | None) -> Iterable[Drawn]:
        for each in called.get(parent, ()):
            yield each
            yield from followed(each.number)

    return tuple(followed(None))
