"""The roles of those whom letters went to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "of the recipient in the case, with commas; null: none"
    op.add_column("documents", sa.Column("roles", sa.Text(), comment=comment))


def downgrade() -> None:
    op.drop_column("documents", "roles")
