"""What the worked examples answer is asked and taken, and what they say must be so can be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.check.finding import Place, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import nearest
from engine.check.values.domain import constant
from engine.check.worked_examples import ExampleStep, WorkedExample, read_examples
from engine.diagram import Element, ElementKind, Process
from engine.errors import BadInputError
from engine.forms import FieldKind, Form
from engine.forms.model import SHOWN_ONLY, Field
from engine.forms.values import is_empty, read_value
from engine.problems import Problem, Thing, ThingKind

#: A finding without the examples that show it: the place, the sentence up to them and behind them, and what is lacking.
_Said: TypeAlias = tuple[Place, str, str, Thing | None]

#: Whether an answer of these kinds is taken depends on the case, on who works there, or on what was sent with it.
_NOT_BY_THEMSELVES = frozenset({FieldKind.PERSON, FieldKind.FILES, FieldKind.LIST})
_CHOSEN = frozenset({FieldKind.RADIO, FieldKind.SELECT, FieldKind.CHECKLIST})


def look(policy: Policy) -> Iterator[Problem]:
    if not policy.processes:
        return
    shown_by: dict[_Said, dict[str, None]] = {}
    for example in read_examples(policy.variant):
        for said in _Example(policy, example).said():
            shown_by.setdefault(said, {})[example.file] = None
    for (place, before, after, lacks), files in shown_by.items():
        yield warning(place, f"{before} {_named(list(files))}{after}", lacks=lacks)


def _named(files: list[str]) -> str:
    others = len(files) - 1
    more = f" and {others} more" if others else ""
    return f"{files[0]}{more}"


class _Example:
    def __init__(self, policy: Policy, example: WorkedExample) -> None:
        self._policy = policy
        self._variant = policy.variant
        self._example = example

    def said(self) -> Iterator[_Said]:
        for step in self._example.steps:
            yield from self._of_answers(step)
            for name in step.due:
                yield from self._of_due(name)
            yield from self._of_facts(step.facts)

    def _of_answers(self, step: ExampleStep) -> Iterator[_Said]:
        forms = self._forms_of(step)
        if len(forms) == 1:  # of a message that several listen to, the case decides which form is answered
            asked = {question.field.key: question.field for question in forms[0].questions}
            yield from self._of_fields(forms[0], asked, step.answers, within=())

    def _forms_of(self, step: ExampleStep) -> list[Form]:
        elements = [element for _, process in self._policy.processes for element in process.elements.values()]
        if step.is_application:
            first = self._first(step.start)
            ids = {first.form_id} if first is not None else set()
        elif step.task:
            ids = {element.form_id for element in elements if element.id == step.task}
        else:
            ids = {
                element.properties.get("form")
                for element in elements
                if element.event is not None and step.tell and element.event.name == step.tell
            }
        return (
            [form for id in ids if (form := self._variant.forms.get(id or "")) is not None] if None not in ids else []
        )

    def _first(self, start: str) -> Element | None:
        """The start event with whose form the case begins."""
        settings = self._variant.settings
        begun = {each.name: each.process for each in settings.starts}.get(start) if start else settings.main_process
        process = self._variant.processes.get(begun or "")
        return process.plain_start if process is not None else None

    def _of_fields(
        self, form: Form, asked: Mapping[str, Field], answers: Mapping[str, Any], *, within: tuple[str, ...]
    ) -> Iterator[_Said]:
        for key, value in answers.items():
            field = asked.get(key)
            if field is None:
                if key != "id" or not within:
                    yield self._not_asked(form, key, asked, within)
            elif field.kind is FieldKind.LIST:
                inner = {each.key: each for each in field.fields if each.kind not in SHOWN_ONLY}
                for entry in value if isinstance(value, list) else ():
                    if isinstance(entry, Mapping):
                        yield from self._of_fields(form, inner, entry, within=(*within, field.name))
            elif not is_empty(value) and (said := _not_taken(form, field, value)) is not None:
                yield said

    def _not_asked(self, form: Form, key: str, asked: Mapping[str, Field], within: tuple[str, ...]) -> _Said:
        close = nearest(key, asked)
        of = f" in “{within[-1]}”" if within else ""
        return (
            Place(file=form.file, element_id=form.id, element_name=form.title),
            f"The form does not ask for “{key}”{of}, which is answered in the worked example",
            f". {f'Is “{close}” meant? ' if close else ''}Ask for it, or take the answer out of the example.",
            Thing(kind=ThingKind.FACT, name=key),
        )

    def _of_due(self, name: str) -> Iterator[_Said]:
        element_id = name.partition(":")[0]
        drawn = self._drawn(element_id)
        if not drawn or element_id in self._example.extended:
            return
        if all(element.kind is ElementKind.USER and not element.due_date for _, _, element in drawn):
            file, _, element = drawn[0]
            yield (
                place_of(file, element),
                f"{quoted(element)} ({element.id}) has no due date, and on which day it is due says the worked example",
                ". Give it one, or take the day out of the example.",
                None,
            )

    def _drawn(self, element_id: str) -> list[tuple[str, Process, Element]]:
        return [
            (file, process, process.elements[element_id])
            for file, process in self._policy.processes
            if element_id in process.elements
        ]

    def _of_facts(self, facts: Mapping[str, Any]) -> Iterator[_Said]:
        known = self._policy.values.facts
        for name, value in facts.items():
            can_be = known.named.get(name) if known is not None else None
            if (
                can_be is None
                or not can_be.is_told
                or can_be.choices is None
                or not isinstance(value, str | bool | int)
            ):
                continue
            is_number = isinstance(value, int) and not isinstance(value, bool)
            expected = constant(Decimal(value) if is_number else value)
            if not (expected.choices or frozenset()) <= can_be.choices:
                shown = str(value).lower() if isinstance(value, bool) else value
                yield (
                    Place(file=self._example.file),
                    f"Nothing makes “{name}” {shown}, as it must be by",
                    ". Correct the example, or what gives it.",
                    None,
                )


def _not_taken(form: Form, field: Field, value: Any) -> _Said | None:
    """What is wrong with an answer, as far as the form alone can tell."""
    if field.kind in _NOT_BY_THEMSELVES or field.options_from is not None:
        return None
    if field.kind in _CHOSEN and not field.options:  # a base leaves its agencies to those that extend it
        return None
    try:
        read_value(field, value, field.options)
    except BadInputError as error:
        place = Place(file=form.file, element_id=field.id, element_name=field.name)
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if field.kind in _CHOSEN:
            before = (
                f"“{field.name}” ({field.key}) does not offer “{shown[:60]}”, which is chosen in the worked example"
            )
            gone = Thing(kind=ThingKind.CHOICE, name=f"{field.key} {shown}")
            return place, before, ". Offer it, or correct the example.", gone
        before = f"“{field.name}” ({field.key}) does not take “{shown[:60]}”, which is answered in the worked example"
        return place, before, f". {error}", Thing(kind=ThingKind.KIND, name=field.key)
    return None


RULE = Rule(
    name="examples",
    summary="What the worked examples answer is asked and taken, and what they expect can come to be.",
    look=look,
    needs_variant=True,
)
