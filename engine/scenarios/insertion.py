"""A step put into every scenario that comes to a task which it does not know yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.scenarios.acceptance import Progress, Rewritten, number_in_file
from engine.scenarios.file_text import Change, NewStep, with_changes, with_step
from engine.scenarios.misses import Miss
from engine.scenarios.player import ScenarioOutcome, play
from engine.scenarios.reader import read_scenario
from engine.scenarios.scenario import Expectation, Scenario
from engine.variants import Variant

#: How often at most a scenario comes to the task.
_MOST = 20


def insert_step(
    outcomes: Sequence[ScenarioOutcome],
    variant: Variant,
    step: NewStep,
    new_office: Callable[[], Office],
    progress: Progress,
) -> Rewritten:
    """Put `step` where its task is open and not expected, on the day on which it arises; nothing is written.

    What was to be so behind the step before, and is so only once the new one is taken, is said behind the new one. A
    scenario that does not come out right with it stays as it is. `outcomes`: as the scenarios were played, each as far
    as its first miss.
    """
    return _Insertion(variant, step, new_office, progress).into(outcomes)


class _Insertion:
    def __init__(self, variant: Variant, step: NewStep, new_office: Callable[[], Office], progress: Progress) -> None:
        self._variant = variant
        self._step = step
        self._new_office = new_office
        self._progress = progress
        self._files = dict(variant.files)
        self._changes: dict[str, list[str]] = {}
        self._left: dict[str, str] = {}

    def into(self, outcomes: Sequence[ScenarioOutcome]) -> Rewritten:
        wrong = {outcome.scenario.name: outcome for outcome in outcomes if not outcome.is_right}
        has_moved = True
        while has_moved and wrong:
            has_moved = False
            for name in list(wrong):
                before = wrong[name]
                now = self._mended(before)
                if now.is_right:
                    del wrong[name]
                    self._left.pop(name, None)
                    has_moved = True
        return Rewritten(
            files={file: self._files[file] for file in self._changes}, changes=self._changes, left_alone=self._left
        )

    def _mended(self, outcome: ScenarioOutcome) -> ScenarioOutcome:
        """The scenario as it comes out with the step wherever it is asked for; its file as it was, where not right."""
        file, name = outcome.scenario.file, outcome.scenario.name
        kept, said = self._files[file], list[str]()
        self._progress(name)
        now = play(self._again(file), self._variant, self._new_office(), until_miss=True) if self._changes else outcome
        for _ in range(_MOST):
            if now.is_right:
                break
            try:
                said.append(self._put_into(now))
            except BadInputError as error:
                self._left[name] = str(error)
                break
            now = play(self._again(file), self._variant, self._new_office(), until_miss=True)
        if now.is_right and said:
            self._changes[file] = said
        elif not now.is_right:
            self._files[file] = kept
        return now

    def _again(self, file: str) -> Scenario:
        return read_scenario(self._files[file], file=file, beside=self._files, settings=self._variant.settings)

    def _put_into(self, outcome: ScenarioOutcome) -> str:
        """Rewrite the scenario's file where it first misses; what was done. Raises BadInputError where that is wrong
        for another cause."""
        scenario, first = outcome.scenario, outcome.misses[0]
        if not first.unexpected or {label.partition(":")[0] for label in first.unexpected} != {self._step.task}:
            raise BadInputError(f"{first.where}: {first.sentence}")
        if self._variant.origin.get(scenario.file, self._variant.id) != self._variant.id:
            raise BadInputError(f"it stands in {self._variant.origin[scenario.file]}")
        number = number_in_file(scenario, first.step)
        is_own = number > 0 or first.step == 0
        then = _expected(scenario, first.step) if is_own else Expectation()
        here = [miss for miss in outcome.misses if miss.step == first.step and miss.about]
        changes, later = _moved(then, here, number)
        file, data = scenario.file, self._files[scenario.file]
        data = with_changes(file, data, changes) if changes else data
        at = scenario.steps[first.step - 1].at if first.step else scenario.applied_at
        labels = first.unexpected
        for place, label in enumerate(labels):
            is_last = place == len(labels) - 1
            item = label.partition(":")[2]
            data = with_step(
                file, data, self._step, behind=number + place, at=at, item=item, then=later if is_last else {}
            )
        self._files[file] = data
        return f"behind {first.where if is_own and first.about else f'step {first.step}'}: {', '.join(labels)}"


def _expected(scenario: Scenario, step: int) -> Expectation:
    return scenario.steps[step - 1].then if step else scenario.after_application


def _moved(then: Expectation, misses: Sequence[Miss], number: int) -> tuple[list[Change], dict[str, Any]]:
    """What is said otherwise behind the step before, and what is said behind the new one instead."""
    changes: list[Change] = []
    later: dict[str, Any] = {}
    for miss in misses:
        head = miss.about[0]
        if head == "tasks":
            changes.append(Change(step=number, key=miss.about, value=list(miss.now)))
            later["tasks"] = list(then.tasks or ())
        elif head == "letters":
            rest, more = Counter(then.letters or ()), Counter(miss.now)
            if more - rest:
                raise BadInputError(f"{miss.where}: {miss.sentence}")
            rest -= more
            changes.append(Change(step=number, key=miss.about, value=list(miss.now)))
            later["letters"] = list(rest.elements())
        elif head in ("due", "facts") and len(miss.about) == 2:
            changes.append(Change(step=number, key=miss.about))
            later.setdefault(head, {})[miss.about[1]] = (then.due if head == "due" else then.facts)[miss.about[1]]
        elif head in ("status", "closed_as"):
            changes.append(Change(step=number, key=miss.about))
            later[head] = getattr(then, head)
        else:
            raise BadInputError(f"{miss.where}: {miss.sentence}")
    return changes, later
