"""Process instances about an item within another's: a member of the panel in a further review, say"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "instances",
        sa.Column(
            "within", sa.Text(), comment="JSON: ids of the items within which its own stands, the innermost first"
        ),
    )


def downgrade() -> None:
    op.drop_column("instances", "within")
