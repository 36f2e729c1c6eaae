"""A parcel may go to another installation by file, and may be given up there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "parcels",
        sa.Column(
            "by_key", sa.String(47), comment="fingerprint of the other installation's; null: within this installation"
        ),
    )
    op.add_column("parcels", sa.Column("given_up_at", sa.DateTime(timezone=True), comment="null: it is not"))


def downgrade() -> None:
    op.drop_column("parcels", "given_up_at")
    op.drop_column("parcels", "by_key")
