"""What would follow each way of answering: the questions that decide where the case goes, and where it goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine import feel
from engine.casework.cases.messages import form_of_telling
from engine.casework.rehearsal.consequences import Consequences
from engine.casework.rehearsal.preview import what_follows, what_follows_telling
from engine.casework.rehearsal.stage import rehearse
from engine.casework.rehearsal.supposed_answers import Asking
from engine.casework.step.office import Office
from engine.casework.step.sight import evaluator_at
from engine.errors import (
    CaseBusyError,
    CaseNotFoundError,
    DatabaseUnusableError,
    EngineError,
    FeelError,
    FormAnswersError,
    NobodyWaitsError,
    NotAllowedError,
    TaskAlreadyCompletedError,
    TaskCancelledError,
    TaskClaimedError,
    TaskNotFoundError,
)
from engine.forms import Field, FieldKind
from engine.model import TaskId
from engine.store import cases, tasks

#: Ways of answering that are rehearsed for one form.
MOST_REHEARSED = 24
#: Choices of a question that is looked at.
MOST_CHOICES = 8
_TRUTHS = (FieldKind.CHECKBOX, FieldKind.YES_NO)

NOTHING_CHOSEN = "No answer"

#: Refusals that no other answer would change.
_WHATEVER_THE_ANSWERS = (
    CaseBusyError,
    CaseNotFoundError,
    DatabaseUnusableError,
    NobodyWaitsError,
    NotAllowedError,
    TaskAlreadyCompletedError,
    TaskCancelledError,
    TaskClaimedError,
    TaskNotFoundError,
)

Follow = Callable[[Mapping[str, Any]], Consequences]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Some answers to one question, all with the same consequences; the rest of the form is as the person has filled
    it in, or stood in for."""

    key: str | None  #: of the question; None where no question decides
    question: str  #: "" where no question decides
    options: tuple[str, ...]  #: what the form calls the answers
    values: tuple[feel.Value, ...]  #: the answers; None for no answer
    is_chosen: bool  #: the form as it is filled in answers so
    consequences: Consequences | None  #: None where it would be refused
    refused_because: str | None
    still_to_come: tuple[str, ...]  #: the questions whose answers were stood in for

    @property
    def heading(self) -> str:
        """`If you answer “Yes” or “No”`, or `When you complete it` where no question decides."""
        if self.key is None:
            return "When you complete it"
        return "If you answer " + " or ".join(f"“{option}”" for option in self.options)


def alternatives(
    office: Office, task: TaskId, answers: Mapping[str, Any], *, by: str, council_id: str | None = None
) -> tuple[Alternative, ...]:
    """What would follow each answer to the questions of the task's form that have few choices, question by question
    in the order of the form. `answers` is what has been filled in so far.

    Answers with the same consequences are one alternative, and a question that changes nothing is left out; where no
    question decides there is one alternative. Questions beyond `MOST_REHEARSED` ways of answering are not looked at.
    Raises TaskNotFoundError, TaskAlreadyCompletedError, TaskCancelledError, TaskClaimedError, NotAllowedError,
    CaseBusyError.
    """
    with rehearse(office) as stage, stage.database.read() as connection:
        case = cases.find_case(connection, task.reference, council_id)
        row = tasks.load_task(connection, case.case_id, task.number)
        if row is None:
            raise TaskNotFoundError(str(task))
        step = stage.step_on(connection, case, actor=by)
        form = step.version.variant.forms.get(row.form_id or "")
        instance = step.load(row.instance)
        seen = evaluator_at(step, instance, instance.run.program.element(row.element_id))
        asking = Asking(form, seen, step.people) if form is not None else None
        return _explore(asking, answers, lambda given: what_follows(stage, task, given, by=by, council_id=council_id))


def alternatives_of_telling(
    office: Office,
    reference: str,
    message: str,
    answers: Mapping[str, Any],
    *,
    by: str,
    item_id: str = "",
    council_id: str | None = None,
) -> tuple[Alternative, ...]:
    """The same for a message that the case could be told. Raises NobodyWaitsError, NotAllowedError, CaseBusyError."""
    with rehearse(office) as stage, stage.database.read() as connection:
        case = cases.find_case(connection, reference, council_id)
        step = stage.step_on(connection, case, actor=by)
        form, evaluator = form_of_telling(step, message, item_id)
        return _explore(
            Asking(form, evaluator, step.people) if form is not None else None,
            answers,
            lambda given: what_follows_telling(
                stage, reference, message, given, by=by, item_id=item_id, council_id=council_id
            ),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """One way of answering the whole form, and what came of it."""

    consequences: Consequences | None = None
    refused_because: str | None = None
    still_to_come: tuple[str, ...] = ()

    @property
    def outcome(self) -> object:
        return self.refused_because if self.consequences is None else self.consequences.without_words()


def _explore(asking: Asking | None, answers: Mapping[str, Any], follow: Follow) -> tuple[Alternative, ...]:
    if asking is None:
        return (_undecided(_Way(consequences=follow(answers))),)
    rehearsing = _Rehearsing(asking, follow)
    as_it_is = rehearsing.way(answers)
    found: list[Alternative] = []
    for question in asking.form.questions:
        choices = _choices(asking, question.field)
        if 1 < len(choices) <= MOST_CHOICES and rehearsing.left >= len(choices):
            found += rehearsing.alternatives_of(question.field, choices, answers)
    return tuple(found) or (_undecided(as_it_is),)


class _Rehearsing:
    def __init__(self, asking: Asking, follow: Follow) -> None:
        self._asking = asking
        self._follow = follow
        self._known: dict[str, _Way] = {}  #: by the answers, so that none is rehearsed twice

    @property
    def left(self) -> int:
        return MOST_REHEARSED - len(self._known)

    def way(self, answers: Mapping[str, Any], *, fixed: str | None = None) -> _Way:
        """Raises FormAnswersError where `fixed` cannot be answered so."""
        try:
            given, still_to_come = self._asking.complete(answers, fixed=fixed)
        except FormAnswersError as error:
            if fixed is not None and any(path == fixed for path, _ in error.problems):
                raise
            return _Way(refused_because=_in_words(error))
        key = json.dumps(given, sort_keys=True, default=str)
        if key not in self._known:
            self._known[key] = self._rehearse(given)
        return replace(self._known[key], still_to_come=tuple(still_to_come))

    def alternatives_of(
        self, field: Field, choices: list[tuple[feel.Value, str]], answers: Mapping[str, Any]
    ) -> list[Alternative]:
        """One alternative per outcome; none where there is but one."""
        alike: dict[object, list[tuple[feel.Value, str, _Way]]] = {}
        for value, label in choices:
            given = {key: answer for key, answer in answers.items() if key != field.key}
            try:
                way = self.way(given | ({field.key: value} if value is not None else {}), fixed=field.key)
            except FormAnswersError:  # it is not asked as things stand, or this answer is not taken
                continue
            alike.setdefault(way.outcome, []).append((value, label, way))
        if len(alike) < 2:
            return []
        chosen = answers.get(field.key)
        if field.kind is FieldKind.CHECKBOX:
            chosen = chosen is True
        elif field.kind is FieldKind.YES_NO:
            chosen = {"true": True, "false": False}.get(str(chosen).lower())
        return [
            Alternative(
                key=field.key,
                question=field.name,
                options=tuple(label for _, label, _ in same),
                values=tuple(value for value, _, _ in same),
                is_chosen=field.key in answers and any(value == chosen for value, _, _ in same),
                consequences=same[0][2].consequences,
                refused_because=same[0][2].refused_because,
                still_to_come=same[0][2].still_to_come,
            )
            for same in alike.values()
        ]

    def _rehearse(self, given: Mapping[str, Any]) -> _Way:
        try:
            return _Way(consequences=self._follow(given))
        except _WHATEVER_THE_ANSWERS:
            raise
        except EngineError as error:
            return _Way(refused_because=_in_words(error))


def _choices(asking: Asking, field: Field) -> list[tuple[feel.Value, str]]:
    """Every answer that the question takes, with its label; none where it is not one of few choices."""
    if field.is_read_only or field.kind not in (FieldKind.RADIO, FieldKind.SELECT, *_TRUTHS):
        return []
    if field.kind in _TRUTHS:
        is_tick = field.kind is FieldKind.CHECKBOX and field.is_required
        return [] if is_tick else [(True, "Yes"), (False, "No")]
    try:
        choices: list[tuple[feel.Value, str]] = [(option.value, option.label) for option in asking.options(field)]
    except FeelError:  # who answers the form is told so
        return []
    return choices if field.is_required else [*choices, (None, NOTHING_CHOSEN)]


def _undecided(way: _Way) -> Alternative:
    return Alternative(
        key=None,
        question="",
        options=(),
        values=(),
        is_chosen=True,
        consequences=way.consequences,
        refused_because=way.refused_because,
        still_to_come=way.still_to_come,
    )


def _in_words(error: EngineError) -> str:
    """The sentences alone: the paths are for those who fill the form in."""
    if isinstance(error, FormAnswersError):
        return " ".join(sentence for _, sentence in error.problems)
    return str(error)
