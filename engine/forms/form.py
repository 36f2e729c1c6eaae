"""A form as a whole: what it asks, and the one way to answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.forms.answers import check_answers
from engine.forms.model import Field, FieldKind, Question, questions_of
from engine.forms.people import NOBODY, PeopleToPick
from engine.forms.shown_questions import Shown, read_shown
from engine.forms.uncertain_days import ABOUT, FROM
from engine.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form: what is asked of a person, and how each answer is checked."""

    id: str
    file: str
    title: str  #: "" where the form says none; the task's name stands in
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...] = ()
    #: what people call the facts that other forms ask for, by name: a day may be held against one of them
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The fields that are answered, in order, those in groups included; those in lists belong to their list."""
        return tuple(questions_of(self.fields))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The facts that the answers become, and the collections that its lists fill."""
        return tuple(question.field.key for question in self.questions)

    @cached_property
    def receipt(self) -> Field | None:
        """The question for the day of receipt, which is stamped where the original comes with the answers."""
        return next((question.field for question in self.questions if question.field.is_receipt), None)

    @cached_property
    def keys_of_case(self) -> frozenset[str]:
        """The facts that are the case's, also where the form is answered for an item."""
        return frozenset(question.field.key for question in self.questions if question.field.is_of_case)

    @property
    def asks_for_people(self) -> bool:
        """Whether a person is picked somewhere in it."""
        return any(field.kind is FieldKind.PERSON for question in self.questions for field in question.fields)

    @property
    def collections(self) -> Mapping[str, Field]:
        """The lists, by the collection that each fills."""
        return {
            question.field.key: question.field for question in self.questions if question.field.kind is FieldKind.LIST
        }

    def shown(
        self,
        answers: Mapping[str, Any],
        scope: Mapping[str, Any] | None = None,
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        people: PeopleToPick = NOBODY,
    ) -> Shown:
        """What is asked as `answers` stand, whatever is wrong with them. Nothing is raised.

        `Shown.answers` are those that `validate` is to be given: it refuses answers to what is not asked.
        """
        known = {} if scope is None else scope
        return read_shown(self.questions, answers, known, {"now": now, "functions": functions}, known, people.aside())

    def validate(
        self,
        answers: Mapping[str, Any],
        scope: Mapping[str, Any] | None = None,
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        people: PeopleToPick = NOBODY,
    ) -> dict[str, Any]:
        """The answers by key, as FEEL values.

        Texts are stripped, numbers `Decimal`, days `date`, days with a time aware in Europe/London, checklists lists
        of texts, lists of entries lists of contexts; an entry that corrects an item carries the item's "id". A
        question that was not answered is left out, one that was answered with nothing is None; a checkbox left alone
        is false; a person is a context with an id, found among `people` or new to them. `scope` is what the form's
        expressions read besides the answers, `now` their moment, `functions` what they may call besides FEEL's own.

        Raises FormAnswersError with everything that is wrong.
        """
        return check_answers(
            self.questions,
            answers,
            {} if scope is None else scope,
            {"now": now, "functions": functions},
            self.labels,
            people,
        )


def labels_of(forms: Iterable[Form]) -> dict[str, str]:
    """What people call each fact that the forms ask for, by its name: as the first form that asks calls it."""
    labels: dict[str, str] = {}
    for form in forms:
        for question in form.questions:
            for each in question.fields:
                labels.setdefault(each.key, each.name)
    return labels


def facts_asked_by(field: Field) -> tuple[str, ...]:
    """The facts that an answer to the field becomes: three where a day need not be exact."""
    if not field.key:
        return ()
    return (field.key,) if field.spread is None else (field.key, f"{field.key}{FROM}", f"{field.key}{ABOUT}")
