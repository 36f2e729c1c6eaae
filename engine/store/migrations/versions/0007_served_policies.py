"""The policies that the councils are served by; councils that bear another name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    comment = "the council's id when it was opened, with which its record begins; null: the same"
    op.add_column("cases", sa.Column("opened_for", sa.String(80), comment=comment))


def downgrade() -> None:
    op.drop_column("cases", "opened_for")
    op.drop_table("served_policies")
