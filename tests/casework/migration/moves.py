"""A case under one drawing, moved to another: what the tests of moves say in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.casework.migration.move_case import move_case
from engine.casework.migration.order import CaseMoved, MoveOrder
from engine.casework.migration.table import DeadlineChoice, OwnersTable
from engine.casework.migration.whereabouts import VersionWords
from engine.errors import MoveRefusedError
from engine.runtime.tokens import unpack_tokens
from engine.store import instances
from engine.store.cases import store_version
from engine.variants import Variant
from tests.runtime.play import Case

WORDS = VersionWords(was="version 7", now="version 8")


def order_of(
    new: Variant, *, became: Mapping[str, str] | None = None, deadlines: Mapping[str, str] | None = None,
    despite: str = "It does not matter here.",
) -> MoveOrder:  # fmt: skip
    """`became`: of elements of the process `main`, or of any other as “process/element”."""
    elements: dict[str, dict[str, str]] = {}
    for old, now in (became or {}).items():
        process, slash, element = old.rpartition("/")
        elements.setdefault(process if slash else "main", {})[element] = now
    table = OwnersTable(
        elements=elements, deadlines={limit: DeadlineChoice(word) for limit, word in (deadlines or {}).items()}
    )
    return MoveOrder(
        variant=new, words=WORDS, by="Owner 1", why="The policy was changed.", table=table, despite=despite
    )


def keep(case: Case, new: Variant) -> None:
    """The version is kept, as one that was put in force is."""
    with case.office.database.begin() as connection:
        now = case.office.clock.now()
        store_version(connection, digest=new.digest, council_id=new.id, pack=new.pack(), now=now)


def move(case: Case, new: Variant, **said: Any) -> CaseMoved:
    keep(case, new)
    moved = move_case(case.office, case.reference, order_of(new, **said))
    assert moved is not None
    assert case.is_record_whole()
    case.work()
    return moved


def refusals(case: Case, new: Variant, **said: Any) -> tuple[str, ...]:
    """Why it cannot move; nothing of it may have happened."""
    keep(case, new)
    before = everything(case)
    with pytest.raises(MoveRefusedError) as raised:
        move_case(case.office, case.reference, order_of(new, **said))
    assert everything(case) == before
    return raised.value.sentences


def everything(case: Case) -> Any:
    """All rows of the case, as they are in the database."""
    from sqlalchemy import select

    from engine.store.schema import metadata

    with case.office.database.begin() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
            if "case_id" in table.c
        }


def standing(case: Case) -> list[str]:
    """The elements at which tokens stand, those inside sub-processes with these: “round > inside”."""
    found: list[str] = []
    case_id = case.case().case_id
    with case.office.database.begin() as connection:
        for row in instances.running_instances(connection, case_id):
            state = instances.load_instance(connection, case_id, row.number).state
            tokens = {token.number: token for token in unpack_tokens(state)}
            for token in tokens.values():
                way, scope = token.element_id, token.scope
                while scope is not None:
                    way, scope = f"{tokens[scope].element_id} > {way}", tokens[scope].scope
                found.append(way)
    return sorted(found)
