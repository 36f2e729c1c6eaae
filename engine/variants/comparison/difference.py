"""One thing in which two variants differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class How(StrEnum):
    ADDED = "added"  #: only the second has it
    CHANGED = "changed"
    MOVED = "moved"  #: both have it, in another place or order
    GONE = "gone"  #: only the first has it


#: What is spoken of as many.
_MANY = ("its words", "its choices", "its other titles")


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """What of something is otherwise: its name, a cell, a paragraph."""

    what: str  #: as a sentence calls it: "its name"
    before: str  #: "" where it says nothing
    after: str
    told: str = ""  #: in a sentence, where that is more than the one instead of the other

    @property
    def sentence(self) -> str:
        verb = "are" if self.what.startswith(_MANY) else "is"
        return self.told or f"{self.what} {verb} {instead(self.after, self.before)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    how: How
    what: (
        str  #: limit, table, process, step, way, note, drawing, question, letter, page, clause, setting, example, file
    )
    sentence: str  #: what the second says instead of what the first says
    clauses: tuple[str, ...] = ()  #: those that it carries out, in the second where that has it
    file: str = ""
    element_id: str = ""  #: of what is drawn, asked, or a row; "" for the whole file
    details: tuple[Detail, ...] = ()  #: where something is in both: what of it is otherwise, in full
    follows: tuple[str, ...] = ()  #: where else it counts, each a sentence
    origin: str = ""  #: where it is written: "hertsmere/action.bpmn", 'hertsmere/variant.toml: [limits] "minutes"'

    @property
    def said(self) -> str:
        """The sentence, and what follows from it."""
        return " ".join((self.sentence, *self.follows))

    @property
    def told(self) -> str:
        """All of it, behind its clauses."""
        return f"{', '.join(self.clauses)}: {self.said}" if self.clauses else self.said

    def to_json(self) -> dict[str, Any]:
        return {
            "how": self.how.value,
            "what": self.what,
            "sentence": self.sentence,
            "clauses": list(self.clauses),
            "file": self.file,
            "element_id": self.element_id,
            "details": [{"what": each.what, "before": each.before, "after": each.after} for each in self.details],
            "follows": list(self.follows),
            "origin": self.origin,
        }


def details_of(pairs: Iterable[tuple[str, Any, Any]]) -> tuple[Detail, ...]:
    """Of what is called so, was this and is that: where the two differ."""
    found = ((what, in_words(before), in_words(after)) for what, before, after in pairs)
    return tuple(Detail(what=what, before=before, after=after) for what, before, after in found if before != after)


def sentence_of(details: Iterable[Detail]) -> str:
    return "; ".join(detail.sentence for detail in details)


def in_words(value: Any) -> str:
    """A value as a detail says it; "" for none."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value))
    return str(getattr(value, "text", value)).strip()


def is_there(how: How) -> str:
    return "new" if how is How.ADDED else "gone"


def instead(after: object, before: object) -> str:
    """`“now” instead of “before”`; `nothing` for what is not said."""
    now, was = where_they_part(after, before)
    return f"{quoted(now)} instead of {quoted(was)}"


def quoted(value: object) -> str:
    """A value in quotation marks, cut where it is long; `nothing` for none."""
    text = " ".join(in_words(value).split())
    if value in _YES_OR_NO:
        return text
    return f"“{text if len(text) <= 160 else text[:157] + '…'}”" if text else "nothing"


#: What stands in a sentence without quotation marks.
_YES_OR_NO = ("yes", "no", True, False)
#: Texts longer than this are told from where they part, with so many words before and behind.
_LONG, _CONTEXT = 80, 4


def where_they_part(*values: Any) -> list[Any]:
    """Long texts without what all begin and end with, by words."""
    if not all(isinstance(value, str) and len(value) > _LONG for value in values):
        return list(values)
    texts = [value.split() for value in values]
    begins = _shared(texts)
    rest = [text[begins:] for text in texts]
    ends = _shared([text[::-1] for text in rest])
    begins, ends = max(begins - _CONTEXT, 0), max(ends - _CONTEXT, 0)
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
