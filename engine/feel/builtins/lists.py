"""Functions of lists, and `sort` (DMN 1.5, 10.3.4.4 and 10.3.4.9). Places count from 1; negative ones from the end."""

from __future__ import annotations

import functools
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from engine.feel.builtins.signature import (
    ANY,
    BOOLEAN,
    FUNCTION,
    LIST,
    NUMBER,
    Builtin,
    Like,
    form,
    forms,
    one_form,
    optional,
    parameter,
)
from engine.feel.comparison import SIMPLE, is_equal
from engine.feel.numbers import whole
from engine.feel.run import Run
from engine.feel.values import FeelFunction

_LIST = parameter("list", LIST)
_POSITION = parameter("position", NUMBER)
_MATCH = parameter("match", ANY)
_ELEMENT = parameter("element", ANY)
_NEW = parameter("newItem", ANY)


def _is_same(run: Run, left: Any, right: Any) -> bool:
    run.spend(1)
    return is_equal(run, left, right) is True


def _contains(run: Run, items: list[Any], element: Any) -> bool:
    return any(_is_same(run, item, element) for item in items)


def _count(_run: Run, items: list[Any]) -> Decimal:
    return Decimal(len(items))


def _sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    first = whole(start)
    count = None if length is None else whole(length)
    if first is None or first == 0 or abs(first) > len(items) or (length is not None and (count is None or count < 0)):
        return None
    begin = first - 1 if first > 0 else len(items) + first
    found = items[begin:] if count is None else items[begin : min(begin + count, len(items))]
    run.hold(len(found))
    return found


def _append(run: Run, items: list[Any], *more: Any) -> list[Any]:
    run.hold(len(items) + len(more))
    return [*items, *more]


def _concatenate(run: Run, *lists: list[Any]) -> list[Any]:
    run.hold(sum(map(len, lists)))
    return [item for items in lists for item in items]


def _index(items: list[Any], position: Decimal, *, upto: int) -> int | None:
    place = whole(position)
    if place is None or place == 0 or place > upto or -place > len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


def _insert_before(run: Run, items: list[Any], position: Decimal, new: Any) -> list[Any] | None:
    index = _index(items, position, upto=len(items) + 1)
    if index is None:
        return None
    run.hold(len(items) + 1)
    return [*items[:index], new, *items[index:]]


def _remove(run: Run, items: list[Any], position: Decimal) -> list[Any] | None:
    index = _index(items, position, upto=len(items))
    if index is None:
        return None
    run.hold(len(items))
    return items[:index] + items[index + 1 :]


def _list_replace(run: Run, items: list[Any], position: Decimal, new: Any) -> list[Any] | None:
    index = _index(items, position, upto=len(items))
    if index is None:
        return None
    run.hold(len(items))
    return [*items[:index], new, *items[index + 1 :]]


def _list_replace_where(run: Run, items: list[Any], match: FeelFunction, new: Any) -> list[Any] | None:
    run.hold(len(items))
    made: list[Any] = []
    for item in items:
        run.spend(4)
        found = match.invoke(run, [item, new])
        if type(found) is not bool:
            run.warn("'list replace' takes a function of two parameters that answers true or false.")
            return None
        made.append(new if found else item)
    return made


def _reverse(run: Run, items: list[Any]) -> list[Any]:
    run.hold(len(items))
    return items[::-1]


def _index_of(run: Run, items: list[Any], match: Any) -> list[Decimal]:
    found = [Decimal(place) for place, item in enumerate(items, 1) if _is_same(run, item, match)]
    run.hold(len(found))
    return found


def _distinct(run: Run, items: list[Any]) -> list[Any]:
    seen: set[Hashable] = set()
    unlike: list[Any] = []
    made: list[Any] = []
    for item in items:
        run.hold(1)
        if item is None or type(item) in SIMPLE:
            # the type belongs to the key: Python holds True and 1 for one
            key = (type(item), item)
            if key in seen:
                continue
            seen.add(key)
        elif any(_is_same(run, item, other) for other in unlike):
            continue
        else:
            unlike.append(item)
        made.append(item)
    return made


def _union(run: Run, *lists: list[Any]) -> list[Any]:
    return _distinct(run, _concatenate(run, *lists))


def _flatten(run: Run, items: list[Any]) -> list[Any]:
    made: list[Any] = []
    waiting = [iter(items)]
    while waiting:
        for item in waiting[-1]:
            run.hold(1)
            if type(item) is list:
                waiting.append(iter(item))
                break
            made.append(item)
        else:
            waiting.pop()
    return made


def _sort(run: Run, items: list[Any], precedes: FeelFunction) -> list[Any] | None:
    unanswered = False

    def compare(left: Any, right: Any) -> int:
        nonlocal unanswered
        run.spend(4)
        found = precedes.invoke(run, [left, right])
        unanswered = unanswered or type(found) is not bool
        return -1 if found is True else 0

    run.hold(len(items))
    made = sorted(items, key=functools.cmp_to_key(compare))
    if unanswered:
        run.warn("'sort' takes a function of two parameters that answers true or false.")
        return None
    return made


_NAMED_ITEM = parameter("item", ANY)

LIST_FUNCTIONS: tuple[Builtin, ...] = (
    one_form("list contains", _contains, _LIST, _ELEMENT, gives=BOOLEAN),
    one_form("count", _count, _LIST, gives=NUMBER),
    one_form(
        "sublist", _sublist, _LIST, parameter("start position", NUMBER), optional("length", NUMBER), gives=Like.LIST
    ),
    one_form("append", _append, _LIST, _NAMED_ITEM, gives=Like.GROWN, variadic=True),
    one_form("concatenate", _concatenate, _LIST, gives=Like.LIST, variadic=True),
    one_form("insert before", _insert_before, _LIST, _POSITION, _NEW, gives=Like.GROWN),
    one_form("remove", _remove, _LIST, _POSITION, gives=Like.LIST),
    forms(
        "list replace",
        form(_list_replace, _LIST, _POSITION, _NEW, gives=Like.GROWN),
        form(_list_replace_where, _LIST, parameter("match", FUNCTION), _NEW, gives=Like.GROWN),
    ),
    one_form("reverse", _reverse, _LIST, gives=Like.LIST),
    one_form("index of", _index_of, _LIST, _MATCH, gives=LIST),
    one_form("union", _union, _LIST, gives=Like.LIST, variadic=True),
    one_form("distinct values", _distinct, _LIST, gives=Like.LIST),
    one_form("flatten", _flatten, _LIST, gives=Like.FLAT),
    one_form("sort", _sort, _LIST, parameter("precedes", FUNCTION), gives=Like.LIST),
)
