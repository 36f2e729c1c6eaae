"""A form as the public fills it in: what is answered for them is stamped, and what cannot come up is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice, product
from typing import Any

from engine.errors import BadInputError, FeelError, FormAnswersError
from engine.feel import Expression
from engine.forms.form import Form
from engine.forms.model import AS_EVERYBODY, Field, FieldKind, Question, questions_of
from engine.forms.people import NOBODY, PeopleToPick
from engine.forms.translated import FormWords, Untranslated, in_words_of, untranslated
from engine.forms.values import is_empty, read_value
from engine.language import say

#: Most combinations of answers tried to see whether a question can come up; beyond them it counts as asked.
MOST_COMBINATIONS = 2_000

_Functions = Mapping[str, Callable[..., Any]] | None


class PublicForm:
    """What the public is asked of a form. The form itself stays as it is for staff."""

    def __init__(self, form: Form, words: FormWords | None = None) -> None:
        """`words`: the texts in the language in which it is asked, where that is another than the form's."""
        fields = tuple(_narrowed(form.fields))
        if words is not None:
            fields = in_words_of(fields, replace(words, fields=tuple(_narrowed(words.fields))))
        self._narrowed = replace(form, fields=fields)

    @property
    def is_declared(self) -> bool:
        """Whether the form says anything of the public."""
        return any(question.field.public != AS_EVERYBODY for question in self._narrowed.questions)

    @property
    def stamped(self) -> tuple[str, ...]:
        """The keys of the questions that are answered for the public, in order."""
        return tuple(q.field.key for q in self._narrowed.questions if q.field.public.answer is not None)

    @cached_property
    def never_asked(self) -> frozenset[str]:
        """The keys of the questions that are hidden whatever the public answers."""
        # Who works here is not for the public to see, nor to choose from.
        never = {question.field.key for question in self._narrowed.questions if _is_for_staff(question.field)}
        while more := {key for key in self._hidden_always(never) if key not in never}:
            never |= more
        return frozenset(never)

    @cached_property
    def asked(self) -> Form:
        """What is asked, as a form of its own: fewer questions, fewer options, the words meant for the public."""
        gone = self.never_asked | frozenset(self.stamped)
        return replace(self._narrowed, fields=tuple(_without(self._narrowed.fields, gone)))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that may come up, in order."""
        return self.asked.questions

    def untranslated(self, words: FormWords) -> Iterator[Untranslated]:
        """Every text that the public reads, and that `words` do not say."""
        return untranslated(self.asked.fields, replace(words, fields=tuple(_narrowed(words.fields))))

    def answers_for_public(
        self, scope: Mapping[str, Any] | None = None, *, now: datetime | None = None, functions: _Functions = None
    ) -> dict[str, Any]:
        """What is answered without asking, by key, as FEEL values; an answer that is null is left out.

        `scope` is what its expressions read, without any answer. Raises FormAnswersError.
        """
        values: dict[str, Any] = {}
        problems = []
        for question in self._narrowed.questions:
            field = question.field
            try:
                value = _answer(field.public.answer, scope or {}, now, functions)
                if not is_empty(value):
                    values[field.key] = value if field.options_from else read_value(field, value, field.options)
            except (BadInputError, FeelError) as error:
                problems.append((field.key, f"What is answered for the public cannot be taken: {error}"))
        if problems:
            raise FormAnswersError(tuple(problems))
        return values

    def validate(
        self,
        answers: Mapping[str, Any],
        scope: Mapping[str, Any] | None = None,
        *,
        now: datetime | None = None,
        functions: _Functions = None,
        people: PeopleToPick = NOBODY,  # noqa: ARG002  # as Form.validate: the public picks nobody
    ) -> dict[str, Any]:
        """The public's answers with those that are answered for them, as `Form.validate` gives them.

        Raises FormAnswersError with everything that is wrong: an answer to what is stamped or not offered too.
        """
        answered = self.answers_for_public(scope, now=now, functions=functions)
        problems = [(key, say("This is stamped on receipt. Leave it out.")) for key in answers if key in self.stamped]
        problems += [
            (key, say("The public is not asked this. Leave it out.")) for key in answers if key in self.never_asked
        ]
        told = {key: value for key, value in answers.items() if key not in dict(problems)}
        values: dict[str, Any] = {}
        try:
            values = self._narrowed.validate({**told, **answered}, scope, now=now, functions=functions)
        except FormAnswersError as error:
            problems += error.problems
        if problems:
            raise FormAnswersError(tuple(problems))
        return values

    def _hidden_always(self, never: set[str]) -> Iterator[str]:
        domains = {q.field.key: _domain(q.field, never) for q in self._narrowed.questions}
        for question in self._narrowed.questions:
            if question.field.public.answer is None and any(
                _is_always_true(condition, domains) for condition in question.hidden_if
            ):
                yield question.field.key


def _answer(written: Expression | str | None, scope: Mapping[str, Any], now: datetime | None, fns: _Functions) -> Any:
    return written.evaluate(scope, now=now, functions=fns) if isinstance(written, Expression) else written


def _narrowed(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields with the words and options meant for the public. What is answered for them is never hidden."""
    for field in fields:
        public = field.public
        yield replace(
            field,
            hidden_if=field.hidden_if if public.answer is None else None,
            label=public.label or field.label,
            hint=public.hint or field.hint,
            options=tuple(o for o in field.options if not public.options or o.value in public.options),
            is_required=field.is_required and not _is_for_staff(field),
            fields=tuple(_narrowed(_kept_in(field))),
        )


def _is_for_staff(field: Field) -> bool:
    return field.kind is FieldKind.PERSON or field.is_off_page


def _kept_in(field: Field) -> tuple[Field, ...]:
    """What the public is asked of an entry."""
    if field.kind is not FieldKind.LIST:
        return field.fields
    return tuple(inner for inner in field.fields if not _is_for_staff(inner))


def _without(fields: tuple[Field, ...], gone: frozenset[str]) -> Iterator[Field]:
    """The fields without the questions of these keys, and without groups in which nothing is left to ask."""
    for field in fields:
        if field.kind is FieldKind.GROUP:
            inner = tuple(_without(field.fields, gone))
            if any(questions_of(inner)) or not any(questions_of(field.fields)):
                yield replace(field, fields=inner)
        elif not field.key or field.key not in gone:
            yield field


def _domain(field: Field, never: set[str]) -> tuple[Any, ...] | None:
    """Every value that the question can have, null for no answer included; None where there are too many to list."""
    if field.key in never:
        return (False,) if field.kind is FieldKind.CHECKBOX else (None,)
    if isinstance(field.public.answer, str):
        is_truth = field.kind in (FieldKind.CHECKBOX, FieldKind.YES_NO)
        return (field.public.answer == "true",) if is_truth else (field.public.answer,)
    if field.public.answer is not None or field.options_from is not None:
        return None
    if field.kind is FieldKind.CHECKBOX:
        return (False, True)
    if field.kind is FieldKind.YES_NO:
        return (None, False, True)
    if field.kind in (FieldKind.RADIO, FieldKind.SELECT):
        return (None, *(option.value for option in field.options))
    return None


def _is_always_true(condition: Expression, domains: Mapping[str, tuple[Any, ...] | None]) -> bool:
    """Whether the condition holds for all that its questions can be answered with, and reads nothing else."""
    names = sorted(condition.names)
    listed = [domains.get(name) for name in names]
    if condition.calls or condition.filter_names or any(domain is None for domain in listed):
        return False
    combinations = product(*(domain for domain in listed if domain is not None))
    tried = list(islice(combinations, MOST_COMBINATIONS + 1))
    if len(tried) > MOST_COMBINATIONS:
        return False
    try:
        return all(condition.evaluate(dict(zip(names, values, strict=True))) is True for values in tried)
    except FeelError:
        return False
