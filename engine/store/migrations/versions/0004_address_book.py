"""The address book: people whom cases name and who do not work with the software"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_book",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("entry_id", sa.String(40), nullable=False, comment="from chance"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200)),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(200)),
        sa.Column("agency", sa.String(200)),
        sa.Column("added_by", sa.String(200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "entry_id", name="pk_address_book"),
        comment="people who do not work with the software and whom cases name: each added once",
    )
    op.create_index("ix_address_book_name", "address_book", ["council_id", "name"])


def downgrade() -> None:
    op.drop_table("address_book")
