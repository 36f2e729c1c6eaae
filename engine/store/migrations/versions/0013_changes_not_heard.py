"""A change of a deadline that could not be heard is kept with its incident"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "incidents",
        sa.Column(
            "process_id", sa.String(200), comment="of the element, where that is not its instance's; null: it is"
        ),
    )
    op.add_column(
        "incidents", sa.Column("change", sa.Text(), comment="JSON: the change of a deadline that could not be heard")
    )


def downgrade() -> None:
    op.drop_column("incidents", "change")
    op.drop_column("incidents", "process_id")
