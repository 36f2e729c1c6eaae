"""What is not as a scenario says, and what went wrong there: the same words in every scenario to which it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.scenarios.scenario import Scenario, ScenarioStep


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """Something that is not as the scenario says."""

    where: str  #: "step 3 (12 March 2026)"
    sentence: str
    cause: str  #: what went wrong, without what differs from one scenario to the next
    step: int = 0  #: behind which of the scenario's steps, from 1; 0 for the application
    about: tuple[str, ...] = ()  #: the key of the expectation that does not hold: ("due", "decide_threshold")
    new_day: date | None = None  #: where nothing but that day is another: which it is now
    now: tuple[
        str, ...
    ] = ()  #: where it is about tasks or letters: which are open or were sent, as a scenario names them
    unexpected: tuple[str, ...] = ()  #: where tasks are open that are not expected: these


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One thing that went wrong, and where."""

    cause: str
    misses: Mapping[str, Miss]  #: by the scenario's name


def grouped(first_misses: Mapping[str, Miss]) -> list[Group]:
    """What went wrong, that first which went wrong in most scenarios. `first_misses`: each scenario's, by name."""
    found: dict[str, dict[str, Miss]] = {}
    for name, miss in first_misses.items():
        found.setdefault(miss.cause, {})[name] = miss
    groups = [Group(cause=cause, misses=misses) for cause, misses in found.items()]
    return sorted(groups, key=lambda group: -len(group.misses))


def difference(expected: Iterable[str], labels: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is open and not expected, and what is expected and not open.

    A name alone is also the task of an item: `hear_appeal` of whichever.
    """
    left, alone, lacking = Counter(labels), list[str](), list[str]()
    for name in expected:
        if left[name]:
            left[name] -= 1
        else:
            alone.append(name)
    for name in alone:
        found = next((label for label, count in left.items() if count and label.partition(":")[0] == name), None)
        if found is None:
            lacking.append(name)
        else:
            left[found] -= 1
    return sorted(left.elements()), lacking


def are_the_tasks(expected: Iterable[str], labels: Iterable[str]) -> bool:
    """Whether these and no others are open."""
    return difference(expected, labels) == ([], [])


def unforeseen(scenario: Scenario, number: int, labels: Iterable[str]) -> list[str]:
    """Of the open tasks, those of which the scenario from this step on (from 1) knows nothing."""
    known = {name.partition(":")[0] for step in scenario.steps[number - 1 :] for name in _named(step)}
    return sorted(label for label in labels if label.partition(":")[0] not in known)


def _named(step: ScenarioStep) -> Sequence[str]:
    done = [name for name in (step.task, step.extend) if name is not None]
    return [*done, *(step.then.tasks or ()), *step.then.no_tasks, *step.then.due]


class TaskNames:
    """Tasks as a sentence about many scenarios calls them: by the name that is drawn, whatever the item."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names  #: element id → name

    def called(self, label: str) -> str:
        return f"“{self._names.get(label.partition(':')[0]) or label}”"

    def open_unexpected(self, labels: Sequence[str]) -> str:
        return f"{self._tasks(labels)} open that they do not expect"

    def not_open(self, labels: Sequence[str]) -> str:
        return f"{self._tasks(labels)} not open that they expect"

    def cannot_be_done(self, label: str) -> str:
        return f"the task {self.called(label)} is not open when it is to be completed"

    def on_another_day(self, label: str, limit: str | None) -> str:
        return f"{self.called(label)} is due on another day{f' (the limit “{limit}”)' if limit else ''}"

    def _tasks(self, labels: Sequence[str]) -> str:
        called = list(dict.fromkeys(self.called(label) for label in labels))
        return f"the task {called[0]} is" if len(called) == 1 else f"the tasks {' and '.join(called)} are"
