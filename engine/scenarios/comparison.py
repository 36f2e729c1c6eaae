"""Holding what is against what a scenario says must be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engine import feel
from engine.casework.cases.messages import what_can_be_told
from engine.casework.step.office import Office
from engine.model import Subject
from engine.person import spoken_name
from engine.scenarios.misses import Miss, TaskNames, are_the_tasks, difference
from engine.scenarios.movement import frame_label, label, open_frames_of, open_tasks
from engine.scenarios.scenario import Expectation
from engine.store import cases, facts, incidents
from engine.store.deadlines import current_deadline
from engine.store.letters import letters_of
from engine.store.tasks import OpenTask
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class _Due:
    """An open task, or a time frame, with its day."""

    label: str
    number: int
    due_on: date | None
    explanation: str | None

    @classmethod
    def of_task(cls, task: OpenTask) -> _Due:
        return cls(label=label(task), number=task.number, due_on=task.due_on, explanation=task.explanation)


@dataclass(kw_only=True)
class CaseComparison:
    """Of one case; it remembers which letters have been looked at."""

    office: Office
    variant: Variant
    names: TaskNames
    reference: str
    case_id: int
    letters_seen: int = 0
    open_labels: frozenset[str] = frozenset()  #: the tasks that were open when it was last looked
    _where: str = ""
    _step: int = 0
    _misses: list[Miss] = field(default_factory=list)

    def misses(self, then: Expectation, where: str, step: int) -> list[Miss]:
        """What is otherwise now than `then` says behind the scenario's step of that number; 0 for the application."""
        self._where, self._step, self._misses = where, step, []
        open_now = open_tasks(self.office, self.reference)
        self.open_labels = frozenset(label(task) for task in open_now)
        self._compare_tasks(then, open_now)
        for element, day in then.due.items():
            found = [_Due.of_task(t) for t in open_now if element in (t.element_id, label(t))]
            self._compare_due(found or self._frames(element), element, day)
        self._compare_letters(then)
        self._compare_case(then)
        self._compare_facts(then)
        return self._misses

    def _compare_tasks(self, then: Expectation, open_now: list[OpenTask]) -> None:
        labels = [label(task) for task in open_now]
        if then.tasks is not None and not are_the_tasks(then.tasks, labels):
            more, lacking = difference(then.tasks, labels)
            cause = self.names.open_unexpected(more) if more else self.names.not_open(lacking)
            sentence = f"open tasks are {_list(labels)}, not {_list(then.tasks)}"
            self._miss(sentence, cause, ("tasks",), now=labels, unexpected=more)
        for element in then.no_tasks:
            if any(element in (task.element_id, label(task)) for task in open_now):
                self._miss(f"the task {element} is open", self.names.open_unexpected([element]), ("no_tasks",))

    def _compare_letters(self, then: Expectation) -> None:
        with self.office.database.read() as connection:
            sent = letters_of(connection, self.case_id)
        fresh = sent[self.letters_seen :]
        self.letters_seen = len(sent)
        # a letter that goes to several people is one letter, of which each of them gets a copy
        new = [letter for letter, _ in dict.fromkeys((d.letter, d.once_key.rpartition("/")[0]) for d in fresh)]
        if then.letters is not None and Counter(new) != Counter(then.letters):
            sentence = f"letters sent are {_list(new)}, not {_list(then.letters)}"
            self._miss(sentence, _other_letters(then.letters, new), ("letters",), now=new)
        for name, expected in then.letters_to.items():
            got = [document.letter for document in fresh if document.recipient == name]
            if Counter(got) != Counter(expected):
                sentence = f"letters sent to {name} are {_list(got)}, not {_list(expected)}"
                self._miss(sentence, _other_letters(expected, got), ("letters_to", name), now=got)

    def _compare_case(self, then: Expectation) -> None:
        with self.office.database.read() as connection:
            stuck = incidents.open_incidents(connection, case_id=self.case_id)
            case = cases.summary(cases.find_case(connection, self.reference))
        for incident in stuck:
            if incident.element_id in then.stuck_at:
                continue
            where = self.names.called(incident.element_id)
            self._miss(
                f"an incident at {incident.element_id}: {incident.message}", f"there is an incident at {where}", ()
            )
        if then.status is not None and case.status != then.status:
            self._miss(f"the case is {case.status}, not {then.status}", f"the case is {case.status}", ("status",))
        if then.closed_as is not None and case.closed_as != then.closed_as:
            sentence = f"the case closed as “{case.closed_as}”, not “{then.closed_as}”"
            self._miss(sentence, f"the case closes as “{case.closed_as}”", ("closed_as",))

    def _frames(self, element: str) -> list[_Due]:
        return [
            _Due(label=element, number=frame.number, due_on=frame.due_on, explanation=frame.explanation)
            for frame in open_frames_of(self.office, self.reference)
            if frame_label(frame) == element
        ]

    def _compare_due(self, found: list[_Due], element: str, due: date | str) -> None:
        if not found:
            self._miss(f"no task {element} is open", self.names.not_open([element]), ("due", element))
        days = {each.due_on for each in found}
        for each in found:
            why = f" ({each.explanation})" if each.explanation else ""
            if isinstance(due, str):
                self._compare_limit(each, element, due, why)
            elif each.due_on != due:
                cause = self.names.on_another_day(each.label, self._limit_of(each))
                new_day = each.due_on if len(days) == 1 else None
                sentence = f"{each.label} is due on {each.due_on}, not {due}{why}"
                self._miss(sentence, cause, ("due", element), new_day=new_day)

    def _limit_of(self, found: _Due) -> str | None:
        with self.office.database.read() as connection:
            deadline = current_deadline(connection, self.case_id, found.number)
        return deadline.limit_name if deadline is not None else None

    def _compare_limit(self, found: _Due, element: str, limit: str, why: str) -> None:
        """A task is due by a limit of the council's, whatever that is there; by none where it is switched off."""
        by = self._limit_of(found)
        if limit not in {*self.variant.limits, *self.variant.limits_switched_off}:
            there_is_none = f"there is no limit “{limit}”"
            self._miss(f"{there_is_none} by which {found.label} could be due", there_is_none, ("due", element))
        elif by != (limit if limit in self.variant.limits else None):
            has = f"“{by}”" if by else "no limit"
            sentence = f"{found.label} is due by {has}, not by “{limit}”{why}"
            cause = f"{self.names.called(found.label)} is due by {has}, not by “{limit}”"
            self._miss(sentence, cause, ("due", element))

    def _compare_facts(self, then: Expectation) -> None:
        for name, expected in then.facts.items():
            values = self._values_of(name)
            if expected not in values:
                said = " and ".join(f"{value!r}" for value in values)
                cause = f"the fact {name.rpartition('.')[2]} is another"
                new_day = _new_day(expected, values)
                self._miss(f"{name} is {said}, not {expected!r}", cause, ("facts", name), new_day=new_day)
        for name in then.unknown:
            if (value := self._seen(name)) is not None:
                cause = f"the fact {name.rpartition('.')[2]} is still known"
                self._miss(f"{name} is {value!r}, and is not to be known", cause, ("unknown",))
        if then.can_be_told is not None:
            told = {telling.message for telling in what_can_be_told(self.office, self.reference)}
            for message in then.can_be_told:
                if message not in told:
                    cannot = f"the case cannot be told {message}"
                    self._miss(f"{cannot}; it can be told {_list(sorted(told))}", cannot, ("can_be_told",))

    def _seen(self, name: str) -> feel.Value:
        """What a process about the item that the name names sees of a fact: the item's own, or else the case's."""
        item_id, _, fact = name.rpartition(".")
        with self.office.database.read() as connection:
            for subject in (Subject.of_item(item_id), Subject()) if item_id else (Subject(),):
                for row in facts.current_facts(connection, self.case_id, subject):
                    if row.name == fact:
                        return feel.to_json(spoken_name(feel.load(row.value)))
        return None

    def _values_of(self, name: str) -> list[feel.Value]:
        """What a fact says: `agencies-1.agency_name` of that item, a name alone of the case and of its items."""
        item_id, dot, fact = name.rpartition(".")
        with self.office.database.read() as connection:
            if dot:
                told = facts.current_facts(connection, self.case_id, Subject.of_item(item_id))
            else:
                told = facts.current_named(connection, self.case_id, [fact])
        return [feel.to_json(spoken_name(feel.load(row.value))) for row in told if row.name == fact] or [None]

    def _miss(
        self,
        sentence: str,
        cause: str,
        about: tuple[str, ...],
        *,
        new_day: date | None = None,
        now: Iterable[str] = (),
        unexpected: Iterable[str] = (),
    ) -> None:
        self._misses.append(
            Miss(
                where=self._where, sentence=sentence, cause=cause, step=self._step, about=about, new_day=new_day,
                now=tuple(now), unexpected=tuple(unexpected),
            )
        )  # fmt: skip


def _new_day(expected: object, values: list[feel.Value]) -> date | None:
    """The day that a fact is now, where it was expected to be another day."""
    try:
        days = [date.fromisoformat(str(value)) for value in (expected, *values)]
    except ValueError:
        return None
    return days[1] if len(days) == 2 else None


def _other_letters(expected: Iterable[str], got: Iterable[str]) -> str:
    more, fewer = Counter(got) - Counter(expected), Counter(expected) - Counter(got)
    return " and ".join(_letters(more, "sent that they do not expect") + _letters(fewer, "not sent that they expect"))


def _letters(letters: Counter[str], how: str) -> list[str]:
    said = " and ".join(f"“{letter}”" for letter in sorted(letters))
    return [f"the letter{'s' if len(letters) > 1 else ''} {said} {'are' if len(letters) > 1 else 'is'} {how}"] * bool(
        letters
    )


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "none"
