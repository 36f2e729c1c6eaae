"""A draft says as which commit of a git checkout it began"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_checkout = "of the git checkout that it began as; null: that is not known"
    has_all = "every file was as that commit has it; null: there is none"
    op.add_column("policy_drafts", sa.Column("commit_id", sa.String(64), comment=of_checkout))
    op.add_column("policy_drafts", sa.Column("commit_has_all", sa.Boolean(), comment=has_all))


def downgrade() -> None:
    op.drop_column("policy_drafts", "commit_has_all")
    op.drop_column("policy_drafts", "commit_id")
