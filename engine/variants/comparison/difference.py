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
    now, was = where_they_part(after, before)
    return f"{quoted(now)} instead of {quoted(was)}"


def quoted(value: object) -> str:
    """A value in quotation marks, cut where it is long; `nothing` for none."""
    text = " ".join(str(value).split()) if value not in (None, "", (), False) else ""
    if value is False:
        return "no"
    if value is True:
        return "yes"
    return f"“{text if len(text) <= 160 else text[:157] + '…'}”" if text else "nothing"


#: Texts longer than this are told from where they part.
_LONG = 80


def where_they_part(*values: Any) -> list[Any]:
    """Long texts without what all begin and end with, by words."""
    if not all(isinstance(value, str) and len(value) > _LONG for value in values):
        return list(values)
    texts = [value.split() for value in values]
    begins = _shared(texts)
    rest = [text[begins:] for text in texts]
    ends = _shared([text[::-1] for text in rest])
    cut = [text[: len(text) - ends] for text in rest]
    if not all(cut):  # where one only says more, a word beside it shows where
        begins, ends = max(begins - 1, 0), max(ends - 1, 0)
        cut = [text[begins : len(text) - ends] for text in texts]
    before, behind = "… " if begins else "", " …" if ends else ""
    return [f"{before}{' '.join(text)}{behind}" for text in cut]


def _shared(texts: list[list[str]]) -> int:
    """How many words all begin with."""
    same = 0
    for words in zip(*texts, strict=False):
        if len(set(words)) > 1:
            break
        same += 1
    return same
