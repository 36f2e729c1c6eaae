"""People and their accounts, what they type, and what the inbox reads"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN, _COMPLETED = "status = 'open'", "status = 'completed'"
_RUNGS = "rung IS NOT NULL AND status = 'fired'"


def upgrade() -> None:
    _people()
    _typed()
    op.create_table(
        "attachments",
        _id("case_id", autoincrement=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _council(),
        sa.Column("task", sa.Integer(), comment="number of the task it was added to; null: to the case"),
        sa.Column("name", sa.Text(), nullable=False, comment="as the person's computer called it"),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="SHA-256; the file lies under it, outside the web root"
        ),
        sa.Column("added_by", sa.String(200), nullable=False),
        _instant("added_at"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_attachments_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_attachments"),
    )
    op.create_table(
        "case_words",
        _council(),
        sa.Column("word", sa.String(40, collation="C").with_variant(sa.String(40), "sqlite"), nullable=False),
        _id("case_id", autoincrement=False),
        sa.PrimaryKeyConstraint("council_id", "word", "case_id", name="pk_case_words"),
        comment="the words of names and addresses, small letters, by which a case is found",
    )
    op.create_index("ix_case_words_case", "case_words", ["case_id"])
    op.add_column(
        "cases",
        sa.Column(
            "title",
            sa.Text(),
            nullable=False,
            server_default=sa.text("''"),
            comment="what people know the case by, from its facts",
        ),
    )
    op.create_index("ix_cases_council_opened", "cases", ["council_id", "opened_at"])
    op.add_column(
        "tasks", sa.Column("completed_on", sa.Date(), comment="the day on which it was really done, or completed")
    )
    op.execute("UPDATE tasks SET completed_on = DATE(completed_at) WHERE status = 'completed'")
    op.drop_index("ix_tasks_inbox", table_name="tasks")
    counted = ["council_id", "team", "due_on", "claimed_by", "assignee", "follow_up_on"]
    _create_partial_index("ix_tasks_counts", "tasks", counted, _OPEN)
    _create_partial_index("ix_tasks_due", "tasks", ["council_id", "due_on"], _OPEN)
    _create_partial_index("ix_tasks_claimed", "tasks", ["council_id", "claimed_by", "due_on", "follow_up_on"], _OPEN)
    assigned = ["council_id", "assignee", "claimed_by", "due_on", "follow_up_on"]
    _create_partial_index("ix_tasks_assigned", "tasks", assigned, _OPEN)
    _create_partial_index("ix_tasks_completed", "tasks", ["council_id", "due_on"], _COMPLETED)
    _create_partial_index("ix_timers_rungs", "timers", ["council_id", "fired_at"], _RUNGS)


def downgrade() -> None:
    op.drop_index("ix_timers_rungs", table_name="timers")
    for name in ("completed", "assigned", "claimed", "due", "counts"):
        op.drop_index(f"ix_tasks_{name}", table_name="tasks")
    _create_partial_index("ix_tasks_inbox", "tasks", ["council_id", "team", "due_on"], _OPEN)
    op.drop_column("tasks", "completed_on")
    op.drop_index("ix_cases_council_opened", table_name="cases")
    op.drop_column("cases", "title")
    for table in (
        "case_words",
        "attachments",
        "applications",
        "saved_filters",
        "drafts",
        "absences",
        "sign_in_attempts",
        "sessions",
        "council_agencies",
        "council_teams",
        "people",
        "councils",
    ):
        op.drop_table(table)


def _people() -> None:
    op.create_table(
        "councils",
        _council(),
        sa.Column(
            "revision", sa.Integer(), nullable=False, comment="grows with each change of people, teams or agencies"
        ),
        _instant("set_up_at"),
        sa.PrimaryKeyConstraint("council_id", name="pk_councils"),
    )
    op.create_table(
        "people",
        _id("person_id"),
        _council(),
        sa.Column("name", sa.String(200), nullable=False, comment="as the record and variant.toml call them"),
        sa.Column("email", sa.String(254), nullable=False, comment="small letters"),
        sa.Column("roles", sa.Text(), nullable=False, comment="separated by blanks"),
        sa.Column("teams", sa.Text(), nullable=False, comment="ids, separated by blanks"),
        sa.Column("line_manager", sa.String(200)),
        sa.Column("head_of_service", sa.String(200)),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column(
            "password_hash", sa.Text(), comment="argon2; null: signs in through the council's directory, or not yet"
        ),
        sa.Column("totp_secret", sa.Text(), comment="null: no second step"),
        sa.Column(
            "totp_last", sa.Integer(), comment="the interval of the code that was used last: none is taken twice"
        ),
        sa.Column("oidc_subject", sa.String(255), comment="SHA-256 of issuer and subject in the council's directory"),
        sa.Column("invitation", sa.String(64), comment="SHA-256 of the secret in a link that sets the password"),
        _instant("invitation_ends_at", nullable=True),
        _instant("added_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_people"),
        sa.UniqueConstraint("council_id", "name", name="uq_people_council_id_name"),
        sa.UniqueConstraint("email", name="uq_people_email"),
        sa.UniqueConstraint("oidc_subject", name="uq_people_oidc_subject"),
    )
    op.create_table(
        "council_teams",
        _council(),
        sa.Column("team_id", sa.String(120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("substitute", sa.String(120)),
        sa.PrimaryKeyConstraint("council_id", "team_id", name="pk_council_teams"),
        comment="teams besides, or instead of, those of variant.toml",
    )
    op.create_table(
        "council_agencies",
        _council(),
        sa.Column("agency_id", sa.String(120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.String(120), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("is_public_body", sa.Boolean(), nullable=False),
        sa.Column("is_relevant_body", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "agency_id", name="pk_council_agencies"),
        comment="agencies besides, or instead of, those of variant.toml",
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(64), nullable=False, comment="SHA-256 of what the cookie holds"),
        _id("person_id", autoincrement=False),
        _council(),
        _instant("started_at"),
        _instant("seen_at"),
        _instant("ends_at"),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person_id"])
    op.create_table(
        "sign_in_attempts",
        _id("attempt_id"),
        sa.Column("key", sa.String(64), nullable=False, comment="SHA-256 of what is limited: an account, an address"),
        _instant("at"),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_key", "sign_in_attempts", ["key", "at"])
    op.create_table(
        "absences",
        _id("absence_id"),
        _council(),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("deputy", sa.String(200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(200), nullable=False),
        _instant("set_at"),
        sa.PrimaryKeyConstraint("absence_id", name="pk_absences"),
    )
    op.create_index("ix_absences_deputy", "absences", ["council_id", "deputy", "last_day"])
    op.create_index("ix_absences_person", "absences", ["council_id", "person", "last_day"])


def _typed() -> None:
    op.create_table(
        "drafts",
        _council(),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column(
            "place", sa.String(300), nullable=False, comment="what it is the draft of, such as task HBC-2026-0001.17"
        ),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON"),
        _instant("saved_at"),
        sa.PrimaryKeyConstraint("council_id", "person", "place", name="pk_drafts"),
    )
    op.create_table(
        "saved_filters",
        _id("filter_id"),
        _council(),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False, comment="the choice as it stands in the address"),
        sa.Column("is_shared", sa.Boolean(), nullable=False, comment="colleagues of the council see it too"),
        sa.PrimaryKeyConstraint("filter_id", name="pk_saved_filters"),
    )
    op.create_index("ix_saved_filters_council", "saved_filters", ["council_id", "person"])
    op.create_table(
        "applications",
        sa.Column(
            "token", sa.String(64), nullable=False, comment="SHA-256 of the code with which the applicant returns"
        ),
        _council(),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON: the answers so far"),
        sa.Column("files", sa.Text(), nullable=False, comment="JSON: the files so far"),
        _instant("started_at"),
        _instant("changed_at"),
        _instant("ends_at", comment="after it the draft is deleted"),
        sa.Column("reference", sa.String(60), comment="of the case, once it was sent"),
        sa.PrimaryKeyConstraint("token", name="pk_applications"),
    )
    op.create_index("ix_applications_ends", "applications", ["ends_at"])


def _council() -> sa.Column[str]:
    return sa.Column("council_id", sa.String(80), nullable=False)


def _id(name: str, *, autoincrement: bool = True) -> sa.Column[int]:
    # SQLite counts rows up only in an INTEGER primary key
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, autoincrement=autoincrement, nullable=False)


def _instant(name: str, *, nullable: bool = False, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def _create_partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
