"""Rows as they leave the store: one frozen dataclass for each thing that is read, held against the table it is of.

A module says once, as it is loaded, which columns a query reads, by the row it makes of them:

    _OF_CASE = select(*columns_of(Subscription, subscriptions)).where(...)
    return rows_of(Subscription, connection.execute(_OF_CASE, {...}))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from inspect import ismemberdescriptor
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from sqlalchemy import ColumnElement, FromClause, Row

T = TypeVar("T")

#: What fills the fields of each dataclass that a query selects, in their order. A step reads rows by the hundred, and
#: filling the slots takes half the time of calling the dataclass with keywords.
_FILLING: dict[type[Any], tuple[Callable[[Any, Any], None], ...]] = {}


def columns_of(kind: type[Any], table: FromClause, **others: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """What a query selects to make rows of this dataclass: the column of each field's name, or the one in `others`.

    Raises TypeError, as the module is loaded, where a field has no column or says otherwise than its column what it
    holds, so that a row's types are those of the database; and for a dataclass without slots. Whether one of `others`
    can be null depends on the join; only the rest of its type is compared.
    """
    hints = get_type_hints(kind)
    found: list[ColumnElement[Any]] = []
    for field in fields(kind):
        column = others.get(field.name)
        if column is None and field.name not in table.c:
            raise TypeError(f"{kind.__name__}.{field.name} has no column in {table}.")
        own = column is None
        column = table.c[field.name] if column is None else column
        said = set(get_args(hints[field.name]) or (hints[field.name],))
        holds = {column.type.python_type} | ({NoneType} if own and table.c[field.name].nullable else set())
        if (said if own else said - {NoneType}) != holds:
            raise TypeError(f"{kind.__name__}.{field.name} says {hints[field.name]}; its column holds {holds}.")
        found.append(column.label(field.name))
    slots = [getattr(kind, field.name, None) for field in fields(kind)]
    if hasattr(kind, "__post_init__") or not all(ismemberdescriptor(slot) for slot in slots):
        raise TypeError(f"{kind.__name__} is to have slots, and nothing to do when it is made: rows fill its slots.")
    _FILLING[kind] = tuple(slot.__set__ for slot in slots if slot is not None)
    return found


def row_of(kind: type[T], row: Row[Any]) -> T:
    """One row of a query that selects `columns_of` this dataclass, and nothing besides."""
    return _filled(kind, _FILLING[kind], row)


def row_or_none(kind: type[T], row: Row[Any] | None) -> T | None:
    return None if row is None else row_of(kind, row)


def rows_of(kind: type[T], rows: Iterable[Row[Any]]) -> list[T]:
    filling = _FILLING[kind]
    return [_filled(kind, filling, row) for row in rows]


def _filled(kind: type[T], filling: Iterable[Callable[[Any, Any], None]], row: Row[Any]) -> T:
    made = object.__new__(kind)
    for fill, value in zip(filling, row, strict=True):
        fill(made, value)
    return made
