"""Open cases are moved to another version of their policy, and timers say since when they wait"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# An event on the edge of a task waits since the task came.
_SINCE_THE_TASK = """
UPDATE timers SET armed_at = (
    SELECT tasks.created_at FROM tasks WHERE tasks.case_id = timers.case_id AND tasks.number = timers.host
) WHERE host IS NOT NULL
"""


def upgrade() -> None:
    since = "since when it waits; null: it was armed before that was kept"
    op.add_column("timers", sa.Column("armed_at", sa.DateTime(timezone=True), comment=since))
    op.execute(_SINCE_THE_TASK)
    op.create_table(
        "policy_moves",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("was_digest", sa.String(64), nullable=False),
        sa.Column("now_digest", sa.String(64), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("table", sa.Text(), nullable=False, comment="JSON: what the policy owner said of it"),
        sa.Column(
            "became",
            sa.Text(),
            nullable=False,
            comment="JSON: by process, elements that bear another id since: old to new",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_policy_moves_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["was_digest"], ["variant_versions.digest"], name="fk_policy_moves_was_digest_variant_versions"
        ),
        sa.ForeignKeyConstraint(
            ["now_digest"], ["variant_versions.digest"], name="fk_policy_moves_now_digest_variant_versions"
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_policy_moves"),
        comment="append-only: from which version to which an open case was moved; the number is the case's own",
    )


def downgrade() -> None:
    op.drop_table("policy_moves")
    op.drop_column("timers", "armed_at")
