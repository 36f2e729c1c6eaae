"""People who work for several councils: an address is one person's in a council while they work there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WORKING = sa.text("is_active")


def upgrade() -> None:
    _sign_everybody_out_where_the_table_is_made_anew()
    with op.batch_alter_table("people") as people:
        people.drop_constraint("uq_people_email", type_="unique")
        people.drop_constraint("uq_people_oidc_subject", type_="unique")
    for name, column in (("ix_people_email_working", "email"), ("ix_people_oidc_subject_working", "oidc_subject")):
        op.create_index(
            name, "people", ["council_id", column], unique=True, sqlite_where=_WORKING, postgresql_where=_WORKING
        )
    op.create_index("ix_people_email", "people", ["email"])


def downgrade() -> None:
    _sign_everybody_out_where_the_table_is_made_anew()
    for name in ("ix_people_email", "ix_people_oidc_subject_working", "ix_people_email_working"):
        op.drop_index(name, "people")
    with op.batch_alter_table("people") as people:
        people.create_unique_constraint("uq_people_oidc_subject", ["oidc_subject"])
        people.create_unique_constraint("uq_people_email", ["email"])


def _sign_everybody_out_where_the_table_is_made_anew() -> None:
    """SQLite cannot change a table to which another's rows refer."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sessions")
