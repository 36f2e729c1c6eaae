"""What was put in force, or proposed, says of which commit of a git checkout it was read"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TABLES = ("policy_versions", "policy_proposals")


def upgrade() -> None:
    of_checkout = "of the git checkout that it was read from; null: that is not known"
    has_all = "every file was as that commit has it; null: there is none"
    for table in _TABLES:
        op.add_column(table, sa.Column("commit_id", sa.String(64), comment=of_checkout))
        op.add_column(table, sa.Column("commit_has_all", sa.Boolean(), comment=has_all))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "commit_has_all")
        op.drop_column(table, "commit_id")
