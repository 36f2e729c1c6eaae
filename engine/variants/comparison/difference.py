"""One thing in which two variants differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class How(StrEnum):
    ADDED = "added"  #: only the second has it
    CHANGED = "changed"
    GONE = "gone"  #: only the first has it


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    how: How
    what: str  #: limit, table, step, way, question, letter, page, clause, setting
    sentence: str  #: what the second says instead of what the first says
    clauses: tuple[str, ...] = ()  #: those that it carries out, in the second where that has it
    file: str = ""
    element_id: str = ""  #: of what is drawn, asked, or a row; "" for the whole file

    def to_json(self) -> dict[str, Any]:
        return {
            "how": self.how.value,
            "what": self.what,
            "sentence": self.sentence,
            "clauses": list(self.clauses),
            "file": self.file,
            "element_id": self.element_id,
        }


def instead(after: object, before: object) -> str:
    """`“now” instead of “before”`; `nothing` for what is not said."""
    return f"{quoted(after)} instead of {quoted(before)}"


def quoted(value: object) -> str:
    """A value in quotation marks, cut where it is long; `nothing` for none."""
    text = " ".join(str(value).split()) if value not in (None, "", (), False) else ""
    if value is False:
        return "no"
    if value is True:
        return "yes"
    return f"“{text if len(text) <= 160 else text[:157] + '…'}”" if text else "nothing"
