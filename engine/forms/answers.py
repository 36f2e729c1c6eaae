"""Answers to a form, checked on the server: all that is wrong is said at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInputError, FeelError, FormAnswersError
from engine.feel import Expression
from engine.forms.choices import options_of
from engine.forms.day_bounds import latest_possible, refused_day
from engine.forms.model import EvaluationMoment, Field, FieldKind, Option, Question, questions_of
from engine.forms.people import PeopleToPick, read_person
from engine.forms.uncertain_days import ABOUT, FROM, facts_of_day
from engine.forms.values import is_empty, read_value
from engine.language import say

#: Most entries of a list.
MAX_ENTRIES = 300

_ITEM_ID = re.compile(r"[a-z][a-z0-9_]{0,62}-[0-9]{1,9}")


def check_answers(
    questions: tuple[Question, ...],
    answers: Mapping[str, Any],
    scope: Mapping[str, Any],
    moment: EvaluationMoment,
    labels: Mapping[str, str],
    people: PeopleToPick,
) -> dict[str, Any]:
    """The answers by key, as FEEL values; `Form.validate` says how. `labels` are what other forms call the facts.

    Raises FormAnswersError.
    """
    checking = _Checking(scope, moment, known=scope, labels=labels, people=people)
    values = checking.read(questions, answers, path="")
    if checking.problems:
        raise FormAnswersError(tuple(checking.problems))
    return values


class _Checking:
    def __init__(
        self,
        scope: Mapping[str, Any],
        moment: EvaluationMoment,
        *,
        known: Mapping[str, Any],
        labels: Mapping[str, str],
        people: PeopleToPick,
    ) -> None:
        self._scope = scope
        self._moment = moment
        self._known = known  #: what the bounds of days read: what is not answered anew is as it was
        self._labels = labels
        self._people = people
        self.problems: list[tuple[str, str]] = []

    def read(
        self, questions: tuple[Question, ...], answers: Mapping[str, Any], *, path: str, item: Mapping[str, Any] = {}
    ) -> dict[str, Any]:
        """The values of one level: the form's own, or an entry's. `path` ends in "." for an entry; `item` is what is on
        record of the one that the entry corrects."""
        before = len(self.problems)
        found: dict[str, Any] = {}
        self._refuse_unknown(questions, answers, path)
        for question in questions:
            key = question.field.key
            if key in answers and question.field.kind is not FieldKind.LIST:
                value = self._value(question.field, answers[key], path + key, answers)
                found |= facts_of_day(key, value, item or self._known) if question.field.spread else {key: value}
        seen = Seen(found, {question.field.key for question in questions}, self._scope)
        for question in questions:
            self._stand_in(question.field, answers, found, seen, path)
        values: dict[str, Any] = {}
        for question in questions:
            self._take(question, answers, found, seen, values, path)
        labels = {**self._labels, **{question.field.key: question.field.name for question in questions}}
        known = Seen({**item, **found}, {*item, *found}, self._known)
        for question in questions:
            field, key = question.field, question.field.key
            day = values.get(key)
            if key in values:
                values |= {name: found[name] for name in (f"{key}{FROM}", f"{key}{ABOUT}") if name in found}
            if day is None or day == item.get(key):
                continue  # on record as it is: what was still to come when it was told may have passed
            sentence = refused_day(field, day, known, self._moment, labels)
            if sentence is not None:
                self._refuse(path + key, sentence)
            elif found.get(f"{key}{ABOUT}") is not None:
                values[key] = latest_possible(field, day, known, self._moment)
        return values if len(self.problems) == before else {}

    def _refuse_unknown(self, questions: tuple[Question, ...], answers: Mapping[str, Any], path: str) -> None:
        known = [question.field.key for question in questions]
        for key in answers:
            if key not in known and not (path and key == "id"):
                asked = say("It asks for: %(keys)s.", keys=", ".join(known)) if known else say("It asks nothing.")
                not_asked = say("This form does not ask for it.")
                self._refuse(f"{path}{str(key)[:60]}", f"{not_asked} {asked}")

    def _take(
        self,
        question: Question,
        answers: Mapping[str, Any],
        found: Mapping[str, Any],
        seen: Mapping[str, Any],
        values: dict[str, Any],
        path: str,
    ) -> None:
        """Put the question's value into `values`, or say why not."""
        field, key = question.field, question.field.key
        is_answered = key in answers and not is_empty(answers[key])
        if any(self._is_true(condition, seen, path + key) for condition in question.hidden_if):
            if is_answered:
                self._refuse(path + key, say("This is not asked, as the other answers stand. Leave it out."))
        elif field.is_read_only:
            if is_answered:
                self._refuse(path + key, say("This is shown for information and cannot be answered. Leave it out."))
        elif field.kind is FieldKind.LIST:
            entries = self._entries(field, answers.get(key), seen, found, path + key)
            if entries is not None:
                values[key] = entries
            elif field.is_required:
                self._refuse(path + key, say("Add at least one entry to “%(name)s”.", name=field.name))
        elif field.is_off_page and found.get(key) is None:
            pass
        elif field.kind is FieldKind.CHECKBOX:
            values[key] = found.get(key) or False
            if field.is_required and values[key] is False:
                self._refuse(path + key, say("Confirm “%(name)s”.", name=field.name))
        elif is_answered or found.get(key) is not None:
            values[key] = found[key]
        elif field.is_required:
            self._refuse(path + key, say("Answer “%(name)s”.", name=field.name))
        elif key in answers:
            values[key] = None

    def _stand_in(
        self, field: Field, answers: Mapping[str, Any], found: dict[str, Any], seen: Mapping[str, Any], path: str
    ) -> None:
        """What answers it where nobody did."""
        if field.otherwise is None or not is_empty(answers.get(field.key)):
            return
        try:
            found[field.key] = field.otherwise.evaluate(seen, **self._moment)
        except FeelError as error:
            self._refuse(path + field.key, f"What answers “{field.name}” otherwise cannot be worked out: {error}")

    def _value(self, field: Field, answer: Any, path: str, answers: Mapping[str, Any]) -> Any:
        if is_empty(answer):
            return None
        try:
            if field.kind is FieldKind.PERSON:
                email = field.email_from.evaluate(answers, **self._moment) if field.email_from is not None else None
                return self._people.find(read_person(answer, email), field.picked_from)
            return read_value(field, answer, self._options(field, path))
        except BadInputError as error:
            self._refuse(path, f"{field.name}: {error}")
            return None

    def _entries(
        self, field: Field, answer: Any, seen: Mapping[str, Any], found: Mapping[str, Any], path: str
    ) -> list[dict[str, Any]] | None:
        """The entries of a list; None where none is given."""
        if is_empty(answer):
            return None
        if not isinstance(answer, list) or not all(isinstance(entry, Mapping) for entry in answer):
            self._refuse(path, f"Give “{field.name}” as a list with one group of answers per entry.")
            return []
        if len(answer) > MAX_ENTRIES:
            too_many = say(
                "“%(name)s” has %(number)s entries; at most %(most)s are taken.",
                name=field.name, number=f"{len(answer):,}", most=f"{MAX_ENTRIES:,}",
            )  # fmt: skip
            self._refuse(path, too_many)
            return []
        known = Seen(found, set(found), self._known)
        inner = _Checking(seen, self._moment, known=known, labels=self._labels, people=self._people)
        inner.problems = self.problems
        questions, items = tuple(questions_of(field.fields)), items_by_id(self._known, field.key)
        entries = []
        for number, entry in enumerate(answer, start=1):
            item = items.get(str(entry.get("id")), {})
            values = inner.read(questions, entry, path=f"{path}[{number}].", item=item)
            if "id" in entry:
                values["id"] = self._item_id(entry["id"], f"{path}[{number}].id")
            entries.append(values)
        return entries

    def _item_id(self, item_id: Any, path: str) -> Any:
        if not isinstance(item_id, str) or not _ITEM_ID.fullmatch(item_id):
            self._refuse(path, "This is no id of an entry. Leave it out for a new entry.")
        return item_id

    def _options(self, field: Field, path: str) -> tuple[Option, ...]:
        try:
            return options_of(field, self._scope, self._moment)
        except FeelError as error:
            self._refuse(path, f"The choices of “{field.name}” cannot be worked out: {error}")
            return ()

    def _is_true(self, condition: Expression, seen: Mapping[str, Any], path: str) -> bool:
        try:
            return condition.evaluate(seen, **self._moment) is True
        except FeelError as error:
            self._refuse(path, f"Whether this is asked cannot be worked out: {error}")
            return False

    def _refuse(self, path: str, sentence: str) -> None:
        self.problems.append((path, sentence))


def items_by_id(known: Mapping[str, Any], key: str) -> dict[str, Mapping[str, Any]]:
    """The items on record that the list `key` may correct, by their ids."""
    items = known.get(key)
    return {
        str(item["id"]): item
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, Mapping) and "id" in item
    }


class Seen(Mapping[str, Any]):
    """What a form's expressions read: its answers, null for what is not answered, and then `before`: the case."""

    def __init__(self, found: Mapping[str, Any], keys: set[str], scope: Mapping[str, Any]) -> None:
        self._found, self._keys, self.before = found, keys, scope

    def __getitem__(self, key: str) -> Any:
        # A fact recorded earlier stands in for a question of this form only while the form does not ask it.
        return self._found.get(key) if key in self._keys else self.before[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._keys), **dict.fromkeys(self.before)})

    def __len__(self) -> int:
        return len({*self._keys, *self.before})
