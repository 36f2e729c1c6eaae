"""The clauses of a base that went with what carried them out: of an alternative that a council does not use, or of a
part that it draws itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.variants.folder import SCENARIOS
from engine.variants.overlay.sheet import Sheet
from engine.variants.policy import CONFLICTS, clause_tables, is_of_the_act, without_clauses

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()-]*")


def drop_unused_clauses(sheet: Sheet, dropped: Iterable[bytes], own: Mapping[str, Any]) -> None:
    """Take out what only the `dropped` files name, and no line of the sheet and none of the folder's `own` policy.toml.

    A clause of the Act stays, whoever carries it out.
    """
    inherited = {clause for clause, _ in clause_tables(sheet.clauses)} - {clause for clause, _ in clause_tables(own)}
    gone = inherited & _named_in(data.decode("utf-8", "replace") for data in dropped)
    if not gone:
        return
    left = [data.decode("utf-8", "replace") for file, data in sheet.files.items() if not file.startswith(SCENARIOS)]
    gone -= _named_in([*left, repr(sheet.settings), repr(own), repr(sheet.clauses.get(CONFLICTS))])
    sheet.clauses = without_clauses(sheet.clauses, {clause for clause in gone if not is_of_the_act(clause)})


def _named_in(texts: Iterable[str]) -> set[str]:
    return {found.rstrip(".") for text in texts for found in _ID.findall(text)}
