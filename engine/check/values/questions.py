"""What the answer to a question can be: what its form lets pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.check.values.domain import (
    ANYTHING,
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    TYPED,
    Possible,
    ValueKind,
    group_of,
    item_of,
    join,
    list_of,
    of,
    texts,
)
from engine.check.values.engine_facts import PERSON
from engine.feel import Expression
from engine.forms import Field, FieldKind
from engine.forms.uncertain_days import ABOUT, FROM

_PLAIN: Mapping[FieldKind, Possible] = {
    FieldKind.NUMBER: NUMBER,
    FieldKind.CHECKBOX: TRUTH,
    FieldKind.YES_NO: TRUTH,
    FieldKind.DATE: DAY,
    FieldKind.DATE_TIME: of(ValueKind.INSTANT),
    FieldKind.TIME: of(ValueKind.CLOCK),
    FieldKind.PERSON: PERSON,
    FieldKind.FILES: ANYTHING,
    FieldKind.TEXT_FIELD: TYPED,
    FieldKind.TEXT_AREA: TYPED,
}


def answer_of(field: Field, work: Callable[[Expression], Possible]) -> Possible:
    """What an answer to the field is, where there is one. `work` says what an expression of the form can come to."""
    match field.kind:
        case FieldKind.RADIO | FieldKind.SELECT:
            answer = _choice(field, work)
        case FieldKind.CHECKLIST:
            answer = list_of(_choice(field, work))
        case FieldKind.LIST:
            answer = list_of(group_of({"id": TEXT, **dict(facts_of(field.fields, work))}))
        case kind:
            answer = _PLAIN.get(kind, ANYTHING)
    return answer if field.otherwise is None else join(answer, work(field.otherwise).as_given())


def _choice(field: Field, work: Callable[[Expression], Possible]) -> Possible:
    if field.options_from is None:
        return texts(option.value for option in field.options) if field.options else TEXT
    offered = item_of(work(field.options_from))
    if offered.entries is not None and "value" in offered.entries:
        offered = offered.entries["value"]
    is_text = not offered.is_anything and offered.solid == {ValueKind.TEXT}
    return offered.without_null().as_given() if is_text else TEXT


def facts_of(fields: tuple[Field, ...], work: Callable[[Expression], Possible]) -> Iterator[tuple[str, Possible]]:
    """The facts that the answers to the fields, and to those in their groups, become; each may be left out."""
    for field in fields:
        if field.kind is FieldKind.GROUP:
            yield from facts_of(field.fields, work)
        elif field.key:
            yield field.key, answer_of(field, work).or_null()
            if field.spread is not None:
                yield f"{field.key}{FROM}", DAY.or_null()
                yield f"{field.key}{ABOUT}", TEXT.or_null()
