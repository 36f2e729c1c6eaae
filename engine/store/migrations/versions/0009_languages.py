"""The languages in which letters are written, and applications that are begun"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    written = "code of the language that it is written in; null: English"
    begun = "code of the language in which it is written; null: the council's first"
    op.add_column("documents", sa.Column("language", sa.String(10), comment=written))
    op.add_column("applications", sa.Column("language", sa.String(10), comment=begun))


def downgrade() -> None:
    op.drop_column("applications", "language")
    op.drop_column("documents", "language")
