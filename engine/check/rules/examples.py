"""What the worked examples answer is asked and taken, and what they say must be so can be so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.check.finding import Place, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant, nearest
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
#: Before the name of a fact, the item that has it: `agencies-1.` of `agencies-1.agency_name`.
_OF_ITEM = re.compile(r"^([a-z][a-z0-9_]*)-[0-9]+\.")
_CHOSEN = frozenset({FieldKind.RADIO, FieldKind.SELECT, FieldKind.CHECKLIST})


def look(policy: Policy) -> Iterator[Problem]:
    if not policy.processes:
        return
    shown_by: dict[_Said, dict[str, None]] = {}
    slots = policy.variant.settings.slots
    in_slots = {process for slot in slots for process in (slot.use, *slot.alternatives)}
    for example in read_examples(policy.variant):
        for process in example.uses:
            if process not in in_slots:
                yield _in_no_slot(example, process, in_slots)
        if policy.variant.drawn_processes.keys() >= set(example.uses):
            for said in _Example(policy, example).said():
                shown_by.setdefault(said, {})[example.file] = None
    for (place, before, after, lacks), files in shown_by.items():
        yield warning(place, f"{before} {_named(list(files))}{after}", lacks=lacks)


def _in_no_slot(example: WorkedExample, process: str, in_slots: Collection[str]) -> Problem:
    return warning(
        Place(file=example.file),
        f"It uses the process “{process}”, which can stand in no slot, so that nobody plays it. "
        f"{meant(process, sorted(in_slots), otherwise='Correct the name, or take it out of uses.')}",
    )


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
            yield from self._of_message(step.tell)
            for name in step.due:
                yield from self._of_due(name)
            yield from self._of_facts(step.facts)
            if step.tell:
                yield from self._of_unknown(step)

    def _of_answers(self, step: ExampleStep) -> Iterator[_Said]:
        forms = self._forms_of(step)
        if len(forms) == 1:  # where several are asked with one message, the case decides which is answered
            asked = {question.field.key: question.field for question in forms[0].questions}
            yield from self._of_fields(forms[0], asked, step.answers, within=())
            yield from self._of_others(forms[0], asked, step.others, within=())

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
        return [form for id in ids if (form := self._variant.forms.get(id or "")) is not None]

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

    def _of_others(
        self, form: Form, asked: Mapping[str, Field], others: Mapping[str, Any], *, within: tuple[str, ...]
    ) -> Iterator[_Said]:
        """What is not answered in the example, and is taken there as well: a list names choices that are offered."""
        for key, value in others.items():
            field = asked.get(key)
            if field is None:
                yield self._not_asked(form, key, asked, within)
            elif field.kind is FieldKind.LIST:
                inner = {each.key: each for each in field.fields if each.kind not in SHOWN_ONLY}
                for entry in value if isinstance(value, list) else ():
                    if isinstance(entry, Mapping):
                        yield from self._of_others(form, inner, entry, within=(*within, field.name))
            elif isinstance(value, list) and field.kind not in (*_CHOSEN, FieldKind.YES_NO):
                yield _offers_nothing(form, field, value)
            else:
                for each in value if isinstance(value, list) else (value,):
                    answer = [each] if field.kind is FieldKind.CHECKLIST else each
                    yield from self._of_fields(form, {key: field}, {key: answer}, within=within)

    def _not_asked(self, form: Form, key: str, asked: Mapping[str, Field], within: tuple[str, ...]) -> _Said:
        close = nearest(key, asked)
        of = f" in “{within[-1]}”" if within else ""
        return (
            Place(file=form.file, element_id=form.id, element_name=form.title),
            f"The form does not ask for “{key}”{of}, which is answered in the worked example",
            f". {f'Is “{close}” meant? ' if close else ''}Ask for it, or take the answer out of the example.",
            Thing(kind=ThingKind.FACT, name=key),
        )

    def _of_message(self, name: str) -> Iterator[_Said]:
        heard = self._policy.heard
        if name and name not in heard:
            yield (
                Place(file=self._example.file),
                f"Nothing drawn waits for the message “{name}”, which is told in",
                f". {meant(name, sorted(heard), otherwise='Draw what waits for it, or correct the example.')}",
                Thing(kind=ThingKind.MESSAGE, name=name),
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

    def _of_unknown(self, step: ExampleStep) -> Iterator[_Said]:
        """Of what is begun with a message, whether it sets back what it finds and what must not be known then."""
        begun = [
            (file, process, element)
            for file, process in self._policy.processes
            for element in process.start_events()
            if element.event is not None and element.event.name == step.tell
        ]
        for file, process, element in begun if len(begun) == 1 else ():
            told = {mapping.target for each in process.elements.values() for mapping in each.outputs}
            for name in step.unknown:
                if (fact := _OF_ITEM.sub("", name)) not in told:
                    begins = (
                        f"{quoted(element)} begins “{process.name or process.id}”, in which nothing sets “{fact}” back"
                    )
                    yield (
                        place_of(file, element),
                        f"{begins}, and it must not be known in the worked example",
                        ". Set it back to null in an output mapping, or correct the example.",
                        Thing(kind=ThingKind.FACT, name=fact),
                    )

    def _drawn(self, element_id: str) -> list[tuple[str, Process, Element]]:
        return [
            (file, process, process.elements[element_id])
            for file, process in self._policy.processes
            if element_id in process.elements
        ]

    def _of_facts(self, facts: Mapping[str, Any]) -> Iterator[_Said]:
        known = self._policy.values.facts
        given = {*self._policy.known.facts, *self._policy.known.collections}
        for name, value in facts.items():
            item, fact = _OF_ITEM.match(name), _OF_ITEM.sub("", name)
            entries = known.items.get(item[1], ()) if known is not None and item is not None else ()
            if fact not in given and fact not in entries:
                yield (
                    Place(file=self._example.file),
                    f"No form and no mapping gives “{fact}”, which is expected in the worked example",
                    f". {meant(fact, sorted(given), otherwise='Give it, or correct the example.')}",
                    Thing(kind=ThingKind.FACT, name=fact),
                )
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


def _offers_nothing(form: Form, field: Field, choices: list[Any]) -> _Said:
    shown = str(choices[0]) if choices else ""
    return (
        Place(file=form.file, element_id=field.id, element_name=field.name),
        f"“{field.name}” ({field.key}) offers no choices, and “{shown[:60]}” is one in the worked example",
        ". Offer them, or write one answer instead of a list.",
        Thing(kind=ThingKind.CHOICE, name=f"{field.key} {shown}"),
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
