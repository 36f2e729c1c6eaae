"""What is handed over between the cases of two councils or bodies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parcels",
        sa.Column("parcel_id", sa.String(32), nullable=False, comment="by chance"),
        sa.Column("once_key", sa.String(200), nullable=False, comment="of the job that handed it over"),
        sa.Column("conversation", sa.String(32), nullable=False, comment="the parcel that began the other side's case"),
        sa.Column("agreement", sa.String(63), nullable=False),
        sa.Column("message", sa.String(63), nullable=False),
        sa.Column("from_council", sa.String(80), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False, comment="what they were called when it was sent"),
        sa.Column("from_case", sa.String(60), nullable=False, comment="reference"),
        sa.Column("from_item", sa.String(120), nullable=False, comment="'': the case itself"),
        sa.Column("to_council", sa.String(80), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_case", sa.String(60), comment="reference; null: not there yet"),
        sa.Column("to_item", sa.String(120), nullable=False),
        sa.Column("opens_case", sa.Boolean(), nullable=False, comment="nobody at the other side has a case of it yet"),
        sa.Column(
            "content", sa.Text(), nullable=False, comment="JSON: the facts by name, and the files with their digests"
        ),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the content"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), comment="null: under way"),
        sa.PrimaryKeyConstraint("parcel_id", name="pk_parcels"),
        sa.UniqueConstraint("once_key", name="uq_parcels_once_key"),
    )
    op.create_index("ix_parcels_from", "parcels", ["from_council", "from_case"])
    op.create_index("ix_parcels_to", "parcels", ["to_council", "to_case"])
    op.create_index("ix_parcels_conversation", "parcels", ["conversation"])


def downgrade() -> None:
    op.drop_table("parcels")
