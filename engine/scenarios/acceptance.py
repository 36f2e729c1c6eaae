"""New days taken over: where nothing of a scenario comes out otherwise but days, its file says the new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.scenarios.file_text import Change, with_changes
from engine.scenarios.misses import Miss
from engine.scenarios.player import ScenarioOutcome, play
from engine.scenarios.scenario import Scenario
from engine.variants import Variant
from engine.words import day_in_words

#: Told of each scenario that is played.
Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewritten:
    """What became of the files of scenarios."""

    files: Mapping[str, bytes]  #: those that are written anew, by name
    changes: Mapping[str, Sequence[str]]  #: what was changed in each, a sentence for each change
    left_alone: Mapping[str, str]  #: why a scenario that came out otherwise was not rewritten, by the scenario's name


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDays:
    """What a scenario says of days, as it comes out now."""

    changes: tuple[Change, ...]  #: of its file
    said: tuple[str, ...]  #: a sentence for each


_MORE_THAN_DAYS = "it comes out otherwise in more than days"


def accept_days(
    outcomes: Sequence[ScenarioOutcome], variant: Variant, new_office: Callable[[], Office], progress: Progress
) -> Rewritten:
    """Rewrite the days of those scenarios that come out otherwise in days alone; files only, nothing is written.

    `outcomes`: as they were played. `new_office` gives an empty one for each scenario.
    """
    files: dict[str, bytes] = {}
    changes: dict[str, list[str]] = {}
    left: dict[str, str] = {}
    for outcome in outcomes:
        scenario = outcome.scenario
        if outcome.is_right:
            continue
        progress(scenario.name)
        try:
            found = new_days(outcome, variant, new_office)
            files[scenario.file] = with_changes(scenario.file, variant.files[scenario.file], found.changes)
        except BadInputError as error:
            left[scenario.name] = str(error)
            continue
        changes[scenario.file] = list(found.said)
    return Rewritten(files=files, changes=changes, left_alone=left)


def new_days(outcome: ScenarioOutcome, variant: Variant, new_office: Callable[[], Office]) -> NewDays:
    """The days on which a scenario that was played, and comes out otherwise in days alone, comes out now.

    Raises BadInputError, which says why it is to be looked at by somebody.
    """
    scenario = outcome.scenario
    if not _may_be_of_days(outcome):
        raise BadInputError(_MORE_THAN_DAYS)
    whole = play(scenario, variant, new_office(), until_miss=True, past_days=True)
    if any(miss.new_day is None for miss in whole.misses):
        raise BadInputError(_MORE_THAN_DAYS)
    if variant.origin.get(scenario.file, variant.id) != variant.id:
        raise BadInputError(f"it stands in {variant.origin[scenario.file]}")
    return NewDays(
        changes=tuple(_change(scenario, miss) for miss in whole.misses),
        said=tuple(_said(scenario, miss) for miss in whole.misses),
    )


def _may_be_of_days(outcome: ScenarioOutcome) -> bool:
    """Whether nothing is wrong where it first is but days, or only the clock has moved there."""
    steps = outcome.scenario.steps
    return all(
        miss.new_day is not None or (0 < miss.step <= len(steps) and steps[miss.step - 1].what is None)
        for miss in outcome.misses
    )


def _change(scenario: Scenario, miss: Miss) -> Change:
    return Change(step=number_in_file(scenario, miss.step), key=miss.about, value=miss.new_day)


def number_in_file(scenario: Scenario, step: int) -> int:
    """The number in the scenario's own file of a step that is counted with those that it continues.

    0 for the application, and for what comes before its own first step. Raises BadInputError for one of another file.
    """
    own = [number for number, each in enumerate(scenario.steps, start=1) if each.file == scenario.file]
    first = own[0] if own else len(scenario.steps) + 1
    if step < first - 1:
        raise BadInputError("it comes out otherwise in what it continues")
    return step - first + 1


def _said(scenario: Scenario, miss: Miss) -> str:
    was = scenario.after_application if miss.step == 0 else scenario.steps[miss.step - 1].then
    now = day_in_words(miss.new_day) if miss.new_day is not None else ""
    if miss.about == ("on",):
        return f"{miss.where}: the day of the step → {now}"
    table, key = miss.about
    before = (was.due if table == "due" else was.facts)[key]
    return f"{miss.where}: {key} {day_in_words(date.fromisoformat(str(before)))} → {now}"
