"""The cases of a demonstration: the variants' own scenarios, played as if they had been going on until now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import claim_task
from engine.clock import local_date
from engine.errors import DatabaseUnusableError, EngineError
from engine.scenarios.adaptation import of_others
from engine.scenarios.choice import Held, choose
from engine.scenarios.movement import find_task, go_to, rest, take_step, virtual_clock
from engine.scenarios.reader import scenarios_of
from engine.scenarios.scenario import Scenario, ScenarioStep
from engine.variants import Variant
from engine.words import day_in_words

log = logging.getLogger("asb.demonstration")

#: Of so many cases, in all but the last somebody has made the next task their own a day after it came.
_CLAIMED_BUT_ONE_OF = 3
_CLAIMED_AFTER = timedelta(days=1, minutes=40)


def populate(
    office: Office, shown: Sequence[tuple[Variant, int]], *, until: datetime, tell: Callable[[str], None]
) -> list[str]:
    """Make cases that stand in all stages at `until`, on an office with an empty database and a `SettableClock`.

    `shown` are the councils' variants, each with how many cases it has. They go on side by side, so the clock only goes
    forward and each thing happens in its order; it then stands at `until`. `tell` hears of each case that is opened. A
    case stops at what cannot be done on its days, such as a day that has become a bank holiday. Gives the references in
    the order of the applications.
    """
    virtual_clock(office)
    going: list[_Going] = []
    for variant, cases in shown:
        playable = [scenario for scenario in scenarios_of(variant) if not scenario.unstaffed]
        for held in choose(playable, until=until, cases=cases):
            going.append(_Going(held, len(going) + 1, office, variant))
    deeds = sorted(
        (
            (at, number, place, deed)
            for number, case in enumerate(going)
            for place, (at, deed) in enumerate(case.deeds())
        ),
        key=lambda each: each[:3],
    )
    references: list[str] = []
    for at, number, _, deed in deeds:
        if at > until:
            break
        go_to(office, at)
        deed()
        rest(office)
        reference = going[number].reference
        if reference and reference not in references:
            references.append(reference)
            tell(f"{len(references)} of {len(going)}: {reference}, received on {day_in_words(local_date(at))}")
    go_to(office, until)
    rest(office)
    return references


class _Going:
    """One case on its way."""

    def __init__(self, held: Held, number: int, office: Office, variant: Variant) -> None:
        self.scenario: Scenario = of_others(held.scenario, number, variant.settings)
        self.following = held.following if number % _CLAIMED_BUT_ONE_OF else None
        self.office = office
        self.variant = variant
        self.reference = ""
        self.has_stopped = False

    def deeds(self) -> list[tuple[datetime, Callable[[], None]]]:
        """What is done, each with its moment."""
        deeds: list[tuple[datetime, Callable[[], None]]] = [(self.scenario.applied_at, self._doing(self._open))]
        for step in self.scenario.steps:
            deeds.append((step.at, self._doing(partial(self._take, step))))
        if self.following is not None:
            deeds.append((deeds[-1][0] + _CLAIMED_AFTER, self._doing(self._claim)))
        return deeds

    def _doing(self, deed: Callable[[], None]) -> Callable[[], None]:
        def do() -> None:
            if self.has_stopped:
                return
            try:
                deed()
            except DatabaseUnusableError:
                raise
            except EngineError as error:
                self.has_stopped = True
                log.info("%s (%s) goes no further: %s", self.reference, self.scenario.file, error)

        return do

    def _open(self) -> None:
        scenario = self.scenario
        self.reference = open_case(
            self.office, self.variant, scenario.application, by=scenario.applied_by, start=scenario.start
        )

    def _take(self, step: ScenarioStep) -> None:
        take_step(self.office, self.reference, step)

    def _claim(self) -> None:
        """Who does the next task has it on their desk."""
        if self.following is not None and self.following.task is not None:
            task = find_task(self.office, self.reference, self.following)
            claim_task(self.office, task.task_id, by=self.following.by)
