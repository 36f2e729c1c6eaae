"""What a query hands out has the types of the table it is of."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.store.rows import columns_of
from engine.store.schema import deadlines, tasks


@dataclass(frozen=True, kw_only=True)
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
