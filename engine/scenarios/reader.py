"""A scenario as a policy owner writes it: a TOML file, read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.toml import read_toml
from engine.variants import Variant

#: When something is done on a day for which no time is given.
MORNING = time(9, 0)


def scenarios_of(variant: Variant) -> list[Scenario]:
    """The scenarios of a variant in the order of their names. Raises BadInputError for one that cannot be read."""
    return [read_scenario(variant.files[file], file=file, beside=variant.files) for file in variant.scenario_files]


def read_scenario(data: bytes, *, file: str, beside: Mapping[str, bytes] | None = None) -> Scenario:
    """The scenario in a TOML file. `beside`: the variant's files, for `application.file` and `continues`."""
    return _read(data, file, beside or {}, ())


def _read(data: bytes, file: str, beside: Mapping[str, bytes], before: tuple[str, ...]) -> Scenario:
    table = read_toml(data, name=file)
    _known(table, {"title", "clauses", "application", "step", "continues", "until"}, file)
    steps = tuple(_step(step, f"{file}, step {number}") for number, step in enumerate(table.get("step", []), start=1))
    title, clauses = str(table.get("title", "")), _texts(table.get("clauses", []), file, "clauses")
    if "continues" in table:
        return _continued(table, file, beside, before, title=title, clauses=clauses, steps=steps)
    application = table.get("application")
    if not isinstance(application, dict):
        raise BadInputError(f"{file} has no [application]. Say when it was received and what it says.")
    _known(application, {"at", "on", "by", "answers", "file", "then", "refused"}, f"{file}, [application]")
    answers: Any = application.get("answers", {})
    if "file" in application:
        name = str(PurePosixPath(file).parent / str(application["file"]))
        if name not in beside:
            raise BadInputError(f"{file} takes its application from {name}, which is not there.")
        answers = {**json.loads(beside[name]), **answers}
    return Scenario(
        file=file,
        title=title,
        clauses=clauses,
        applied_at=_moment(application, f"{file}, [application]"),
        applied_by=str(application.get("by", "the applicant")),
        application=_plain(answers),
        after_application=_expectation(application.get("then", {}), f"{file}, [application.then]"),
        refused=application.get("refused"),
        steps=steps,
    )


def _continued(
    table: Mapping[str, Any],
    file: str,
    beside: Mapping[str, bytes],
    before: tuple[str, ...],
    *,
    title: str,
    clauses: tuple[str, ...],
    steps: tuple[ScenarioStep, ...],
) -> Scenario:
    """Another scenario's application and steps, of which nothing is expected here, and then the steps of this one."""
    if "application" in table:
        raise BadInputError(f"{file} has both continues and [application]. Leave one of them out.")
    base = str(PurePosixPath(file).parent / f"{table['continues']}.toml")
    if base not in beside:
        raise BadInputError(f"{file} continues {base}, which is not there.")
    if base in (file, *before):
        raise BadInputError(f"{file} continues itself, by way of {base}. Begin one of them with an [application].")
    first = _read(beside[base], base, beside, (file, *before))
    taken = [step for step in first.steps if step.refused is None]
    if "until" in table:
        until = table["until"]
        last = next((place for place, step in enumerate(taken, start=1) if until in (step.task, step.tell)), None)
        if last is None:
            raise BadInputError(f"{file} continues {base} until “{until}”, and no step there completes or tells that.")
        taken = taken[:last]
    if taken and steps and steps[0].at < taken[-1].at:
        raise BadInputError(
            f"{file}, step 1, is earlier than what it continues, which ends on {taken[-1].at:%-d %B %Y}."
        )
    return replace(
        first,
        file=file,
        title=title,
        clauses=clauses,
        after_application=Expectation(),
        steps=(*(replace(step, then=Expectation()) for step in taken), *steps),
    )


def _step(table: Mapping[str, Any], where: str) -> ScenarioStep:
    _known(table, {"at", "on", "by", "task", "tell", "item", "answers", "refused", "then", "why"}, where)
    if "task" in table and "tell" in table:
        raise BadInputError(f"{where} has both task and tell. Make two steps of it.")
    if ("task" in table or "tell" in table) and not table.get("by"):
        raise BadInputError(f'{where} does not say who does it. Add by = "…".')
    return ScenarioStep(
        at=_moment(table, where),
        by=str(table.get("by", "")),
        task=table.get("task"),
        tell=table.get("tell"),
        item=table.get("item"),
        answers=_plain(table.get("answers", {})),
        refused=table.get("refused"),
        then=_expectation(table.get("then", {}), f"{where}, then"),
    )


def _expectation(table: Mapping[str, Any], where: str) -> Expectation:
    _known(table, {"tasks", "no_tasks", "due", "letters", "facts", "status", "closed_as", "can_be_told"}, where)
    due = table.get("due", {})
    for element, day in due.items():
        if not isinstance(day, date) or isinstance(day, datetime):
            raise BadInputError(f"{where}: due.{element} is not a day like 2026-03-04.")
    return Expectation(
        tasks=_texts(table["tasks"], where, "tasks") if "tasks" in table else None,
        no_tasks=_texts(table.get("no_tasks", []), where, "no_tasks"),
        due=due,
        letters=_texts(table["letters"], where, "letters") if "letters" in table else None,
        facts=_plain(table.get("facts", {})),
        status=table.get("status"),
        closed_as=table.get("closed_as"),
        can_be_told=_texts(table["can_be_told"], where, "can_be_told") if "can_be_told" in table else None,
    )


def _moment(table: Mapping[str, Any], where: str) -> datetime:
    value = table.get("at", table.get("on"))
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=LONDON)
    if isinstance(value, date):
        return datetime.combine(value, MORNING, tzinfo=LONDON)
    raise BadInputError(f"{where} does not say when. Add on = 2026-03-02 or at = 2026-03-02T10:15:00.")


def _plain(value: Any) -> Any:
    """As a form's answers arrive: days and times as ISO texts."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _texts(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadInputError(f'{where}: {key} is not a list of texts like ["…", "…"].')
    return tuple(value)


def _known(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise BadInputError(f"{where}: “{key}” means nothing here. Known are {', '.join(sorted(known))}.")
