"""A council that bears another id from now on: every row of it, in every table, and nothing else of them."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from engine.store.schema import cases, metadata, parcels, people, policy_versions


def rows_of_council(connection: Connection, council_id: str) -> tuple[int, int]:
    """How many people and cases it has."""
    counted = [
        len(connection.execute(select(table.c.council_id).where(table.c.council_id == council_id)).all())
        for table in (people, cases)
    ]
    return counted[0], counted[1]


def is_there(connection: Connection, council_id: str) -> bool:
    """Whether any table holds anything of the council."""
    return any(
        connection.execute(select(table.c.council_id).where(table.c.council_id == council_id).limit(1)).first()
        for table in metadata.sorted_tables
        if "council_id" in table.c
    )


def has_versions(connection: Connection, council_id: str) -> bool:
    """Whether a version of its policy was ever put in force."""
    query = select(policy_versions.c.number).where(policy_versions.c.council_id == council_id).limit(1)
    return connection.execute(query).first() is not None


def move_council(connection: Connection, old: str, new: str) -> None:
    """The records stay as they are: each case keeps the id with which its own begins."""
    of_old = cases.c.council_id == old
    connection.execute(update(cases).where(of_old, cases.c.opened_for.is_(None)).values(opened_for=old))
    for table in metadata.sorted_tables:
        if "council_id" in table.c:
            connection.execute(update(table).where(table.c.council_id == old).values(council_id=new))
    for column in (parcels.c.from_council, parcels.c.to_council):
        connection.execute(update(parcels).where(column == old).values({column.name: new}))
