"""Policies are drafted in the database: what each began as, its changes, what is said of it, who has it open"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_files",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of its content"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_files"),
        comment="what was saved in drafts of policies, each content once",
    )
    op.create_table(
        "policy_drafts",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.String(64), nullable=False, comment="as it began"),
        sa.Column("began_as", sa.Text(), nullable=False, comment="what that was, in words"),
        sa.Column("follows", sa.Integer(), nullable=False, comment="the council's last version when it began; 0: none"),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Integer(), comment="the last that was made of it; null: none"),
        sa.Column("put_away_at", sa.DateTime(timezone=True)),
        sa.Column("put_away_by", sa.Text()),
        sa.ForeignKeyConstraint(
            ["source_digest"], ["policy_sources.digest"], name="fk_policy_drafts_source_digest_policy_sources"
        ),
        sa.PrimaryKeyConstraint("council_id", "number", name="pk_policy_drafts"),
        comment="policies that are edited in the database; none of them holds until it is put in force",
    )
    op.create_table(
        "policy_draft_changes",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("draft", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("was", sa.String(64), comment="null: the council had no file of its own"),
        sa.Column("now", sa.String(64), comment="null: it was taken out"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column(
            "sitting",
            sa.String(32),
            nullable=False,
            comment="of one person at one file, whose saves are one change",
        ),
        sa.ForeignKeyConstraint(["was"], ["policy_files.digest"], name="fk_policy_draft_changes_was_policy_files"),
        sa.ForeignKeyConstraint(["now"], ["policy_files.digest"], name="fk_policy_draft_changes_now_policy_files"),
        sa.PrimaryKeyConstraint("council_id", "draft", "number", name="pk_policy_draft_changes"),
        comment="the history of a draft; the last change of each file, over what it began as, is the draft",
    )
    op.create_table(
        "policy_draft_comments",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("draft", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("element", sa.String(200), nullable=False, comment="its id; empty: the whole file"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by", sa.Text()),
        sa.PrimaryKeyConstraint("council_id", "draft", "number", name="pk_policy_draft_comments"),
        comment="what policy owners say to each other of a draft",
    )
    op.create_table(
        "policy_draft_sittings",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("draft", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sitting", sa.String(32), nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "seen_at", sa.DateTime(timezone=True), nullable=False, comment="when its page last said that it is open"
        ),
        sa.PrimaryKeyConstraint("council_id", "draft", "sitting", name="pk_policy_draft_sittings"),
        comment="who has which file of a draft open",
    )


def downgrade() -> None:
    for table in (
        "policy_draft_sittings",
        "policy_draft_comments",
        "policy_draft_changes",
        "policy_drafts",
        "policy_files",
    ):
        op.drop_table(table)
