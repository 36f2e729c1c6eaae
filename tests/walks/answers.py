"""Answers by chance to any form: from what its questions take, or as a scenario answers it, here and there changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from engine.clock import local_date
from engine.forms import Field, FieldKind, Form
from engine.forms.model import questions_of
from engine.forms.people import PeopleToPick
from engine.scenarios.days import in_each_text, with_other_days

#: Days before or after today, those at which limits lie more often.
_DAYS = (0, 0, 0, -1, 1, -2, 3, -7, 7, 14, -21, -27, -28, -29, -30, -31, -60, -150, -180, -183, -184, -190, 60)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A form as somebody has it before them."""

    form: Form
    scope: Mapping[str, Any]
    now: datetime
    functions: Mapping[str, Callable[..., Any]]
    people: PeopleToPick

    @property
    def today(self) -> date:
        return local_date(self.now)

    def shown(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Without answers to what is not asked as they stand."""
        found = self.form.shown(answers, self.scope, now=self.now, functions=self.functions, people=self.people)
        return dict(found.answers)


class Chance:
    """Answers by a seed."""

    def __init__(self, random: Random, people: Sequence[str]) -> None:
        self._random = random
        self._people = people  #: names of people whom the council knows

    def answers(self, asked: Asked) -> dict[str, Any]:
        """To every question that has to be answered, and to half of the others."""
        return asked.shown(self._level(asked, asked.form.fields, asked.scope))

    def like(self, asked: Asked, sample: Mapping[str, Any], on: date) -> dict[str, Any]:
        """As a scenario answers on that day, with one answer in eight another."""
        by = asked.today - on
        answers = in_each_text(sample, lambda text: with_other_days(text, by, near=on))
        for question in asked.form.questions:
            field = question.field
            if field.kind is FieldKind.LIST:
                answers = {**answers, **self._known_entries(field, answers, asked)}
            elif self._random.random() < 0.125:
                answers = {**answers, field.key: self.value(asked, field)}
        return asked.shown(answers)

    def other(self, asked: Asked, answers: Mapping[str, Any], problems: Iterable[str]) -> dict[str, Any]:
        """The answers with others in the place of those that were refused, by keys such as `reports.0.incident_on`."""
        changed = dict(answers)
        for key in dict.fromkeys(problem.split(".")[0] for problem in problems):
            field = next((each.field for each in asked.form.questions if each.field.key == key), None)
            if field is None or (not field.is_required and self._random.random() < 0.5):
                changed.pop(key, None)
            else:
                changed[key] = self.value(asked, field)
        return asked.shown(changed)

    def _level(self, asked: Asked, fields: tuple[Field, ...], known: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for question in questions_of(fields):
            field = question.field
            if not field.is_read_only and (field.is_required or self._random.random() < 0.5):
                found[field.key] = self.value(asked, field, known)
        return {key: value for key, value in found.items() if value is not None}

    def value(self, asked: Asked, field: Field, known: Mapping[str, Any] | None = None) -> Any:
        """One answer; None where nothing can be given."""
        match field.kind:
            case FieldKind.RADIO | FieldKind.SELECT:
                return self._option(asked, field)
            case FieldKind.CHECKLIST:
                chosen = [option.value for option in field.options if self._random.random() < 0.5]
                return chosen or [option.value for option in field.options[:1]]
            case FieldKind.CHECKBOX:
                return self._random.random() < 0.6
            case FieldKind.NUMBER:
                return self._random.randint(int(field.minimum or 1), int(field.maximum or 4))
            case FieldKind.DATE:
                return self._day(asked.today).isoformat()
            case FieldKind.DATE_TIME:
                return f"{self._day(asked.today).isoformat()}T10:00"
            case FieldKind.TIME:
                return "10:00"
            case FieldKind.LIST:
                return self._entries(asked, field, asked.scope if known is None else known)
            case FieldKind.PERSON:
                return self._random.choice([*self._people, f"Somebody {self._random.randint(1, 3)}"])
            case FieldKind.FILES:
                return None
        return {"email": "somebody@example.org", "phone": "020 7946 0123"}.get(field.looks_like or "", "Some words.")

    def _option(self, asked: Asked, field: Field) -> Any:
        options = [option.value for option in field.options]
        if field.options_from is not None:
            computed = field.options_from.evaluate(asked.scope, now=asked.now, functions=asked.functions)
            options = [each["value"] if isinstance(each, Mapping) else each for each in computed or ()]
        return self._random.choice(options) if options else None

    def _day(self, today: date) -> date:
        return today + timedelta(days=self._random.choice(_DAYS))

    def _entries(self, asked: Asked, field: Field, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Corrections of the items that there are, and new entries."""
        items = [item for item in known.get(field.key) or () if isinstance(item, Mapping) and "id" in item]
        corrected = [{"id": item["id"], **self._level(asked, field.fields, {})} for item in items]
        new = self._random.choice((0, 0, 1, 3)) if items else self._random.choice((1, 3, 3, 4))
        return corrected + [self._level(asked, field.fields, {}) for _ in range(new)]

    def _known_entries(self, field: Field, answers: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """The entries of a list, with ids only of items that the case has."""
        entries = answers.get(field.key)
        if not isinstance(entries, list):
            return {}
        items = asked.scope.get(field.key) or ()
        ids = {item.get("id") for item in items if isinstance(item, Mapping)}
        kept = []
        for entry in entries:
            if self._random.random() < 0.1:
                continue
            kept.append({key: value for key, value in entry.items() if key != "id" or value in ids})
        return {field.key: kept}
