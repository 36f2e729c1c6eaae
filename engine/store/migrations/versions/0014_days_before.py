"""What a completion changed holds the days that it moved, as they were"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("undo", sa.Column("days", sa.Text(), comment="JSON: the days it moved, as they were; null: none"))


def downgrade() -> None:
    op.drop_column("undo", "days")
