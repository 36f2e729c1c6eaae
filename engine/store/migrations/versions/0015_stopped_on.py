"""A deadline whose clock stands still keeps the day on which it was due when that was stopped"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    stopped = "the day on which it was due when its clock was stopped; null: that runs"
    op.add_column("deadlines", sa.Column("stopped_on", sa.Date(), comment=stopped))
    op.execute("UPDATE deadlines SET stopped_on = due_on WHERE status = 'suspended'")


def downgrade() -> None:
    op.drop_column("deadlines", "stopped_on")
