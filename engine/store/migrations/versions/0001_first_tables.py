"""The first tables"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "properties",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_properties"),
        comment="what this database is, e.g. that it was made for simulation",
    )
    op.create_table(
        "variant_versions",
        sa.Column("digest", sa.String(64), nullable=False),
        _council(),
        sa.Column("pack", sa.LargeBinary(), nullable=False),
        _instant("stored_at", nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_variant_versions"),
        comment="immutable variant versions; a case keeps its own",
    )
    op.create_table(
        "reference_counters",
        _council(),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "year", name="pk_reference_counters"),
    )
    op.create_table(
        "cases",
        _case_id(autoincrement=True),
        _council(),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("variant_digest", sa.String(64), nullable=False),
        sa.Column(
            "calendar_digest", sa.String(64), comment="the version whose calendar counts its days; null: its own"
        ),
        sa.Column("status", sa.String(12), nullable=False),
        _instant("opened_at", nullable=False),
        _instant("closed_at"),
        sa.Column("closed_as", sa.Text()),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("item_counts", sa.Text(), nullable=False, comment="JSON: items made so far, per collection"),
        sa.Column("record_seq", sa.Integer(), nullable=False),
        sa.Column("record_head", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["variant_digest"], ["variant_versions.digest"], name="fk_cases_variant_digest"),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
        sa.UniqueConstraint("council_id", "reference", name="uq_cases_council_id_reference"),
    )
    op.create_index("ix_cases_council_status", "cases", ["council_id", "status"])
    op.create_index("ix_cases_reference", "cases", ["reference"])
    _instances_and_what_they_wait_for()
    _what_follows_from_them()
    _record()


def _instances_and_what_they_wait_for() -> None:
    _create_numbered(
        "instances",
        sa.Column("process_id", sa.String(200), nullable=False),
        sa.Column("parent", sa.Integer(), comment="instance that called it"),
        sa.Column("parent_token", sa.Integer(), comment="token of the call activity in the parent"),
        sa.Column("position", sa.Integer(), nullable=False, comment="0-based place in the multi-instance collection"),
        sa.Column("element_value", sa.Text(), comment="the element of the collection it is for, as FEEL value"),
        sa.Column("collection", sa.String(80), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("output", sa.Text(), comment="outputElement of a multi-instance child, as FEEL value"),
        _instant("started_at", nullable=False),
        _instant("ended_at"),
        sa.Column("ended_as", sa.Text()),
    )
    op.create_index("ix_instances_parent_token", "instances", ["case_id", "parent_token"])
    _create_numbered(
        "tasks",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.String(120), nullable=False),
        sa.Column("assignee", sa.String(200)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("claimed_by", sa.String(200)),
        _instant("claimed_at"),
        sa.Column("form_id", sa.String(200)),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("follow_up_on", sa.Date()),
        sa.Column("collection", sa.String(80), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        _instant("created_at", nullable=False),
        _instant("completed_at"),
        sa.Column("completed_by", sa.String(200)),
    )
    _create_partial_index("ix_tasks_inbox", "tasks", ["council_id", "team", "due_on"], "status = 'open'")
    _create_numbered(
        "timers",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("host", sa.Integer(), comment="token of the activity a boundary timer is armed on"),
        _instant("fires_at", nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False, comment="firings left after this one; -1 without end"),
        sa.Column("period", sa.Text(), comment="of a cycle, as FEEL duration"),
        sa.Column("rung", sa.Integer()),
        sa.Column("status", sa.String(12), nullable=False),
        _instant("fired_at"),
    )
    _create_partial_index("ix_timers_due", "timers", ["fires_at"], "status = 'waiting'")
    _create_numbered(
        "subscriptions",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
    )
    _create_numbered(
        "jobs",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("handler", sa.String(120), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("once_key", sa.String(200), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _instant("ready_at", nullable=False),
        sa.Column("lease", sa.String(80)),
        _instant("lease_until"),
        _instant("announced_at"),
        sa.Column("error", sa.Text()),
        _instant("created_at", nullable=False),
        _instant("ended_at"),
        sa.UniqueConstraint("once_key", name="uq_jobs_once_key"),
    )
    _create_partial_index("ix_jobs_ready", "jobs", ["ready_at"], "status = 'waiting'")
    _create_partial_index("ix_jobs_leased", "jobs", ["lease_until"], "status = 'leased'")


def _what_follows_from_them() -> None:
    _create_numbered(
        "incidents",
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False, comment="what is stuck: token, job, call, child or message"),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        _instant("opened_at", nullable=False),
        _instant("ended_at"),
        sa.Column("ended_by", sa.String(200)),
        sa.Column("reason", sa.Text()),
    )
    _create_partial_index("ix_incidents_open", "incidents", ["council_id"], "status = 'open'")
    _create_numbered(
        "deadlines",
        sa.Column("token", sa.Integer(), nullable=False, comment="number of the task or timer it is the deadline of"),
        sa.Column("limit_name", sa.String(200), nullable=False),
        sa.Column(
            "counted_from", sa.Text(), nullable=False, comment="the fact it counts from, as time_limits.dmn says it"
        ),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("calendar_version", sa.String(64), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("superseded_by", sa.Integer()),
        _instant("set_at", nullable=False),
        sa.Column("set_by", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text()),
    )
    op.create_index("ix_deadlines_token", "deadlines", ["case_id", "token"])
    _create_numbered(
        "facts",
        sa.Column("collection", sa.String(80), nullable=False, comment="empty for the case itself"),
        sa.Column("item_id", sa.Text(), nullable=False, comment="empty for the case itself"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date()),
        _instant("recorded_at", nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Integer()),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        _instant("undone_at", comment="when the completion that told it was undone"),
    )
    op.create_index(
        "ix_facts_current",
        "facts",
        ["case_id", "collection", "item_id"],
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "undo",
        _case_id(),
        _council(),
        sa.Column("task", sa.Integer(), nullable=False, comment="the task that was completed"),
        sa.Column("first_seq", sa.Integer(), nullable=False, comment="the entries of the record that it made"),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False, comment="before it; what it made has higher numbers"),
        sa.Column("item_counts", sa.Text(), nullable=False, comment="before it"),
        sa.Column("instances", sa.Text(), nullable=False, comment="JSON: the process instances it moved, as they were"),
        _of_a_case("undo"),
        sa.PrimaryKeyConstraint("case_id", name="pk_undo"),
        comment="per case, what the latest completion changed and cannot be told from what it left",
    )
    _create_numbered(
        "documents",
        sa.Column("letter", sa.String(120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary()),
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="SHA-256 of the PDF, or of the text where there is none"
        ),
        sa.Column("once_key", sa.String(200), nullable=False),
        _instant("sent_at", nullable=False),
        sa.UniqueConstraint("once_key", name="uq_documents_once_key"),
    )
    op.create_table(
        "messages",
        _case_id(),
        sa.Column("message_id", sa.String(120), nullable=False),
        _council(),
        sa.Column("name", sa.String(200), nullable=False),
        _instant("received_at", nullable=False),
        _of_a_case("messages"),
        sa.PrimaryKeyConstraint("case_id", "message_id", name="pk_messages"),
        comment="ids of messages a case has been told, so that each is told once",
    )


def _record() -> None:
    op.create_table(
        "record",
        _case_id(),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        _council(),
        _instant("at", nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 over salt and content"),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 over previous, seq, at, kind and digest"),
        _of_a_case("record"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_record"),
    )
    op.create_table(
        "record_contents",
        _case_id(),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        _council(),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_record_contents"),
        comment="what the entries say; a row can be erased and the chain still verifies",
    )
    op.create_table(
        "anchors",
        _case_id(),
        sa.Column("day", sa.Date(), nullable=False),
        _council(),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "day", name="pk_anchors"),
        comment="per day, the heads of the chains that grew since the day before: a cut-off tail is seen",
    )


def downgrade() -> None:
    for table in (
        "anchors",
        "record_contents",
        "record",
        "messages",
        "documents",
        "undo",
        "facts",
        "deadlines",
        "incidents",
        "jobs",
        "subscriptions",
        "timers",
        "tasks",
        "instances",
        "cases",
        "reference_counters",
        "variant_versions",
        "properties",
    ):
        op.drop_table(table)


def _council() -> sa.Column[str]:
    return sa.Column("council_id", sa.String(80), nullable=False)


def _case_id(*, autoincrement: bool = False) -> sa.Column[int]:
    # SQLite counts rows up only in an INTEGER primary key
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("case_id", kind, autoincrement=autoincrement, nullable=False)


def _instant(name: str, *, nullable: bool = True, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def _of_a_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name=f"fk_{table}_case_id")


def _create_numbered(name: str, *columns: sa.Column[Any] | sa.UniqueConstraint) -> None:
    """A table whose rows are keyed by the case and a number in it."""
    op.create_table(
        name,
        _case_id(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _council(),
        *columns,
        _of_a_case(name),
        sa.PrimaryKeyConstraint("case_id", "number", name=f"pk_{name}"),
    )


def _create_partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    """An index over the rows that are still of interest: what is done costs nothing."""
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
