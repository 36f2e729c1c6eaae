"""The tables. One code for SQLite and PostgreSQL; migrations (`engine/store/migrations`) are held against this.

Everything inside a case is keyed by (case_id, number): numbers come from the case row, which is the lock, so they
are the same whichever database runs and however often a step was tried. A token, and the task, timer, job or
subscription it waits for, share one number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = require_aware(value).astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # theirs
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite counts rows up only in an INTEGER primary key
CaseId = BigInteger().with_variant(Integer(), "sqlite")


def _council() -> Column[Any]:
    return Column("council_id", String(80), nullable=False)


def _case() -> Column[Any]:
    return Column("case_id", CaseId, ForeignKey("cases.case_id"), primary_key=True, autoincrement=False)


def _number(name: str = "number") -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


properties = Table(
    "properties",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="what this database is, e.g. that it was made for simulation",
)

variant_versions = Table(
    "variant_versions",
    metadata,
    Column("digest", String(64), primary_key=True),
    _council(),
    Column("pack", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
    comment="immutable variant versions; a case keeps its own",
)

reference_counters = Table(
    "reference_counters",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=True),
    _council(),
    Column("reference", String(60), nullable=False),
    Column("variant_digest", String(64), ForeignKey("variant_versions.digest"), nullable=False),
    Column("calendar_digest", String(64), comment="the version whose calendar counts its days; null: its own"),
    Column("status", String(12), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_as", Text),
    Column("last_number", Integer, nullable=False),
    Column("item_counts", Text, nullable=False, comment="JSON: items made so far, per collection"),
    Column("record_seq", Integer, nullable=False),
    Column("record_head", String(64), nullable=False),
    UniqueConstraint("council_id", "reference"),
    Index("ix_cases_council_status", "council_id", "status"),
    Index("ix_cases_reference", "reference"),
)

instances = Table(
    "instances",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("process_id", String(200), nullable=False),
    Column("parent", Integer, comment="instance that called it"),
    Column("parent_token", Integer, comment="token of the call activity in the parent"),
    Column("position", Integer, nullable=False, comment="0-based place in the multi-instance collection"),
    Column("element_value", Text, comment="the element of the collection it is for, as FEEL value"),
    Column("collection", String(80), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("variables", Text, nullable=False),
    Column("output", Text, comment="outputElement of a multi-instance child, as FEEL value"),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_as", Text),
    Index("ix_instances_parent_token", "case_id", "parent_token"),
)

tasks = Table(
    "tasks",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("team", String(120), nullable=False),
    Column("assignee", String(200)),
    Column("status", String(12), nullable=False),
    Column("claimed_by", String(200)),
    Column("claimed_at", Instant),
    Column("form_id", String(200)),
    Column("priority", Integer, nullable=False),
    Column("due_on", Date),
    Column("follow_up_on", Date),
    Column("collection", String(80), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("completed_by", String(200)),
    Index(
        "ix_tasks_inbox",
        "council_id",
        "team",
        "due_on",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)

timers = Table(
    "timers",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("host", Integer, comment="token of the activity a boundary timer is armed on"),
    Column("fires_at", Instant, nullable=False),
    Column("repeats", Integer, nullable=False, comment="firings left after this one; -1 without end"),
    Column("period", Text, comment="of a cycle, as FEEL duration"),
    Column("rung", Integer),
    Column("status", String(12), nullable=False),
    Column("fired_at", Instant),
    Index(
        "ix_timers_due",
        "fires_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("name", String(200), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("handler", String(120), nullable=False),
    Column("inputs", Text, nullable=False),
    Column("once_key", String(200), nullable=False, unique=True),
    Column("status", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("lease", String(80)),
    Column("lease_until", Instant),
    Column("announced_at", Instant),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(
        "ix_jobs_ready",
        "ready_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_jobs_leased",
        "lease_until",
        sqlite_where=text("status = 'leased'"),
        postgresql_where=text("status = 'leased'"),
    ),
)

incidents = Table(
    "incidents",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("instance", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("kind", String(12), nullable=False, comment="token or job"),
    Column("message", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", String(200)),
    Column("reason", Text),
    Index(
        "ix_incidents_open",
        "council_id",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)

deadlines = Table(
    "deadlines",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("token", Integer, nullable=False, comment="number of the task or timer it is the deadline of"),
    Column("limit_name", String(200), nullable=False),
    Column("counted_from", Text, nullable=False, comment="the fact it counts from, as time_limits.dmn says it"),
    Column("start_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("calendar_version", String(64), nullable=False),
    Column("explanation", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("superseded_by", Integer),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String(200), nullable=False),
    Column("reason", Text),
    Index("ix_deadlines_token", "case_id", "token"),
)

facts = Table(
    "facts",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("collection", String(80), nullable=False, comment="empty for the case itself"),
    Column("item_id", Text, nullable=False, comment="empty for the case itself"),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("happened_on", Date),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("source", Text, nullable=False),
    Column("supersedes", Integer),
    Column("is_current", Boolean, nullable=False),
    Column("undone_at", Instant, comment="when the completion that told it was undone"),
    Index(
        "ix_facts_current",
        "case_id",
        "collection",
        "item_id",
        sqlite_where=text("is_current = 1"),
        postgresql_where=text("is_current"),
    ),
)

undo = Table(
    "undo",
    metadata,
    _case(),
    _council(),
    Column("task", Integer, nullable=False, comment="the task that was completed"),
    Column("first_seq", Integer, nullable=False, comment="the entries of the record that it made"),
    Column("last_seq", Integer, nullable=False),
    Column("last_number", Integer, nullable=False, comment="before it; what it made has higher numbers"),
    Column("item_counts", Text, nullable=False, comment="before it"),
    Column("instances", Text, nullable=False, comment="JSON: the process instances it moved, as they were"),
    comment="per case, what the latest completion changed and cannot be told from what it left",
)

documents = Table(
    "documents",
    metadata,
    _case(),
    _number(),
    _council(),
    Column("letter", String(120), nullable=False),
    Column("title", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("pdf", LargeBinary),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the PDF, or of the text where there is none"),
    Column("once_key", String(200), nullable=False, unique=True),
    Column("sent_at", Instant, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    _case(),
    Column("message_id", String(120), primary_key=True),
    _council(),
    Column("name", String(200), nullable=False),
    Column("received_at", Instant, nullable=False),
    comment="ids of messages a case has been told, so that each is told once",
)

record = Table(
    "record",
    metadata,
    _case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _council(),
    Column("at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 over salt and content"),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 over previous, seq, at, kind and digest"),
)

record_contents = Table(
    "record_contents",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _council(),
    Column("salt", String(32), nullable=False),
    Column("content", Text, nullable=False),
    comment="what the entries say; a row can be erased and the chain still verifies",
)

anchors = Table(
    "anchors",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    _council(),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    comment="per day, the heads of the chains that grew since the day before: a cut-off tail is seen",
)
