"""Playing a scenario: the clock goes to each moment (what is due on the way fires then), people act, and what must
be so is held against what is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from engine import feel
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import what_can_be_told
from engine.casework.step.office import Office
from engine.errors import EngineError
from engine.handler import PARCELS
from engine.model import RecordEntry, Subject
from engine.person import spoken_name
from engine.ports import out_of_reach
from engine.scenarios.coverage import Coverage
from engine.scenarios.movement import (
    frame_label,
    go_to,
    label,
    open_frames_of,
    open_tasks,
    rest,
    take_step,
    virtual_clock,
)
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.store import cases, facts, incidents, record
from engine.store.deadlines import current_deadline
from engine.store.letters import letters_of
from engine.store.tasks import OpenTask
from engine.variants import Variant
from engine.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """Something that is not as the scenario says."""

    where: str  #: "step 3 (12 March 2026)"
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioOutcome:
    scenario: Scenario
    reference: str | None
    misses: tuple[Miss, ...]

    @property
    def is_right(self) -> bool:
        return not self.misses


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


Listener = Callable[[RecordEntry], None]


def play(
    scenario: Scenario,
    variant: Variant,
    office: Office,
    *,
    listen: Listener | None = None,
    coverage: Coverage | None = None,
    until_miss: bool = False,
) -> ScenarioOutcome:
    """Play one scenario on an office with an empty database and a `SettableClock`.

    `listen` hears the record grow, `coverage` notes which elements and flows are taken. `until_miss`: no step is taken
    after one that does not come out as the scenario says, where all that is asked is whether one does not.
    """
    if coverage is not None:
        office = replace(office, watch=coverage.take)
    return _Play(scenario, variant, office, listen, until_miss=until_miss).play()


class _Play:
    def __init__(
        self, scenario: Scenario, variant: Variant, office: Office, listen: Listener | None, *, until_miss: bool
    ) -> None:
        self.scenario = scenario
        self.variant = variant
        self.office = self.reaching_all = office
        self.clock = virtual_clock(office)
        self.listen = listen
        self.until_miss = until_miss
        self.heard = 0
        self.reference = ""
        self.case_id = 0
        self.letters_seen = 0
        self.misses: list[Miss] = []

    def play(self) -> ScenarioOutcome:
        scenario = self.scenario
        if scenario.unstaffed:
            nobody = tuple(Miss(where="who does it", sentence=sentence) for sentence in scenario.unstaffed)
            return ScenarioOutcome(scenario=scenario, reference=None, misses=nobody)
        self.clock.set(scenario.applied_at)
        self._reach(scenario.not_here, "the application")
        where = f"the application ({day_in_words(scenario.applied_at)})"
        if not self._apply(where):
            return ScenarioOutcome(scenario=scenario, reference=None, misses=tuple(self.misses))
        rest(self.office)
        self._listen()
        self._compare(scenario.after_application, where)
        for number, step in enumerate(scenario.steps, start=1):
            if self.misses and self.until_miss:
                break
            go_to(self.office, step.at, rested=self._listen)
            what = step.what
            where = f"step {number} ({day_in_words(step.at)}{f', {what}' if what else ''})"
            self._act(step, where)
            rest(self.office)
            self._listen()
            self._compare(step.then, where)
        return ScenarioOutcome(scenario=scenario, reference=self.reference, misses=tuple(self.misses))

    def _apply(self, where: str) -> bool:
        scenario = self.scenario
        try:
            self.reference = open_case(
                self.office, self.variant, scenario.application, by=scenario.applied_by, start=scenario.start
            )
        except EngineError as error:
            self._see_refusal(where, scenario.refused, error)
            return False
        self._miss_unrefused(where, scenario.refused)
        with self.office.database.read() as connection:
            self.case_id = cases.find_case(connection, self.reference).case_id
        return True

    def _reach(self, not_here: tuple[str, ...], where: str) -> None:
        """From now on nothing reaches these others, and whoever else there is."""
        parties = {party for agreement in self.variant.settings.agreements for party in agreement.parties}
        for other in not_here:
            if other not in parties:
                self._miss(where, f"{other} is not here, which no agreement is with; they are with {_list(parties)}")
        ports = self.reaching_all.ports.changed(PARCELS, lambda outlet: out_of_reach(outlet, not_here))
        self.office = replace(self.office, ports=ports if not_here else self.reaching_all.ports)

    def _act(self, step: ScenarioStep, where: str) -> None:
        if step.not_here is not None:
            self._reach(step.not_here, where)
        try:
            take_step(self.office, self.reference, step)
        except EngineError as error:
            self._see_refusal(where, step.refused, error)
        else:
            self._miss_unrefused(where, step.refused)

    def _listen(self) -> None:
        if self.listen is not None:
            with self.office.database.read() as connection:
                entries = record.entries_of(connection, self.case_id)
            for entry in entries[self.heard :]:
                self.listen(entry)
            self.heard = len(entries)

    def _compare(self, then: Expectation, where: str) -> None:
        open_now = open_tasks(self.office, self.reference)
        labels = [label(task) for task in open_now]
        if then.tasks is not None and not are_the_tasks(then.tasks, labels):
            self._miss(where, f"open tasks are {_list(labels)}, not {_list(then.tasks)}")
        for element in then.no_tasks:
            if any(element in (task.element_id, label(task)) for task in open_now):
                self._miss(where, f"the task {element} is open")
        for element, day in then.due.items():
            found = [_Due.of_task(t) for t in open_now if element in (t.element_id, label(t))]
            self._compare_due(where, found or self._frames(element), element, day)
        with self.office.database.read() as connection:
            sent = letters_of(connection, self.case_id)
            stuck = incidents.open_incidents(connection, case_id=self.case_id)
            case = cases.summary(cases.find_case(connection, self.reference))
        fresh = sent[self.letters_seen :]
        self.letters_seen = len(sent)
        # a letter that goes to several people is one letter, of which each of them gets a copy
        new = [letter for letter, _ in dict.fromkeys((d.letter, d.once_key.rpartition("/")[0]) for d in fresh)]
        if then.letters is not None and Counter(new) != Counter(then.letters):
            self._miss(where, f"letters sent are {_list(new)}, not {_list(then.letters)}")
        for name, expected in then.letters_to.items():
            got = [document.letter for document in fresh if document.recipient == name]
            if Counter(got) != Counter(expected):
                self._miss(where, f"letters sent to {name} are {_list(got)}, not {_list(expected)}")
        for incident in stuck:
            self._miss(where, f"an incident at {incident.element_id}: {incident.message}")
        if then.status is not None and case.status != then.status:
            self._miss(where, f"the case is {case.status}, not {then.status}")
        if then.closed_as is not None and case.closed_as != then.closed_as:
            self._miss(where, f"the case closed as “{case.closed_as}”, not “{then.closed_as}”")
        self._compare_facts(where, then)

    def _frames(self, element: str) -> list[_Due]:
        return [
            _Due(label=element, number=frame.number, due_on=frame.due_on, explanation=frame.explanation)
            for frame in open_frames_of(self.office, self.reference)
            if frame_label(frame) == element
        ]

    def _compare_due(self, where: str, found: list[_Due], element: str, due: date | str) -> None:
        if not found:
            self._miss(where, f"no task {element} is open")
        for each in found:
            why = f" ({each.explanation})" if each.explanation else ""
            if isinstance(due, str):
                self._compare_limit(where, each, due, why)
            elif each.due_on != due:
                self._miss(where, f"{each.label} is due on {each.due_on}, not {due}{why}")

    def _compare_limit(self, where: str, found: _Due, limit: str, why: str) -> None:
        """A task is due by a limit of the council's, whatever that is there; by none where it is switched off."""
        with self.office.database.read() as connection:
            deadline = current_deadline(connection, self.case_id, found.number)
        by = deadline.limit_name if deadline is not None else None
        if limit not in {*self.variant.limits, *self.variant.limits_switched_off}:
            self._miss(where, f"there is no limit “{limit}” by which {found.label} could be due")
        elif by != (limit if limit in self.variant.limits else None):
            self._miss(where, f"{found.label} is due by {f'“{by}”' if by else 'no limit'}, not by “{limit}”{why}")

    def _compare_facts(self, where: str, then: Expectation) -> None:
        for name, expected in then.facts.items():
            values = self._values_of(name)
            if expected not in values:
                said = " and ".join(f"{value!r}" for value in values)
                self._miss(where, f"{name} is {said}, not {expected!r}")
        if then.can_be_told is not None:
            told = {telling.message for telling in what_can_be_told(self.office, self.reference)}
            for message in then.can_be_told:
                if message not in told:
                    self._miss(where, f"the case cannot be told {message}; it can be told {_list(sorted(told))}")

    def _values_of(self, name: str) -> list[feel.Value]:
        """What a fact says: `agencies-1.agency_name` of that item, a name alone of the case and of its items."""
        item_id, dot, fact = name.rpartition(".")
        with self.office.database.read() as connection:
            if dot:
                told = facts.current_facts(connection, self.case_id, Subject.of_item(item_id))
            else:
                told = facts.current_named(connection, self.case_id, [fact])
        return [feel.to_json(spoken_name(feel.load(row.value))) for row in told if row.name == fact] or [None]

    def _see_refusal(self, where: str, expected: str | None, error: EngineError) -> None:
        if expected is None:
            self._miss(where, str(error))
        elif expected.casefold() not in str(error).casefold():
            self._miss(where, f"it was refused with “{error}”, not with “{expected}”")

    def _miss_unrefused(self, where: str, expected: str | None) -> None:
        if expected is not None:
            self._miss(where, f"it was not refused, although it should be (“{expected}”)")

    def _miss(self, where: str, sentence: str) -> None:
        self.misses.append(Miss(where=where, sentence=sentence))


def are_the_tasks(expected: Iterable[str], labels: Iterable[str]) -> bool:
    """Whether these and no others are open. A name alone is also the task of an item: `hear_appeal` of whichever."""
    left, alone = Counter(labels), list[str]()
    for name in expected:
        if left[name]:
            left[name] -= 1
        else:
            alone.append(name)
    for name in alone:
        found = next((label for label, count in left.items() if count and label.partition(":")[0] == name), None)
        if found is None:
            return False
        left[found] -= 1
    return not any(left.values())


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "none"
