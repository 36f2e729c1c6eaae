"""Answers that stand in for those a person has not given yet, so that what would follow can be seen already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from engine import feel
from engine.casework.step.evaluator import Evaluator
from engine.errors import FormAnswersError
from engine.forms import Field, FieldKind, Form, Option, options_of
from engine.forms.people import PeopleToPick

#: What stands where the person's own words are still to come.
OWN_WORDS = "…"

_PATH = re.compile(r"(?P<key>[^\[\].]+)(?:\[(?P<entry>[0-9]+)\]\.(?P<inner>.+))?")
#: Times that the form is asked again: each shows the questions that the answers before have made it ask.
_ROUNDS = 12


class Asking:
    """A form as one task or message asks it now."""

    def __init__(self, form: Form, evaluator: Evaluator, people: PeopleToPick) -> None:
        self.form = form
        self._people = people
        self._evaluator = evaluator

    def options(self, field: Field) -> tuple[Option, ...]:
        """What there is to choose from. Raises FeelError where the form computes it and cannot."""
        evaluator = self._evaluator
        return options_of(field, evaluator.scope, {"now": evaluator.now, "functions": evaluator.functions})

    def complete(self, answers: Mapping[str, Any], *, fixed: str | None = None) -> tuple[dict[str, Any], list[str]]:
        """The answers with everything that is missing stood in for and what is not asked left out, and the names of
        the questions that were stood in for. The question `fixed` stays as it is answered.

        Raises FormAnswersError where no answer can be found that fits.
        """
        given = dict(deepcopy(dict(answers)))
        stood_in: dict[str, str] = {}
        for _ in range(_ROUNDS):
            try:
                self.form.validate(
                    given,
                    self._evaluator.scope,
                    now=self._evaluator.now,
                    functions=self._evaluator.functions,
                    people=self._people.aside(),
                )
            except FormAnswersError as error:
                # what is fixed may be asked only once the others are answered
                wrong = [path for path, _ in error.problems if path != fixed]
                if not wrong or not all(self._mend(given, path, stood_in) for path in wrong):
                    raise
                problems = error.problems
            else:
                return given, [name for key, name in stood_in.items() if key in given]
        raise FormAnswersError(problems)

    def _mend(self, given: dict[str, Any], path: str, stood_in: dict[str, str]) -> bool:
        """Leave out the answer that is refused or, where there is none, stand in for it. False where neither can be
        done."""
        match = _PATH.fullmatch(path)
        if match is None:
            return False
        key, inner = match["key"], match["inner"]
        field = next((question.field for question in self.form.questions if question.field.key == key), None)
        place = given
        if inner is not None and field is not None:
            place = given[key][int(match["entry"]) - 1]
            asked: Field | None = next((each for each in field.fields if each.key == inner), None)
        else:
            asked = field
        name = inner if inner is not None else key
        if place.pop(name, None) not in (None, "", []):
            return True
        value = self._stand_in(asked) if asked is not None else None
        if value is None or field is None:
            return asked is None
        place[name] = value
        stood_in[key] = field.name
        return True

    def _stand_in(self, field: Field) -> feel.Value:
        """An answer that fits the field; None where none can be made up."""
        match field.kind:
            case FieldKind.TEXT_FIELD | FieldKind.TEXT_AREA:
                made_up = {"email": "name@example.org", "phone": "020 7946 0000"}
                return made_up.get(field.looks_like or "", OWN_WORDS * max(1, field.min_length or 1))
            case FieldKind.NUMBER:
                number = field.minimum if field.minimum is not None else field.maximum
                return str(number) if number is not None else "1"
            case FieldKind.CHECKBOX | FieldKind.YES_NO:
                return True
            case FieldKind.PERSON:
                there_are = self._people.options(field.picked_from)
                return there_are[0].value if there_are else OWN_WORDS
            case FieldKind.RADIO | FieldKind.SELECT:
                return next((option.value for option in self.options(field)), None)
            case FieldKind.CHECKLIST:
                return [option.value for option in self.options(field)[:1]] or None
            case FieldKind.DATE:
                return self._evaluator.now.date().isoformat()
            case FieldKind.TIME:
                return "12:00"
            case FieldKind.DATE_TIME:
                return f"{self._evaluator.now.date().isoformat()}T12:00"
            case FieldKind.LIST:
                return [{}]
            case _:
                return None
