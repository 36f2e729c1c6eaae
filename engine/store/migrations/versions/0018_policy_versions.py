"""The versions of a council's policy that were put in force; what was served until now is the first of each"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.clock import local_date

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_sources",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 over the names and contents of all files"),
        sa.Column("pack", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_sources"),
        comment="the folders that a version was read from, file by file, as they lay",
    )
    versions = op.create_table(
        "policy_versions",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source_digest", sa.String(64), comment="null: it was not kept"),
        sa.Column("prefix", sa.String(10), nullable=False, comment="of its references"),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), comment="null: nobody had to"),
        sa.Column("again", sa.Integer(), comment="the earlier version that is in force again; null: none"),
        sa.Column(
            "judgement", sa.Text(), nullable=False, comment="JSON: what it was found to be, and what was passed over"
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["variant_versions.digest"], name="fk_policy_versions_digest_variant_versions"
        ),
        sa.ForeignKeyConstraint(
            ["source_digest"], ["policy_sources.digest"], name="fk_policy_versions_source_digest_policy_sources"
        ),
        sa.PrimaryKeyConstraint("council_id", "number", name="pk_policy_versions"),
        comment="append-only: which version of a council's policy is in force from which day, by whose decision",
    )  # fmt: skip
    op.create_index("ix_policy_versions_in_force", "policy_versions", ["council_id", "in_force_from"])
    op.bulk_insert(versions, [_first(row) for row in op.get_bind().execute(_SERVED)])
    op.drop_table("served_policies")


_SERVED = sa.text("SELECT council_id, digest, prefix, read_at FROM served_policies WHERE digest IS NOT NULL")


def _first(row: sa.Row[Any]) -> dict[str, object]:
    at = datetime.fromisoformat(row.read_at) if isinstance(row.read_at, str) else row.read_at
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return {
        "council_id": row.council_id, "number": 1, "digest": row.digest, "prefix": row.prefix,
        "in_force_from": local_date(at), "put_at": at, "put_by": "the system", "judgement": json.dumps({}),
        "why": "It was served when versions began to be kept.",
    }  # fmt: skip


def downgrade() -> None:
    op.create_table(
        "served_policies",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("prefix", sa.String(10), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["variant_versions.digest"], name="fk_served_policies_digest_variant_versions"
        ),
        sa.PrimaryKeyConstraint("council_id", name="pk_served_policies"),
        comment="what was read of a council's folder at the last start",
    )
    op.drop_table("policy_versions")
    op.drop_table("policy_sources")
