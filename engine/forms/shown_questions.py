"""Which questions a form asks, as its answers stand: what a screen shows before anything is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import BadInputError, FeelError
from engine.feel import Expression
from engine.forms.answers import MAX_ENTRIES, Seen, items_by_id
from engine.forms.choices import options_of
from engine.forms.model import EvaluationMoment, Field, FieldKind, Option, Question, questions_of
from engine.forms.people import PeopleToPick, read_person
from engine.forms.uncertain_days import UncertainDay
from engine.forms.values import is_empty, read_value


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What one level of a form asks: the form itself, or one entry of a list."""

    keys: frozenset[str]  #: of the questions that are asked, those that are only shown included
    entries: Mapping[str, tuple[Shown, ...]]  #: of each list that is asked: what each of its entries asks
    #: the answers that count: to what is asked and not only shown, and where empty only to what the case knows
    answers: Mapping[str, Any]
    _seen: Mapping[str, Any]
    _scope: Mapping[str, Any]
    _moment: EvaluationMoment
    _people: PeopleToPick

    def shows(self, field: Field) -> bool:
        """Whether the field, question or not, is shown; it stands on this level, under whatever hides its group."""
        return field.hidden_if is None or not _is_true(field.hidden_if, self._seen, self._moment)

    def options_of(self, field: Field) -> tuple[Option, ...]:
        """The options of a field on this level; none where they cannot be worked out."""
        if field.kind is FieldKind.PERSON:
            return self._people.options(field.picked_from)
        return _options(field, self._scope, self._moment)

    def takes_others(self, field: Field) -> bool:
        """Whether somebody may be named who is not among the people to choose from."""
        return self._people.takes_others(field.picked_from)

    @property
    def read_by_entries(self) -> Mapping[str, Any]:
        """What the expressions in an entry of one of its lists read, besides the entry's own answers."""
        return self._seen


def read_shown(
    questions: tuple[Question, ...],
    answers: Mapping[str, Any],
    scope: Mapping[str, Any],
    moment: EvaluationMoment,
    known: Mapping[str, Any],
    people: PeopleToPick,
) -> Shown:
    """What is asked under `answers`, which may be wrong in any way; a wrong one counts as none.

    `known` is what is on record of the case, or of the entry's item, under the questions' keys.
    """
    fields = {question.field.key: question.field for question in questions}
    values = {
        key: _value(field, answers[key], scope, moment, people)
        for key, field in fields.items()
        if key in answers and not field.is_read_only and field.kind is not FieldKind.LIST
    }
    keys, seen = frozenset(fields), Seen(values, set(fields), scope)
    for key, field in fields.items():
        if field.otherwise is not None and is_empty(answers.get(key)):
            values[key] = _otherwise(field.otherwise, seen, moment)
    # What is hidden has no answer, which may hide or show others in turn. Conditions in a circle end here too.
    for _ in range(len(questions) + 1):
        asked = frozenset(
            question.field.key
            for question in questions
            if not any(_is_true(condition, seen, moment) for condition in question.hidden_if)
        )
        if asked == keys:
            break
        keys = asked
        seen = Seen({key: value for key, value in values.items() if key in keys}, set(fields), scope)
    entries = {
        key: _entries(field, answers.get(key), seen, moment, people)
        for key, field in fields.items()
        if key in keys and field.kind is FieldKind.LIST
    }
    counted = {
        key: _counted(entries[key], answers[key]) if key in entries else answers[key]
        for key, field in fields.items()
        if key in answers and key in keys and not field.is_read_only
        if not is_empty(answers[key]) or not is_empty(known.get(key))
    }
    return Shown(
        keys=keys,
        entries=entries,
        answers={**counted, "id": answers["id"]} if "id" in answers else counted,
        _seen=seen,
        _scope=scope,
        _moment=moment,
        _people=people,
    )


def _value(field: Field, answer: Any, scope: Mapping[str, Any], moment: EvaluationMoment, people: PeopleToPick) -> Any:
    if is_empty(answer):
        return None
    try:
        if field.kind is FieldKind.PERSON:
            return people.find(read_person(answer), field.picked_from)
        value = read_value(field, answer, _options(field, scope, moment))
    except BadInputError:
        return None
    return value.latest if isinstance(value, UncertainDay) else value


def _options(field: Field, scope: Mapping[str, Any], moment: EvaluationMoment) -> tuple[Option, ...]:
    try:
        return options_of(field, scope, moment)
    except FeelError:
        return ()


def _otherwise(expression: Expression, seen: Mapping[str, Any], moment: EvaluationMoment) -> Any:
    try:
        return expression.evaluate(seen, **moment)
    except FeelError:
        return None


def _is_true(condition: Expression, seen: Mapping[str, Any], moment: EvaluationMoment) -> bool:
    # A condition that fails hides nothing: the check of the answers then says what is wrong with it.
    try:
        return condition.evaluate(seen, **moment) is True
    except FeelError:
        return False


def _entries(
    field: Field, answer: Any, seen: Seen, moment: EvaluationMoment, people: PeopleToPick
) -> tuple[Shown, ...]:
    if not isinstance(answer, list):
        return ()
    questions, items = tuple(questions_of(field.fields)), items_by_id(seen.before, field.key)
    entries = (entry if isinstance(entry, Mapping) else {} for entry in answer[:MAX_ENTRIES])
    return tuple(
        read_shown(questions, entry, seen, moment, items.get(str(entry.get("id")), {}), people) for entry in entries
    )


def _counted(entries: tuple[Shown, ...], answer: Any) -> Any:
    # What is no list of groups of answers, or too long, stays: the check says what is wrong with it.
    if not isinstance(answer, list) or len(answer) != len(entries) or not all(isinstance(e, Mapping) for e in answer):
        return answer
    return [entry.answers for entry in entries]
