"""What the tables share: the metadata, moments in time, and the columns that key what is inside a case."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData, String, TypeDecorator

from engine.clock import require_aware

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC in both databases. Refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = require_aware(value).astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # theirs
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


E = TypeVar("E", bound=StrEnum)


class Word(TypeDecorator[E]):
    """One of the words of an enumeration, stored as its text and read as its member."""

    impl = String(12)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    @property
    def python_type(self) -> type[E]:
        return self.words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # theirs
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002  # theirs
        return None if value is None else self.words(value)


#: SQLite counts rows up only in an INTEGER primary key
CaseId = BigInteger().with_variant(Integer(), "sqlite")


def council() -> Column[Any]:
    return Column("council_id", String(80), nullable=False)


def case() -> Column[Any]:
    return Column("case_id", CaseId, ForeignKey("cases.case_id"), primary_key=True, autoincrement=False)


def number(name: str = "number") -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False)
