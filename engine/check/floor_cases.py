"""Cases at the boundaries of a threshold, made from what the forms of a variant ask.

Of each collection that a decision reads, some items are made whose days lie just inside and just outside the usual
periods; of each question with a few answers, each is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from engine.forms import Field, FieldKind
from engine.variants import Variant

#: The day on which every case's own dates fall: not at a month's or year's end, which has tests elsewhere.
DAY = date(2026, 3, 10)
#: How many items are tried: around the three of L104.4.
COUNTS = (2, 3, 4)
#: Days between an item's first day and its next, and between its last and the case's day: around 30 days and one
#: month, and around six months (L104.11).
GAPS = (0, 27, 28, 30, 31, 32)
LAST_GAPS = (0, 31, 90, 180, 181, 182, 184)
#: Most answers to one question that are tried, and most cases altogether.
MOST_ANSWERS = 4
MOST_CASES = 2_000

_YES_NO = (True, False)
_OPTIONS = (FieldKind.RADIO, FieldKind.SELECT)


def item_cases(variant: Variant, names: Set[str]) -> Iterator[dict[str, Any]]:
    """Values for the collections among `names`, at their boundaries, and for every day that a form asks for."""
    days = {name: DAY for name, field in _questions(variant).items() if field.kind is FieldKind.DATE}
    collections = {name: fields for name, fields in _collections(variant).items() if name in names}
    if not collections:
        yield dict(days)
        return
    per_collection = [[(name, items) for items in _item_lists(fields)] for name, fields in collections.items()]
    for number, chosen in enumerate(product(*per_collection)):
        if number >= MOST_CASES:
            return
        yield {**days, **dict(chosen)}


def answer_cases(variant: Variant, names: Set[str]) -> Iterator[dict[str, Any]]:
    """Every combination of answers to the questions with a few answers among `names`."""
    facts = _questions(variant)
    choices: list[list[tuple[str, str | bool]]] = []
    for name in sorted(names & facts.keys()):
        field = facts[name]
        if field.kind in _OPTIONS and field.options:
            choices.append([(name, option.value) for option in field.options[:MOST_ANSWERS]])
        elif field.kind in (FieldKind.CHECKBOX, FieldKind.YES_NO):
            choices.append([(name, value) for value in _YES_NO])
    for number, chosen in enumerate(product(*choices)):
        if number >= MOST_CASES:
            return
        yield dict(chosen)


def _questions(variant: Variant) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for _, question in variant.questions:
        found.setdefault(question.field.key, question.field)
    return found


def _collections(variant: Variant) -> dict[str, dict[str, Field]]:
    """Collection → the fields of its items, those of all forms together."""
    found: dict[str, dict[str, Field]] = {}
    for form in variant.forms.values():
        for name, field in form.collections.items():
            fields = found.setdefault(name, {})
            for inner in _flat(field.fields):
                if inner.key:
                    fields.setdefault(inner.key, inner)
    return found


def _flat(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        if field.kind is FieldKind.GROUP:
            yield from _flat(field.fields)


def _item_lists(fields: Mapping[str, Field]) -> Iterator[list[dict[str, Any]]]:
    dated = [name for name, field in fields.items() if field.kind is FieldKind.DATE]
    gaps = [GAPS] * (len(dated) - 1) + [LAST_GAPS] if dated else []
    for count, chosen in product(COUNTS, product(*gaps)):
        yield [_item(number, fields, dated, chosen) for number in range(1, count + 1)]


def _item(number: int, fields: Mapping[str, Field], dated: list[str], gaps: tuple[int, ...]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"item-{number}"}
    for name, field in fields.items():
        if field.kind is FieldKind.NUMBER:
            item[name] = Decimal(number)  # so that items are told apart
        elif field.kind in _OPTIONS and field.options:
            item[name] = field.options[0].value
        elif field.kind in (FieldKind.CHECKBOX, FieldKind.YES_NO):
            item[name] = False
        elif field.kind in (FieldKind.TEXT_FIELD, FieldKind.TEXT_AREA):
            item[name] = f"{name} {number}"
    day = DAY
    for name, gap in zip(reversed(dated), reversed(gaps), strict=True):
        day -= timedelta(days=gap)
        item[name] = day
    return item
