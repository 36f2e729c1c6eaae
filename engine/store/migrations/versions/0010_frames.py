"""Time frames: deadlines of processes, sub-processes and call activities"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NEAREST = "number of the nearest time frame round it; null: none"
_OPEN = "status = 'open'"
_ENDED = "status = 'ended'"


def upgrade() -> None:
    op.create_table(
        "frames",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            autoincrement=False,
            comment="token of the sub-process or call activity, or number of the process instance, that it is",
        ),
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column(
            "instance", sa.Integer(), nullable=False, comment="process instance in which it stands, or which it is"
        ),
        sa.Column("element_id", sa.String(200), comment="sub-process or call activity; null: the process itself"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("within", sa.Integer(), comment=_NEAREST),
        sa.Column(
            "due_on",
            sa.Date(),
            comment="null while it is not known from when it counts, and while its clock stands still",
        ),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_on", sa.Date(), comment="the day of that in London"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_frames_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_frames"),
        comment="processes, sub-processes and call activities with a deadline for all that is inside",
    )
    for name, where in (("ix_frames_due", _OPEN), ("ix_frames_ended", _ENDED)):
        op.create_index(
            name, "frames", ["council_id", "due_on"], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.add_column("tasks", sa.Column("frame", sa.Integer(), comment=_NEAREST))
    op.add_column("instances", sa.Column("frame", sa.Integer(), comment=_NEAREST))
    _say_whose_deadlines("number of the task, timer or frame it is the deadline of")


def downgrade() -> None:
    _say_whose_deadlines("number of the task or timer it is the deadline of")
    op.drop_column("instances", "frame")
    op.drop_column("tasks", "frame")
    op.drop_index("ix_frames_ended", table_name="frames")
    op.drop_index("ix_frames_due", table_name="frames")
    op.drop_table("frames")


def _say_whose_deadlines(comment: str) -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("deadlines", "token", existing_type=sa.Integer(), existing_nullable=False, comment=comment)
