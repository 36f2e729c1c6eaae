"""What a query hands out has the types of the table it is of."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any, TypedDict, get_args, get_type_hints, is_typeddict

import pytest
from sqlalchemy import Table, literal, select

import engine.store
from engine.store import Database, schema
from engine.store.rows import columns_of, rows_of
from engine.store.schema import deadlines, tasks


def kinds_told() -> dict[str, type[Any]]:
    """Every typed call of the store says what it takes in such a class."""
    found: dict[str, type[Any]] = {}
    for path in Path(engine.store.__file__).parent.glob("*.py"):
        module = import_module(f"engine.store.{path.stem}" if path.stem != "__init__" else "engine.store")
        found |= {name: kind for name, kind in vars(module).items() if is_typeddict(kind)}
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    number: int
    explanation: str | None


def test_a_field_that_a_table_does_not_have_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Misspelt:
        folow_up_on: str

    with pytest.raises(TypeError, match="folow_up_on has no column"):
        columns_of(Misspelt, tasks)


def test_a_field_that_leaves_out_that_there_may_be_nothing_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Careless:
        claimed_by: str

    with pytest.raises(TypeError, match="claimed_by says"):
        columns_of(Careless, tasks)


def test_a_field_of_another_type_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Mistaken:
        number: str

    with pytest.raises(TypeError, match="number says"):
        columns_of(Mistaken, tasks)


def test_a_column_of_another_table_may_come_empty_out_of_a_join() -> None:
    names = [column.name for column in columns_of(Due, tasks, explanation=deadlines.c.explanation)]
    assert names == ["number", "explanation"]


def test_a_row_without_slots_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Loose:
        number: int

    with pytest.raises(TypeError, match="is to have slots"):
        columns_of(Loose, tasks)


def test_a_row_is_what_the_dataclass_makes_of_the_same_values_and_stays_so(database: Database) -> None:
    columns_of(Due, tasks, explanation=deadlines.c.explanation)
    with database.read() as connection:
        (made,) = rows_of(Due, connection.execute(select(literal(7), literal("late"))))
    assert made == Due(number=7, explanation="late")
    with pytest.raises(FrozenInstanceError):
        made.number = 8  # type: ignore[misc]


def test_a_query_that_selects_more_than_its_row_holds_is_refused(database: Database) -> None:
    columns_of(Due, tasks, explanation=deadlines.c.explanation)
    with database.read() as connection, pytest.raises(ValueError, match="longer"):
        rows_of(Due, connection.execute(select(literal(7), literal("late"), literal("more"))))


def holds(table: Table, kind: type[Any]) -> bool:
    """Whether the table has a column of each name that can hold what is said of it."""
    said = {name: set(get_args(hint) or (hint,)) for name, hint in get_type_hints(kind).items()}
    return all(name in table.c and types <= types_of(table, name) for name, types in said.items())


def types_of(table: Table, name: str) -> set[type[Any]]:
    column = table.c[name]
    return {column.type.python_type} | ({NoneType} if column.nullable else set())


@pytest.mark.parametrize("kind", kinds_told().values())
def test_what_is_told_of_a_row_has_the_names_and_types_of_its_columns(kind: type[Any]) -> None:
    assert [table.name for table in schema.metadata.sorted_tables if holds(table, kind)]


def test_what_is_told_under_another_name_or_with_another_type_has_no_table() -> None:
    class Misspelt(TypedDict):
        from_id: str

    class Mistaken(TypedDict):
        form_id: int

    assert not any(holds(table, kind) for table in schema.metadata.sorted_tables for kind in (Misspelt, Mistaken))
