"""Playing a scenario: the clock goes to each moment (what is due on the way fires then), people act, and what must
be so is held against what is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.errors import EngineError
from engine.handler import PARCELS
from engine.model import RecordEntry
from engine.ports import out_of_reach
from engine.scenarios.comparison import CaseComparison
from engine.scenarios.coverage import Coverage
from engine.scenarios.misses import Miss, TaskNames, unforeseen
from engine.scenarios.movement import go_to, label, open_tasks, rest, take_step, virtual_clock
from engine.scenarios.scenario import Scenario, ScenarioStep
from engine.store import cases, record
from engine.variants import Variant
from engine.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioOutcome:
    scenario: Scenario
    reference: str | None
    misses: tuple[Miss, ...]

    @property
    def is_right(self) -> bool:
        return not self.misses


#: How long what comes by itself is waited for behind the last step.
_LONGEST_WAIT = timedelta(days=62)

Listener = Callable[[RecordEntry], None]
#: Hears, by the case's id, that it has come to rest: all is done that was to be done at that moment.
AtRest = Callable[[int], None]
#: Makes a step (its number in the scenario last) one that can be taken as the case of this reference stands.
Fit = Callable[[Office, str, ScenarioStep, int], ScenarioStep]


def play(
    scenario: Scenario,
    variant: Variant,
    office: Office,
    *,
    listen: Listener | None = None,
    coverage: Coverage | None = None,
    until_miss: bool = False,
    past_days: bool = False,
    at_rest: AtRest | None = None,
    fit: Fit | None = None,
) -> ScenarioOutcome:
    """Play one scenario on an office with an empty database and a `SettableClock`.

    `listen` hears the record grow, `coverage` notes which elements and flows are taken, `at_rest` hears when there is
    something to look at. `until_miss`: no step is taken after one that does not come out as the scenario says: whatever
    is wrong behind it only follows. `past_days`: but it goes on where nothing is wrong but days, and where what comes
    by itself comes on a later day than the scenario says. `fit` is asked before each step is taken, and raises where it
    cannot be.
    """
    if coverage is not None:
        office = replace(office, watch=coverage.take)
    return _Play(
        scenario, variant, office, listen, until_miss=until_miss, past_days=past_days, at_rest=at_rest, fit=fit
    ).play()


class _Play:
    def __init__(
        self,
        scenario: Scenario,
        variant: Variant,
        office: Office,
        listen: Listener | None,
        *,
        until_miss: bool,
        past_days: bool,
        at_rest: AtRest | None,
        fit: Fit | None,
    ) -> None:
        self.scenario = scenario
        self.variant = variant
        self.office = self.reaching_all = office
        self.clock = virtual_clock(office)
        self.listen = listen
        self.at_rest = at_rest
        self.until_miss = until_miss
        self.past_days = past_days
        self.fit = fit
        self.heard = 0
        self.reference = ""
        self.case_id = 0
        self.open_before: frozenset[str] = frozenset()
        named = (element for process in variant.processes.values() for element in process.elements.values())
        self.names = TaskNames({element.id: element.name for element in named})
        self.misses: list[Miss] = []

    def play(self) -> ScenarioOutcome:
        scenario = self.scenario
        if scenario.unstaffed:
            nobody = tuple(
                Miss(where="who does it", sentence=sentence, cause=sentence) for sentence in scenario.unstaffed
            )
            return ScenarioOutcome(scenario=scenario, reference=None, misses=nobody)
        self.clock.set(scenario.applied_at)
        self._reach(scenario.not_here, "the application", 0)
        where = f"the application ({day_in_words(scenario.applied_at)})"
        if not self._apply(where):
            return ScenarioOutcome(scenario=scenario, reference=None, misses=tuple(self.misses))
        comparison = CaseComparison(
            office=self.office, variant=self.variant, names=self.names, reference=self.reference, case_id=self.case_id
        )
        rest(self.office)
        self._listen()
        found = comparison.misses(scenario.after_application, where, 0)
        self.misses += self._told_by_new_tasks(found, 0, comparison.open_labels)
        for number, step in enumerate(scenario.steps, start=1):
            if self.until_miss and any(miss.new_day is None or not self.past_days for miss in self.misses):
                break
            go_to(self.office, step.at, rested=self._listen)
            what = step.what
            where = f"step {number} ({day_in_words(step.at)}{f', {what}' if what else ''})"
            if not self._act(step, where, number) and self.until_miss:
                break
            rest(self.office)
            self._listen()
            seen = comparison.letters_seen
            found = comparison.misses(step.then, where, number)
            if self.past_days and step.what is None and any(miss.new_day is None for miss in found):
                found = self._later(comparison, seen, step, where, number) or found
            self.misses += self._told_by_new_tasks(found, number, comparison.open_labels)
        return ScenarioOutcome(scenario=scenario, reference=self.reference, misses=tuple(self.misses))

    def _told_by_new_tasks(self, found: list[Miss], number: int, labels: frozenset[str]) -> list[Miss]:
        """What is wrong behind a step, for the cause that a task has come up there of which the scenario knows nothing,
        where one has."""
        fresh, self.open_before = labels - self.open_before, labels
        if any(miss.unexpected for miss in found) or all(miss.new_day is not None for miss in found):
            return found
        new = unforeseen(self.scenario, number + 1, fresh)
        if not new:
            return found
        first, *others = found
        return [replace(first, cause=self.names.open_unexpected(new), unexpected=tuple(new)), *others]

    def _later(
        self, comparison: CaseComparison, seen: int, step: ScenarioStep, where: str, number: int
    ) -> list[Miss] | None:
        """Where only the clock moves: what is wrong but days on the day on which it is as the step says, that day with
        it. None where it is not so until the next step."""
        following = self.scenario.steps[number].at if number < len(self.scenario.steps) else step.at + _LONGEST_WAIT
        at = step.at + timedelta(days=1)
        while at <= following:
            go_to(self.office, at, rested=self._listen)
            rest(self.office)
            self._listen()
            comparison.letters_seen = seen
            found = comparison.misses(step.then, where, number)
            if all(miss.new_day is not None for miss in found):
                day = day_in_words(at)
                new = Miss(
                    where=where, sentence=f"it is so only on {day}", cause="what comes by itself comes on another day",
                    step=number, about=("on",), new_day=at.date(),
                )  # fmt: skip
                return [new, *found]
            at += timedelta(days=1)
        return None

    def _apply(self, where: str) -> bool:
        scenario = self.scenario
        try:
            self.reference = open_case(
                self.office, self.variant, scenario.application, by=scenario.applied_by, start=scenario.start,
                from_public=scenario.from_public,
            )  # fmt: skip
        except EngineError as error:
            self._see_refusal(where, 0, scenario.refused, error)
            return False
        self._miss_unrefused(where, 0, scenario.refused)
        with self.office.database.read() as connection:
            self.case_id = cases.find_case(connection, self.reference).case_id
        return True

    def _reach(self, not_here: tuple[str, ...], where: str, step: int) -> None:
        """From now on nothing reaches these others, and whoever else there is."""
        parties = {party for agreement in self.variant.settings.agreements for party in agreement.parties}
        for other in not_here:
            if other not in parties:
                cause = f"{other} is not here, which no agreement is with"
                self._miss(where, step, f"{cause}; they are with {_list(parties)}", cause)
        ports = self.reaching_all.ports.changed(PARCELS, lambda outlet: out_of_reach(outlet, not_here))
        self.office = replace(self.office, ports=ports if not_here else self.reaching_all.ports)

    def _act(self, step: ScenarioStep, where: str, number: int) -> bool:
        """Whether it could be done, or was refused as it should be."""
        if step.not_here is not None:
            self._reach(step.not_here, where, number)
        try:
            if self.fit is not None:
                step = self.fit(self.office, self.reference, step, number)
            take_step(self.office, self.reference, step)
        except EngineError as error:
            open_now = open_tasks(self.office, self.reference)
            if step.task is not None and not any(task.element_id == step.task for task in open_now):
                return self._miss_closed(step, where, number, [label(task) for task in open_now], error)
            return self._see_refusal(where, number, step.refused, error)
        return self._miss_unrefused(where, number, step.refused)

    def _miss_closed(self, step: ScenarioStep, where: str, number: int, labels: list[str], error: EngineError) -> bool:
        """Its task is not open: because one is that the scenario does not know, where there is such a one."""
        if step.refused is not None and step.refused.casefold() in str(error).casefold():
            return True
        new = unforeseen(self.scenario, number, labels)
        cause = self.names.open_unexpected(new) if new else self.names.cannot_be_done(step.task or "")
        miss = Miss(where=where, sentence=str(error), cause=cause, step=number - 1, unexpected=tuple(new))
        self.misses.append(miss)
        return False

    def _listen(self) -> None:
        if self.listen is not None:
            with self.office.database.read() as connection:
                entries = record.entries_of(connection, self.case_id)
            for entry in entries[self.heard :]:
                self.listen(entry)
            self.heard = len(entries)
        if self.at_rest is not None:
            self.at_rest(self.case_id)

    def _see_refusal(self, where: str, step: int, expected: str | None, error: EngineError) -> bool:
        if expected is None:
            self._miss(where, step, str(error), str(error))
        elif expected.casefold() not in str(error).casefold():
            sentence = f"it was refused with “{error}”, not with “{expected}”"
            self._miss(where, step, sentence, sentence)
        else:
            return True
        return False

    def _miss_unrefused(self, where: str, step: int, expected: str | None) -> bool:
        if expected is not None:
            sentence = f"it was not refused, although it should be (“{expected}”)"
            self._miss(where, step, sentence, sentence)
        return expected is None

    def _miss(self, where: str, step: int, sentence: str, cause: str) -> None:
        self.misses.append(Miss(where=where, sentence=sentence, cause=cause, step=step))


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "none"
