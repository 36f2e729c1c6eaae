"""How worked examples come out on a policy is kept, and played in the background"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_plays",
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="of the policy, which leaves its worked examples out"
        ),
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("pack", sa.LargeBinary(), comment="the policy with its examples; null: all were played"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "attempts", sa.Integer(), nullable=False, comment="how often a worker took it and told nothing since"
        ),
        sa.Column("lease", sa.String(16), comment="of the worker that plays it"),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_plays"),
        comment="the policies whose worked examples somebody wants played in the background",
    )
    op.create_index("ix_policy_plays_council", "policy_plays", ["council_id"])
    op.create_table(
        "policy_played_examples",
        sa.Column("digest", sa.String(64), nullable=False, comment="of the policy that it was played on"),
        sa.Column("example", sa.String(64), nullable=False, comment="SHA-256 over all that the example says"),
        sa.Column("program", sa.String(64), nullable=False, comment="SHA-256 over the program that played it"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "wrong", sa.Text(), nullable=False, comment="how it comes out otherwise; empty: it comes out as it says"
        ),
        sa.Column(
            "course",
            sa.LargeBinary(),
            nullable=False,
            comment="what it goes through, its days and letters: deflated JSON",
        ),
        sa.PrimaryKeyConstraint("digest", "example", "program", name="pk_policy_played_examples"),
        comment="what came of a worked example on a policy; it can be played again at any time",
    )


def downgrade() -> None:
    op.drop_table("policy_played_examples")
    op.drop_table("policy_plays")
