"""A case before and after: what is new, what is gone, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engine.casework.rehearsal.consequences import (
    Consequences,
    DeadlineAhead,
    IncidentAhead,
    TaskAhead,
    TimerAhead,
)
from engine.casework.step.drawn_before import FormerPolicies, never_moved, process_drawn
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Narrator
from engine.clock import LONDON
from engine.diagram.model import Element, ElementKind, Process
from engine.handler import Effect
from engine.model import CaseStatus, DeadlineHolder
from engine.ports import letter_effect
from engine.store import Connection, cases, record, tasks
from engine.store.cases import CaseRow
from engine.store.deadlines import DeadlineMade, deadlines_since
from engine.store.incidents import incidents_since
from engine.store.letters import LetterMade, letters_since
from engine.store.tasks import OpenTask
from engine.store.timers import TimerWaiting, waiting_timers
from engine.variants import Variant, VariantSettings
from engine.words import day_in_words, time_in_words


@dataclass(frozen=True, kw_only=True)
class CaseSeen:
    """What of a case changes without leaving a new row."""

    case: CaseRow
    tasks: Mapping[int, OpenTask]  #: open ones, by number
    timers: Mapping[int, TimerWaiting]  #: waiting ones, by number

    @classmethod
    def of(cls, connection: Connection, reference: str, council_id: str | None) -> CaseSeen:
        """Raises CaseNotFoundError."""
        case = cases.find_case(connection, reference, council_id)
        waiting = waiting_timers(connection, case.case_id)
        inbox = tasks.open_tasks(connection, council_id=case.council_id, reference=reference)
        return cls(
            case=case,
            tasks={task.task_id.number: task for task in inbox},
            timers={timer.number: timer for timer in waiting},
        )


def compare(
    connection: Connection,
    variant: Variant,
    settings: VariantSettings,
    before: CaseSeen,
    after: CaseSeen,
    effects: Sequence[Effect],
    *,
    done: int | None,
    is_cut_off: bool,
    former: FormerPolicies = never_moved,
) -> Consequences:
    """Everything in which the case `after`, as it stands in `connection`, differs. `settings`: those in force;
    `effects`: what was asked of the ports; `done`: the task completed; `former`: policies that the case had before."""
    case_id, last_number = before.case.case_id, before.case.last_number
    names = item_names(connection, case_id, variant.settings)
    naming = _Naming(variant, settings, names, former)
    narrator = Narrator(variant, lambda: names, settings=settings)
    closes = before.case.status != CaseStatus.CLOSED and after.case.status == CaseStatus.CLOSED
    letters = tuple(letters_since(connection, case_id, last_number))
    return Consequences(
        new_tasks=naming.tasks(task for number, task in after.tasks.items() if number not in before.tasks),
        tasks_gone=naming.tasks(
            task for number, task in before.tasks.items() if number not in after.tasks and number != done
        ),
        letters=letters,
        effects=_besides(letters, effects),
        deadlines=naming.deadlines(deadlines_since(connection, case_id, last_number)),
        by_itself=naming.timers(row for number, row in after.timers.items() if row != before.timers.get(number)),
        no_longer_by_itself=naming.timers(row for number, row in before.timers.items() if number not in after.timers),
        incidents=tuple(
            IncidentAhead(name=naming.element(row.process_id, row.element_id).label, message=row.message)
            for row in incidents_since(connection, case_id, last_number)
        ),
        record=tuple(
            (entry.kind, narrator.narrate(entry).sentence)
            for entry in record.entries_of(connection, case_id, after=before.case.record_seq)
        ),
        closes=closes,
        closed_as=after.case.closed_as if closes else None,
        reopens=before.case.status == CaseStatus.CLOSED and after.case.status != CaseStatus.CLOSED,
        is_cut_off=is_cut_off,
    )


def _besides(letters: Sequence[LetterMade], effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The effects that are not told already, as a letter that the case keeps."""
    told = {
        letter_effect(title=each.title, recipient=each.recipient, channel=each.channel, text=each.text)
        for each in letters
    }
    return tuple(effect for effect in effects if effect not in told)


class _Naming:
    def __init__(
        self, variant: Variant, settings: VariantSettings, names: Mapping[str, str], former: FormerPolicies
    ) -> None:
        self._former = former
        self._variant = variant
        self._settings = settings
        self._names = names

    def tasks(self, found: Iterable[OpenTask]) -> tuple[TaskAhead, ...]:
        return tuple(
            TaskAhead(
                element_id=task.element_id,
                name=task.name,
                team=self._settings.team_name(task.team),
                item=self._item(task.item_id),
                due_on=task.due_on,
                explanation=task.explanation,
            )
            for task in found
        )

    def deadlines(self, rows: Iterable[DeadlineMade]) -> tuple[DeadlineAhead, ...]:
        return tuple(
            DeadlineAhead(
                name=row.name or self.element(row.process_id, row.element_id or "").label,
                is_of_task=row.holder is DeadlineHolder.TASK,
                item=self._item(row.item_id),
                due_on=row.due_on,
                explanation=row.explanation,
            )
            for row in rows
        )

    def timers(self, rows: Iterable[TimerWaiting]) -> tuple[TimerAhead, ...]:
        return tuple(
            TimerAhead(
                name=self.element(row.process_id, row.element_id).label,
                item=self._item(row.item_id),
                at=row.fires_at,
                rung=row.rung,
                sentence=self._sentence(row, self.element(row.process_id, row.element_id)),
            )
            for row in rows
        )

    def element(self, process_id: str, element_id: str) -> Element:
        return self._process(process_id, element_id).elements[element_id]

    def _process(self, process_id: str, element_id: str) -> Process:
        return process_drawn(self._variant, process_id, element_id, self._former)

    def _sentence(self, row: TimerWaiting, element: Element) -> str:
        """`If “Answer the request” is not done by the end of 5 May 2026: “Not answered in time”, then “Chase …”.`"""
        when = _when(row.fires_at)
        item = self._item(row.item_id)
        about = f" ({item})" if item else ""
        host, ends = self._host(element)
        start = f"If “{host}”{about} is not {ends} by {when}" if ends else f"At {when}{about}"
        rung = f" (rung {row.rung})" if row.rung is not None else ""
        then = "".join(f", then “{name}”" for name in self._next(element))
        again = " It comes again and again until then." if row.repeats else ""
        return f"{start}: “{element.label}”{rung}{then}.{again}"

    def _host(self, timer: Element) -> tuple[str, str | None]:
        """What the timer waits beside, and the word for its end; None for what is not people's to end."""
        process = self._process(timer.process_id, timer.id)
        host = process.elements.get(process.beside(timer) or "")
        if host is not None:
            return host.label, _ENDS.get(host.kind)
        return process.name or process.id, "over" if timer.begins_event_subprocess else None

    def _next(self, element: Element) -> list[str]:
        """What is drawn right behind it and has a name of its own."""
        process = self._process(element.process_id, element.id)
        following = (process.elements[process.flows[flow].target] for flow in element.outgoing)
        return [each.name for each in following if each.name and each.kind is not ElementKind.END]

    def _item(self, item_id: str) -> str:
        return self._names.get(item_id, item_id)


#: What is said of that on whose edge a timer stands, once it has ended.
_ENDS = {ElementKind.USER: "done", ElementKind.SUBPROCESS: "over"}


def _when(at: datetime) -> str:
    """A timer on a deadline fires as the next day begins; people know the day before."""
    local = at.astimezone(LONDON)
    if local.timetz().replace(tzinfo=None) == time.min:
        return f"the end of {day_in_words(local - timedelta(days=1))}"
    return f"{time_in_words(local)} on {day_in_words(local)}"
