"""The log of second reports, and of who was told then that there are case reviews"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "explanations",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False, comment="the seq with which what it is about began"),
        sa.Column("kind", sa.String(20), nullable=False, comment="entered, changed or erased"),
        sa.Column("is_last", sa.Boolean(), nullable=False, comment="nothing later is said of the same"),
        sa.Column("reported_on", sa.Date(), nullable=False, comment="the day of the second report"),
        sa.Column("explained_on", sa.Date(), comment="null: nobody has explained it yet"),
        sa.Column("words", sa.Text(), comment="by which it is found; null: erased"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.String(32), comment="null: erased"),
        sa.Column("content", sa.Text(), comment="JSON: answers, by whom, why; null: erased"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 over salt and content"),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 over previous, seq, at, kind and digest"),
        sa.Column("once", sa.String(64), comment="of the page that was sent; null: of none"),
        sa.PrimaryKeyConstraint("council_id", "seq", name="pk_explanations"),
        sa.UniqueConstraint("council_id", "once", name="uq_explanations_council_id_once"),
    )
    op.create_index("ix_explanations_entry", "explanations", ["council_id", "entry"])
    op.create_index(
        "ix_explanations_last", "explanations", ["council_id", "reported_on"],
        sqlite_where=sa.text("is_last"), postgresql_where=sa.text("is_last"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("explanations")
