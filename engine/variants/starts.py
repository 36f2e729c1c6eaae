"""`[starts]`: cases for which nobody applied, each begun by staff with the form of a process of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.variants.tables import TomlTable

_SERIES = re.compile(r"[A-Z]{1,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStart:
    """A way to begin a case without an application: it has no applicant, and no figure counts it as an application."""

    name: str  #: as `asb open --start` names it
    process: str  #: id of the process whose plain start event has the form
    word: str  #: what such a case is, in words: "Ombudsman's remedy"
    series: str  #: capitals after the council's prefix, so that its references are a series of their own
    teams: tuple[str, ...]  #: ids of those who may begin one


def read_starts(table: TomlTable) -> tuple[CaseStart, ...]:
    """What `[starts.…]` says, in its order."""
    found: list[CaseStart] = []
    for name, inner in table.named_tables().items():
        start = CaseStart(
            name=name,
            process=inner.text("process", required=True),
            word=inner.text("word", required=True),
            series=inner.text("series", required=True, fits=_SERIES, like="R"),
            teams=inner.texts("teams"),
        )
        if not start.teams:
            inner.complain('“teams” is missing: nobody may begin such a case. Write teams = ["community_safety"].')
        other = next((each for each in found if each.series == start.series), None)
        if other is not None:
            inner.complain(f"The series “{start.series}” is that of “{other.name}” already. Write another.")
        inner.refuse_the_rest()
        found.append(start)
    return tuple(found)
