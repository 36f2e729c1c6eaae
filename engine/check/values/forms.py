"""What stands in forms: what hides a question, what it offers, what answers it otherwise, which days it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.check.finding import Place
from engine.check.values import needs
from engine.check.values.domain import DAYS, Kinds, Possible, ValueKind, item_of
from engine.check.values.facts import Facts
from engine.check.values.phrases import kinds_in_words, nearest_name
from engine.check.values.questions import answer_of, facts_of
from engine.check.values.scopes import Scope, bound
from engine.check.values.slip import Misfit, Say, Slip, SlipKind
from engine.check.values.tracer import trace
from engine.feel import Expression
from engine.forms import Field, FieldKind, Form

_TRUTH: Kinds = frozenset({ValueKind.TRUTH})


class FormHomes:
    """The places of one form, as it is answered in a process."""

    def __init__(self, form: Form, facts: Facts, process_id: str) -> None:
        self._form = form
        self._outside = facts.scope(process_id)
        own = dict(facts_of(form.fields, self._quietly))
        #: what the form asks for is read from its answers alone, and else from what is known
        self._scope = bound(self._outside, own)
        self._found: list[Misfit] = []

    def _quietly(self, expression: Expression) -> Possible:
        return trace(expression, self._outside)

    def misfits(self) -> Iterator[Misfit]:
        self._fields(self._form.fields, self._scope)
        yield from dict.fromkeys(self._found)

    def _fields(self, fields: tuple[Field, ...], scope: Scope) -> None:
        for field in fields:
            self._field(field, scope)
            inner = scope
            if field.kind is FieldKind.LIST:
                inner = bound(scope, dict(facts_of(field.fields, self._quietly)))
            self._fields(field.fields, inner)

    def _field(self, field: Field, scope: Scope) -> None:
        self._value(field, "What hides it", field.hidden_if, scope, _TRUTH)
        offered = self._value(field, "What it offers", field.options_from, scope, frozenset({ValueKind.LIST}))
        if offered is not None and offered.is_told:
            self._offers(field, offered)
        self._value(field, "Its email address", field.email_from, scope, frozenset({ValueKind.TEXT}))
        for name, bound_ in (("min", field.earliest), ("max", field.latest)):
            days = self._value(field, f"The property {name}", bound_, scope)
            if days is not None and not days.is_anything:
                each = item_of(days) if ValueKind.LIST in days.kinds else days
                needs.hold_kinds(each, DAYS, f"The property {name}", self._say(field, "", bound_))
        otherwise = self._value(field, "What answers it otherwise", field.otherwise, scope)
        if otherwise is not None:
            self._answers(field, otherwise)
        if field.offered_when is not None:
            self._offered_when(field, scope)
        if isinstance(field.public.answer, Expression):
            self._value(field, "What answers it for the public", field.public.answer, scope)

    def _value(
        self, field: Field, what: str, expression: Expression | None, scope: Scope, kinds: Kinds | None = None
    ) -> Possible | None:
        """What the expression can come to, which has to be of the kinds; None where there is no expression."""
        if expression is None:
            return None
        value = trace(expression, scope, self._say(field, f"{what}, “{expression.text}”: "))
        if kinds is not None:
            needs.hold_kinds(value, kinds, what, self._say(field, "", expression))
        return value

    def _say(self, field: Field, where: str, expression: Expression | None = None) -> Say:
        place = Place(file=self._form.file, element_id=field.id, element_name=field.name)
        reads = expression.names if expression is not None else frozenset[str]()

        def say(slip: Slip) -> None:
            said = slip.within(f"“{field.name}”: {where}").reading(reads)
            self._found.append(Misfit(place=place, slip=said))

        return say

    def _wrong(self, field: Field, sentence: str) -> None:
        self._say(field, "")(Slip(kind=SlipKind.VALUE, sentence=sentence))

    def _offers(self, field: Field, offered: Possible) -> None:
        """A list of texts, or of groups with a value and perhaps a label."""
        each = item_of(offered)
        if each.is_told and each.entries is not None and not each.is_open and "value" not in each.entries:
            self._wrong(field, "What it offers has no “value”. Write a list of {value: …, label: …}, or of texts.")
        elif each.is_told and not each.solid & {ValueKind.TEXT, ValueKind.GROUP}:
            self._wrong(field, f"It offers {kinds_in_words(each.solid)}, and only texts can be chosen.")

    def _offered_when(self, field: Field, scope: Scope) -> None:
        """For values of its choices, whether each is offered."""
        when = self._value(field, "offered_when", field.offered_when, scope, frozenset({ValueKind.GROUP}))
        values = [option.value for option in field.options]
        for name, is_offered in (when.entries or {}).items() if when is not None and values else ():
            if name not in values:
                self._wrong(field, f"offered_when speaks of the choice “{name}”. {nearest_name(name, values)}")
            needs.hold_kinds(is_offered, _TRUTH, f"Whether “{name}” is offered", self._say(field, ""))

    def _answers(self, field: Field, value: Possible) -> None:
        """What answers it where nobody does is such as an answer would be."""
        answer = answer_of(replace(field, otherwise=None), self._quietly)
        if value.is_told and answer.is_told and not value.solid & answer.solid:
            self._wrong(
                field,
                f"What answers it otherwise is {kinds_in_words(value.solid)}, and an answer to it is "
                f"{kinds_in_words(answer.solid)}.",
            )
