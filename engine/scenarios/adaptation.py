"""A scenario at another time and of other people: what it says stays, its days and names become others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.scenarios.days import in_each_text, with_other_days
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.variants import VariantSettings

_HOUSE = re.compile(r"\d+[a-zA-Z]? [^\n,]+")
_PHONE = re.compile(r"\+?[\d ()]+\d{3}")


def shifted(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario that many weeks later (or earlier): each moment, and each day that an answer names.

    Weekdays and times of the day in London stay. Nothing is expected of it: bank holidays do not move with it.
    """
    by = timedelta(weeks=weeks)

    def other(text: str) -> str:
        return with_other_days(text, by, near=scenario.applied_at.date())

    return _rewritten(scenario, other, by)


def of_others(scenario: Scenario, number: int, settings: VariantSettings) -> Scenario:
    """The scenario of an applicant by an invented name, “Applicant 7”, at “7 Example Street”.

    Which facts are names, and which a case is found by, says `[cases]` in variant.toml. A member of staff or an
    agency that applies keeps the name.
    """
    renamed = _names(scenario, number, settings) | _whereabouts(scenario, number, settings)
    if not renamed:
        return scenario
    old = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in sorted(renamed, key=len, reverse=True)))

    def other(text: str) -> str:
        return old.sub(lambda found: renamed[found.group()], text)

    return _rewritten(scenario, other, timedelta(0))


def _rewritten(scenario: Scenario, other: Callable[[str], str], later: timedelta) -> Scenario:
    return replace(
        scenario,
        applied_at=scenario.applied_at + later,  # by the clocks of London, so the time of day stays
        application=in_each_text(scenario.application, other),
        after_application=Expectation(),
        steps=tuple(_step_rewritten(step, other, later) for step in scenario.steps),
    )


def _step_rewritten(step: ScenarioStep, other: Callable[[str], str], later: timedelta) -> ScenarioStep:
    to = step.to + later if step.extend is not None else step.to  # a day; what is corrected stays as it is
    return replace(step, at=step.at + later, to=to, answers=in_each_text(step.answers, other), then=Expectation())


def _names(scenario: Scenario, number: int, settings: VariantSettings) -> dict[str, str]:
    """Each name by which people know the case, with the one it becomes: who is named first applies."""
    kept = {person.name for person in settings.people} | {agency.name for agency in settings.agencies}
    named = _told_as(scenario, settings.known_by)
    told = dict.fromkeys(text for text in named if text.strip() and text not in kept)
    return {
        name: f"{'Applicant' if place == 0 else 'Resident'} {number}{chr(ord('A') + place - 1) if place > 1 else ''}"
        for place, name in enumerate(told)
    }


def _whereabouts(scenario: Scenario, number: int, settings: VariantSettings) -> dict[str, str]:
    """Addresses, email addresses and telephone numbers among what a case is found by."""
    found = {}
    for text in _told_as(scenario, settings.found_by):
        house, _, rest = text.partition("\n")
        if "@" in text:
            found[text] = f"applicant.{number}@{text.rpartition('@')[2]}"
        elif _PHONE.fullmatch(text):
            found[text] = f"{text[:-3]}{number % 1000:03d}"
        elif _HOUSE.match(house):
            found[text] = "\n".join([_HOUSE.sub(f"{number} Example Street", house, count=1), rest]).rstrip("\n")
    return found


def _told_as(scenario: Scenario, keys: Collection[str]) -> Iterator[str]:
    """The texts that are told under these keys, in the order of the application and the steps, in lists too."""
    for answers in (scenario.application, *(step.answers for step in scenario.steps)):
        yield from _under(answers, keys)


def _under(value: Any, keys: Collection[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in keys and isinstance(inner, str):
                yield inner
            else:
                yield from _under(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _under(inner, keys)
