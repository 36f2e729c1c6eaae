"""References of cases that begin without an application are series of their own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COMMENT = "capitals after the council's prefix; empty: applications"


def upgrade() -> None:
    _made_anew([sa.Column("series", sa.String(5), nullable=False, comment=_COMMENT)], "'', ")


def downgrade() -> None:
    op.execute("DELETE FROM reference_counters WHERE series != ''")
    _made_anew([], "")


def _made_anew(columns: list[sa.Column[str]], values: str) -> None:
    """The table with the columns in its primary key, which no database changes in place."""
    op.rename_table("reference_counters", "reference_counters_before")
    keys = ("council_id", "year", *(column.name for column in columns))
    if op.get_bind().dialect.name != "sqlite":  # there the name of a key belongs to the schema, here to the table
        op.drop_constraint("pk_reference_counters", "reference_counters_before", type_="primary")
    op.create_table(
        "reference_counters",
        sa.Column("council_id", sa.String(80), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name="pk_reference_counters"),
    )
    op.execute(
        f"INSERT INTO reference_counters ({', '.join(keys)}, last)"  # noqa: S608  # names and a constant of this file
        f" SELECT council_id, year, {values}last FROM reference_counters_before"
    )
    op.drop_table("reference_counters_before")
