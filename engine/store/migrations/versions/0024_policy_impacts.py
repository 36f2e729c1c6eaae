"""What a policy would do to the cases of its council is worked out in the background, and kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_impacts",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="of the policy"),
        sa.Column("pack", sa.LargeBinary(), comment="the policy; null: it was worked out"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often a worker took it"),
        sa.Column("progress", sa.Text(), nullable=False, comment="how far it is"),
        sa.Column("lease", sa.String(16), comment="of the worker that works it out"),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("found_at", sa.DateTime(timezone=True), comment="as of when it was worked out; null: not yet"),
        sa.Column("found", sa.LargeBinary(), comment="what it would do: deflated JSON; null: not yet"),
        sa.Column(
            "why_not", sa.Text(), nullable=False, comment="why it could not be worked out; empty: it could, or not yet"
        ),
        sa.PrimaryKeyConstraint("council_id", "digest", name="pk_policy_impacts"),
        comment="what a draft would do to open cases, and would have done to closed ones; worked out again at any time",
    )


def downgrade() -> None:
    op.drop_table("policy_impacts")
