"""What is proposed to be put in force: judged in the background, and approved by a second policy owner"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_proposals",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="of the variant version that it would be"),
        sa.Column("source_digest", sa.String(64), comment="null: it was not kept"),
        sa.Column("again", sa.Integer(), comment="the earlier version that would be in force again; null: none"),
        sa.Column(
            "follows", sa.Integer(), nullable=False, comment="the council's last version when it was proposed; 0: none"
        ),
        sa.Column("in_force_from", sa.Date(), comment="null: the day on which it is put in force"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("despite", sa.Text(), nullable=False, comment="why warnings that are new with it do not matter"),
        sa.Column("judgement", sa.Text(), comment="JSON: what it was found to be; null: not judged yet"),
        sa.Column("approved_by", sa.Text(), comment="who has said yes; null: nobody yet"),
        sa.Column("progress", sa.Text(), nullable=False, comment="what of it is being judged"),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often judging it was begun"),
        sa.Column("lease", sa.String(16), comment="of the worker that judges it"),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Text(), comment="who declined it or took it back; null: nobody"),
        sa.Column("reasons", sa.Text(), nullable=False, comment="JSON: the sentences for which it came to nothing"),
        sa.Column("version", sa.Integer(), comment="the version that it became"),
        sa.ForeignKeyConstraint(
            ["source_digest"], ["policy_sources.digest"], name="fk_policy_proposals_source_digest_policy_sources"
        ),
        sa.PrimaryKeyConstraint("council_id", "number", name="pk_policy_proposals"),
        comment="what somebody wants in force: judged, approved where the council asks for it, and put in force",
    )
    op.create_index("ix_policy_proposals_status", "policy_proposals", ["status"])


def downgrade() -> None:
    op.drop_table("policy_proposals")
