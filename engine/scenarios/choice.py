"""Which scenarios make a caseload: open cases in as many stages as there are, and some that have ended."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from math import log2

from engine.model import CaseStatus
from engine.scenarios.adaptation import shifted
from engine.scenarios.scenario import Scenario, ScenarioStep

#: Of the cases, those that have ended.
_ENDED = 0.25
#: Whole weeks for which nobody has gone on with an open case, case by case: most are in time, some are late.
_LEFT_OPEN = (0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0)
#: Whole weeks since a case ended.
_LEFT_ENDED = (1, 3, 0, 6, 2, 10, 4, 8)
#: Scenarios that take longer show counting over a year; as a case they would be older than all others.
_LONGEST = timedelta(weeks=30)
#: What a stage counts at least that shows more than a task: time has passed by itself, or the case was told something.
_NOTABLE = 3.4
#: By how much less a stage counts each time that it was chosen.
_AGAIN = 1.7


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stage:
    """Where a case stands, for telling apart."""

    task: str  #: what comes next
    waited: int = 0  #: whole weeks that have passed by themselves since somebody did something
    told: str = ""  #: the message that came just before


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A scenario as far as it has come."""

    scenario: Scenario  #: in its time, with the steps that have been taken
    following: ScenarioStep | None  #: the next of its tasks; None where it has ended


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stop:
    scenario: Scenario
    taken: int  #: steps

    @property
    def left(self) -> tuple[ScenarioStep, ...]:
        return self.scenario.steps[self.taken :]

    @property
    def last_at(self) -> datetime:
        return self.scenario.steps[self.taken - 1].at if self.taken else self.scenario.applied_at

    def held(self, until: datetime, left: int) -> Held:
        weeks = (until - self.last_at) // timedelta(weeks=1) - left
        moved = shifted(self.scenario, weeks)
        if (moved.steps[self.taken - 1].at if self.taken else moved.applied_at) > until:  # clocks went back meanwhile
            moved = shifted(self.scenario, weeks - 1)
        return Held(
            scenario=replace(moved, steps=moved.steps[: self.taken]),
            following=next((step for step in moved.steps[self.taken :] if step.task is not None), None),
        )

    def is_in_time(self, until: datetime) -> bool:
        """Whether the step that follows is still to come at `until`, when the last was within a week before."""
        since = (until - self.last_at) % timedelta(weeks=1)
        return bool(self.left) and self.left[0].at - self.last_at > since


def choose(scenarios: Iterable[Scenario], *, until: datetime, cases: int) -> list[Held]:
    """That many scenarios, some of them several times, begun so that they have come to different stages at `until`.

    In the order in which they began. Nothing is left to chance. Empty where no scenario can be played.
    """
    playable = [_without_refusals(scenario) for scenario in scenarios if scenario.refused is None]
    playable = [scenario for scenario in playable if _length(scenario) <= _LONGEST]
    ended = _ended(playable, round(cases * _ENDED))
    opened = _open(playable, cases - len(ended), until)
    held = [stop.held(until, left) for stop, left in zip(ended, cycle(_LEFT_ENDED), strict=False)]
    late = cycle(_LEFT_OPEN)
    times: Counter[tuple[str, int]] = Counter()
    for stop in opened:
        is_in_passing = stop.taken > 0 and _only_time(stop.scenario.steps[stop.taken - 1])
        same = stop.scenario.name, stop.taken
        held.append(stop.held(until, times[same] + (0 if is_in_passing else next(late))))
        times[same] += 1  # where scenarios are few, those that are held alike began in different weeks
    return sorted(held, key=lambda each: (each.scenario.applied_at, each.scenario.name))


def _without_refusals(scenario: Scenario) -> Scenario:
    return replace(scenario, steps=tuple(step for step in scenario.steps if step.refused is None))


def _length(scenario: Scenario) -> timedelta:
    return scenario.steps[-1].at - scenario.applied_at if scenario.steps else timedelta(0)


def _only_time(step: ScenarioStep) -> bool:
    return step.what is None


def _ended(scenarios: Sequence[Scenario], number: int) -> list[_Stop]:
    """Scenarios whose last step closes the case, as many different ends as there are."""
    by_end: dict[str, list[_Stop]] = defaultdict(list)
    for scenario in scenarios:
        if scenario.steps and scenario.steps[-1].then.status == CaseStatus.CLOSED:
            by_end[scenario.steps[-1].then.closed_as or ""].append(_Stop(scenario=scenario, taken=len(scenario.steps)))
    # the commonest end first, then one of each in turn
    ends = sorted(by_end.values(), key=len, reverse=True)
    in_turn = [stops[place] for place in range(max(map(len, ends), default=0)) for stops in ends if place < len(stops)]
    return in_turn[:number]


def _open(scenarios: Sequence[Scenario], number: int, until: datetime) -> list[_Stop]:
    """Stops before a task, spread over the stages: each stage the likelier the more scenarios come by."""
    stages: dict[_Stage, list[_Stop]] = defaultdict(list)
    for scenario in scenarios:
        for stage, stop in _stops(scenario):
            stages[stage].append(stop)
    chosen = list(islice(_in_proportion(stages), number))
    used: Counter[str] = Counter()
    found: list[_Stop] = []
    for stage in chosen:
        stop = min(
            stages[stage],
            key=lambda each: (
                found.count(each),
                used[each.scenario.name],
                not each.is_in_time(until),
                used[_applicant(each.scenario)],
            ),
        )
        used.update([stop.scenario.name, _applicant(stop.scenario)])
        found.append(stop)
    return found


def _stops(scenario: Scenario) -> Iterator[tuple[_Stage, _Stop]]:
    """Where a scenario can be held: before a task for which time passes, and where it lets time alone pass.

    Of two moments a day apart, which show that a limit counts to the day, the later is one.
    """
    acted_at, told = scenario.applied_at, ""
    for taken, step in enumerate(scenario.steps):
        stop = _Stop(scenario=scenario, taken=taken)
        has_gone_on = step.at - stop.last_at > timedelta(days=1) or (not _only_time(step) and step.at > stop.last_at)
        coming = next((each.task for each in stop.left if not _only_time(each)), None)
        if has_gone_on and coming is not None:
            yield _Stage(task=coming, waited=(stop.last_at - acted_at) // timedelta(weeks=1), told=told), stop
        if not _only_time(step):
            acted_at, told = step.at, step.tell or ""


def _in_proportion(stages: Mapping[_Stage, Sequence[_Stop]]) -> Iterator[_Stage]:
    """Stages for ever, each the more often the more scenarios come by; of equals those far into a case first."""
    weights = {
        stage: max(1 + log2(len(stops)), _NOTABLE if stage.waited or stage.told else 0)
        for stage, stops in stages.items()
    }
    far = {stage: max(stop.last_at - stop.scenario.applied_at for stop in stops) for stage, stops in stages.items()}
    had: Counter[_Stage] = Counter()
    while weights:
        stage = max(weights, key=lambda each: (weights[each] / (1 + _AGAIN * had[each]), far[each]))
        had[stage] += 1
        yield stage


def _applicant(scenario: Scenario) -> str:
    """What the application says: scenarios that continue one another have it in common."""
    return json.dumps(scenario.application, sort_keys=True)
