"""A case that is over, played again: on an office of its own, in a virtual clock, by the version it had or another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.casework.step.office import Office
from engine.model import RecordEntry
from engine.scenarios.movement import open_tasks
from engine.scenarios.player import play
from engine.scenarios.replays.adjustment import Adjustment, Unasked
from engine.scenarios.replays.occurrences import Occurrence, Renaming, occurrences_of
from engine.scenarios.replays.past_case import PastCase
from engine.scenarios.replays.people_then import let_be_known
from engine.scenarios.scenario import Scenario, ScenarioStep
from engine.store.incidents import open_incidents
from engine.variants import Variant
from engine.words import day_in_words, listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """What came of it."""

    heard: tuple[tuple[int, RecordEntry], ...]  #: each entry, with the step behind which it came; 0: the application
    stopped_at: int | None  #: the first step that could not be taken, from 1; 0 the application; None: none
    why: str  #: a sentence; "" where every step could be taken
    unasked: tuple[Unasked, ...]

    def occurrences(self, renamed: Renaming, *, before: int | None) -> list[Occurrence]:
        """What came before the step `before`; None: to the end."""
        return [
            occurrence
            for step, entry in self.heard
            if before is None or step < before
            for occurrence in occurrences_of(entry, renamed)
        ]


def unchanged(element_id: str) -> str:
    return element_id


def replay(past: PastCase, variant: Variant, office: Office, *, renamed: Renaming = unchanged) -> Replay:
    """What people did in the case, done again by this version. `office`: with a `SettableClock` that stands before the
    application, and no case; `renamed`: what elements of the version that the case had are called in this one."""
    return _Replay(past, variant, office, renamed).play()


@dataclass
class _Replay:
    past: PastCase
    variant: Variant
    office: Office
    renamed: Renaming
    number: int = 0  #: of the step that is being taken
    reference: str = ""
    heard: list[tuple[int, RecordEntry]] = field(default_factory=list)

    def play(self) -> Replay:
        adjustment = Adjustment(self.variant)
        with self.office.database.begin() as connection:
            let_be_known(self.office, connection, self.variant.id, self.past.scenario)
        scenario = self._named_anew(adjustment.application(self.office, self.past.scenario))

        def fit(office: Office, reference: str, step: ScenarioStep, number: int) -> ScenarioStep:
            self.number, self.reference = number, reference
            return adjustment.step(office, reference, step, number)

        outcome = play(scenario, self.variant, self.office, listen=self._hear, until_miss=True, fit=fit)
        miss = outcome.misses[0] if outcome.misses else None
        return Replay(
            heard=tuple(self.heard),
            stopped_at=self.number if miss is not None else None,
            why=self._in_words(scenario, miss.sentence, is_open=outcome.reference is not None)
            if miss is not None
            else "",
            unasked=tuple(adjustment.unasked),
        )

    def _hear(self, entry: RecordEntry) -> None:
        self.heard.append((self.number, entry))

    def _named_anew(self, scenario: Scenario) -> Scenario:
        then = replace(
            scenario.after_application, stuck_at=frozenset(map(self.renamed, scenario.after_application.stuck_at))
        )
        steps = (
            replace(
                step,
                task=self.renamed(step.task) if step.task is not None else None,
                extend=self.renamed(step.extend) if step.extend is not None else None,
                settle=frozenset(map(self.renamed, step.settle)),
                then=then,
            )
            for step in scenario.steps
        )
        return replace(scenario, steps=tuple(steps), after_application=then)

    def _in_words(self, scenario: Scenario, sentence: str, *, is_open: bool) -> str:
        """Why what people did does not fit from here on. `is_open`: whether the case could be opened at all."""
        if not is_open:
            return f"The application of {day_in_words(scenario.applied_at)} would not be taken: {sentence}"
        stuck = self._stuck(scenario)
        if stuck or not self.number:
            at = scenario.steps[self.number - 1].at if self.number else scenario.applied_at
            return f"By {day_in_words(at)} the case comes to a stand: {self._own(stuck or sentence)}"
        step, own = scenario.steps[self.number - 1], self.past.scenario.steps[self.number - 1]
        day = day_in_words(step.at)
        if step.task is not None:
            names = [task.name for task in open_tasks(self.office, self.reference)]
            is_open = any(task.element_id == step.task for task in open_tasks(self.office, self.reference))
            if not is_open:
                are = "is" if len(set(names)) == 1 else "are"
                others = f"; open {are} {listed(_quoted(names))}" if names else "; nothing is open"
                return f"On {day} {step.by} did “{self._label(own.task or '')}”, which is not open then{others}."
            return f"On {day} {step.by} did “{self._label(step.task)}”, and it would be refused: {self._own(sentence)}"
        if step.tell is not None:
            return f"On {day} {step.by} told “{step.tell}”, and it would be refused: {self._own(sentence)}"
        if step.what is not None:
            return f"What {step.by} changed on {day} cannot be changed so: {self._own(sentence)}"
        return self._own(sentence)

    def _stuck(self, scenario: Scenario) -> str:
        """What is stuck that was not when it was done; "" for nothing."""
        expected = scenario.after_application.stuck_at
        with self.office.database.read() as connection:
            found = open_incidents(connection, self.variant.id)
        return next((each.message for each in found if each.element_id not in expected), "")

    def _label(self, element_id: str) -> str:
        done = (entry.content or {} for entry in self.past.entries)
        names = (said["element"] for said in done if said.get("element_id") == element_id)
        return str(next(names, element_id))

    def _own(self, sentence: str) -> str:
        """The sentence, about the case as it is called, and not about the one that is played."""
        return sentence.replace(self.reference, self.past.scenario.file) if self.reference else sentence


def occurrences_then(past: PastCase) -> list[Occurrence]:
    """What came of it when it was done."""
    return [occurrence for entry in past.entries for occurrence in occurrences_of(entry, unchanged)]


def _quoted(names: Iterable[str]) -> list[str]:
    return [f"“{name}”" for name in dict.fromkeys(names)]
