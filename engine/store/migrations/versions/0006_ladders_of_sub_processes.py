"""Ladders of sub-processes: which one the tasks inside stand on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "token of the sub-process on whose edge its ladder stands; null: on its own"
    op.add_column("tasks", sa.Column("ladder", sa.Integer(), comment=comment))


def downgrade() -> None:
    op.drop_column("tasks", "ladder")
