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
from engine.scenarios.days import in_each_text, with_other_days
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.scenarios.staff import with_names
from engine.toml import read_toml
from engine.variants import Variant, VariantSettings
from engine.words import day_in_words

#: When something is done on a day for which no time is given.
MORNING = time(9, 0)


def scenarios_of(variant: Variant) -> list[Scenario]:
    """The scenarios of a variant in the order of their names, without those of processes that run in no slot of it.

    Raises BadInputError for one that cannot be read.
    """
    folder = _Folder(variant.files, variant.settings)
    running = {slot.use for slot in variant.settings.slots}
    every = [folder.scenario(file) for file in variant.scenario_files]
    return [scenario for scenario in every if running.issuperset(scenario.uses)]


def read_scenario(
    data: bytes, *, file: str, beside: Mapping[str, bytes] | None = None, settings: VariantSettings | None = None
) -> Scenario:
    """The scenario in a TOML file. `beside`: the variant's files, for what it takes from other files; `settings`: the
    variant's, for who works there.

    Raises BadInputError for one that cannot be read, alone or with those it builds on.
    """
    return _Folder({**(beside or {}), file: data}, settings).scenario(file)


class _Folder:
    """A variant's scenarios, which build on one another: each is read once, when it is asked for."""

    def __init__(self, files: Mapping[str, bytes], settings: VariantSettings | None) -> None:
        self._files = files
        self._settings = settings
        self._read: dict[str, Scenario] = {}
        self._begun: list[str] = []  #: files that wait for one they build on, the last for the one that is read now

    def scenario(self, file: str) -> Scenario:
        if file not in self._read:
            self._begun.append(file)
            table: Mapping[str, Any] = read_toml(self._files[file], name=file)
            missing: tuple[str, ...] = ()
            if self._settings is not None:
                table, missing = with_names(table, self._settings)
            read = self._scenario(file, table)
            self._read[file] = replace(read, unstaffed=tuple(dict.fromkeys((*read.unstaffed, *missing))))
            self._begun.pop()
        return self._read[file]

    def _scenario(self, file: str, table: Mapping[str, Any]) -> Scenario:
        _known(table, {"title", "clauses", "uses", "application", "step", "continues", "until"}, file)
        steps = tuple(self._step(step, file, number) for number, step in enumerate(table.get("step", []), start=1))
        begun = self._continued(file, table, steps) if "continues" in table else self._applied(file, table)
        return replace(
            begun,
            file=file,
            title=str(table.get("title", "")),
            clauses=_texts(table.get("clauses", []), file, "clauses"),
            uses=_texts(table.get("uses", []), file, "uses"),
            steps=(*begun.steps, *steps),
        )

    def _applied(self, file: str, table: Mapping[str, Any]) -> Scenario:
        """The application alone."""
        application, where = table.get("application"), f"{file}, [application]"
        if not isinstance(application, dict):
            raise BadInputError(f"{file} has no [application]. Say when it was received and what it says.")
        _known(
            application,
            {"at", "on", "by", "answers", "file", "like", "start", "not_here", "then", "refused", "or"},
            where,
        )
        if "file" in application and "like" in application:
            raise BadInputError(f"{where} has both file and like. Leave one of them out.")
        at = _moment(application, where)
        answers = _plain(application.get("answers", {}))
        if "file" in application:
            answers = {**json.loads(self._content(file, str(application["file"]))), **answers}
        if "like" in application:
            other = self._other(file, application["like"], "is like")
            answers = {**_as_on(at, other.application, other.applied_at), **answers}
        return Scenario(
            file=file,
            title="",
            clauses=(),
            applied_at=at,
            applied_by=str(application.get("by", "the applicant")),
            application=answers,
            after_application=_expectation(application.get("then", {}), f"{file}, [application.then]"),
            refused=application.get("refused"),
            steps=(),
            start=str(application.get("start", "")),
            not_here=_texts(application.get("not_here", []), where, "not_here"),
        )

    def _continued(self, file: str, table: Mapping[str, Any], steps: tuple[ScenarioStep, ...]) -> Scenario:
        """Another scenario's application, with the answers that differ here, and its steps.

        Nothing is expected of them. `steps`: those to come.
        """
        application = table.get("application", {})
        _known(application, {"answers", "or"}, f"{file}, [application] of a scenario that continues another")
        first = self._other(file, table["continues"], "continues")
        taken = [step for step in first.steps if step.refused is None]
        if "until" in table:
            until = table["until"]
            last = next((place for place, step in enumerate(taken, start=1) if until in (step.task, step.tell)), None)
            if last is None:
                raise BadInputError(
                    f"{file} continues {first.file} until “{until}”, and no step there completes or tells that."
                )
            taken = taken[:last]
        if taken and steps and steps[0].at < taken[-1].at:
            raise BadInputError(
                f"{file}, step 1, is earlier than what it continues, which ends on {day_in_words(taken[-1].at)}."
            )
        return replace(
            first,
            application={**first.application, **_plain(application.get("answers", {}))},
            after_application=Expectation(),
            steps=tuple(replace(step, then=Expectation()) for step in taken),
        )

    def _step(self, table: Mapping[str, Any], file: str, number: int) -> ScenarioStep:
        where = f"{file}, step {number}"
        known = {
            *("at", "on", "by", "task", "tell", "agreement", "correct", "extend", "to", "reason", "item", "like"),
            *("answers", "or", "refused", "not_here", "then", "why"),
        }
        _known(table, known, where)
        done = [key for key in ("task", "tell", "correct", "extend") if key in table]
        if len(done) > 1:
            raise BadInputError(f"{where} has both {' and '.join(done)}. Make {len(done)} steps of it.")
        if done and not table.get("by"):
            raise BadInputError(f'{where} does not say who does it. Add by = "…".')
        if "like" in table and not ("task" in table or "tell" in table):
            raise BadInputError(f"{where} has like, and nobody does anything in it. Leave like out.")
        if "agreement" in table and "tell" not in table:
            raise BadInputError(f'{where} has agreement, and tells nothing. Add tell = "…", or leave agreement out.')
        if "to" in table and not ("correct" in table or "extend" in table):
            raise BadInputError(f'{where} has to, and corrects nothing. Add correct = "…", or leave to out.')
        is_day = isinstance(table.get("to"), date) and not isinstance(table.get("to"), datetime)
        if "extend" in table and not (is_day and "reason" in table):
            raise BadInputError(f'{where} does not say until when, or why. Add to = 2026-03-20 and reason = "…".')
        step = ScenarioStep(
            at=_moment(table, where),
            by=str(table.get("by", "")),
            task=table.get("task"),
            tell=table.get("tell"),
            agreement=table.get("agreement"),
            correct=table.get("correct"),
            extend=table.get("extend"),
            to=table["to"] if "extend" in table else _plain(table.get("to")),
            reason=str(table.get("reason", "")),
            item=table.get("item"),
            answers=_plain(table.get("answers", {})),
            refused=table.get("refused"),
            not_here=_texts(table["not_here"], where, "not_here") if "not_here" in table else None,
            then=_expectation(table.get("then", {}), f"{where}, then"),
            file=file,
            number=number,
        )
        if "like" not in table:
            return step
        same = self._same_step(step, self._other(file, table["like"], "is like"), where)
        return replace(step, answers={**_as_on(step.at, same.answers, same.at), **step.answers})

    def _same_step(self, step: ScenarioStep, other: Scenario, where: str) -> ScenarioStep:
        """The other scenario's first step of the same task or message: about the same item, where there is one."""
        same = [
            each for each in other.steps if each.refused is None and (each.task, each.tell) == (step.task, step.tell)
        ]
        if not same:
            raise BadInputError(
                f"{where} is like a step of {other.file}, which has none that completes or tells the same."
            )
        return next((each for each in same if each.item == step.item), same[0])

    def _other(self, file: str, name: object, how: str) -> Scenario:
        """The scenario of that name in the folder of `file`, which builds on it."""
        other = str(PurePosixPath(file).parent / f"{name}.toml")
        if other not in self._files:
            raise BadInputError(f"{file} {how} {other}, which is not there.")
        if other in self._begun:
            raise BadInputError(f"{file} {how} {other}, which builds on {file}. Write out one of them.")
        return self.scenario(other)

    def _content(self, file: str, name: str) -> bytes:
        other = str(PurePosixPath(file).parent / name)
        if other not in self._files:
            raise BadInputError(f"{file} takes its application from {other}, which is not there.")
        return self._files[other]


def _as_on(at: datetime, answers: Mapping[str, Any], given_at: datetime) -> dict[str, Any]:
    """Answers that were given on another day, as they are given at `at`: the days they name move along."""
    by, near = at.date() - given_at.date(), given_at.date()
    return dict(in_each_text(answers, lambda text: with_other_days(text, by, near=near)) if by else answers)


def _expectation(table: Mapping[str, Any], where: str) -> Expectation:
    known = {
        *("tasks", "no_tasks", "due", "letters", "letters_to", "facts", "unknown", "status", "closed_as"),
        "can_be_told",
    }
    _known(table, known, where)
    due = table.get("due", {})
    for element, day in due.items():
        if not isinstance(day, date | str) or isinstance(day, datetime):
            raise BadInputError(f"{where}: due.{element} is neither a day like 2026-03-04 nor the name of a limit.")
    return Expectation(
        tasks=_texts(table["tasks"], where, "tasks") if "tasks" in table else None,
        no_tasks=_texts(table.get("no_tasks", []), where, "no_tasks"),
        due=due,
        letters=_texts(table["letters"], where, "letters") if "letters" in table else None,
        letters_to={
            name: _texts(letters, where, f"letters_to, {name}") for name, letters in table.get("letters_to", {}).items()
        },
        facts=_plain(table.get("facts", {})),
        unknown=_texts(table.get("unknown", []), where, "unknown"),
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


def _known(table: Any, known: set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise BadInputError(f"{where} is one value. Give it a table of {', '.join(sorted(known))}.")
    for key in table:
        if key not in known:
            raise BadInputError(f"{where}: “{key}” means nothing here. Known are {', '.join(sorted(known))}.")
