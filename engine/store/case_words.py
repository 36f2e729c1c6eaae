"""The words by which a case is found: of names, addresses and its reference, in small letters without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select

from engine.store.batch import Batch
from engine.store.schema import case_words, cases

_LONGEST = 40  #: characters of a word that are kept
_MOST = 200  #: words of a case
_SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")
#: A whole reference, or the end of one that is typed without its prefix; a task's number behind it is passed over.
_REFERENCE = re.compile(r"((?:[a-z][a-z0-9]{0,9}-)?\d{4}-\d{1,12})(?:\.\d{0,9})?")
_LAST = chr(0x10FFFF)  #: sorts behind every other character

_FORGET = delete(case_words).where(case_words.c.case_id == bindparam("b_case"))
_KEEP = insert(case_words).values(
    council_id=bindparam("b_council"), word=bindparam("word"), case_id=bindparam("b_case")
)


def words_in(text: str) -> list[str]:
    """The words of a text in its order, each once. `O’Brien` is one word, and so is a reference."""
    found: dict[str, None] = {}
    for part in _folded(text).split():
        reference = _REFERENCE.fullmatch(part)
        words = [reference[1]] if reference else _WORD.findall(part)
        found |= {word[:_LONGEST]: None for word in words if len(word) >= _SHORTEST}
    return list(found)


def words_of_reference(reference: str) -> list[str]:
    """`HBC-2026-0001` is found by itself, by `2026-0001`, by `0001` and, where it has two digits or more, by `1`."""
    folded = _folded(reference)
    year_and_number = folded.split("-", 1)[-1]
    number = folded.rpartition("-")[2]
    return [word[:_LONGEST] for word in dict.fromkeys((folded, year_and_number, number, number.lstrip("0"))) if word]


def keep_words(batch: Batch, *, reference: str, texts: Iterable[str]) -> None:
    """These texts' words, and the reference's, take the place of those the case was found by."""
    words = dict.fromkeys(words_of_reference(reference))
    for text in texts:
        words |= dict.fromkeys(words_in(text))
    batch.sweep(_FORGET)
    batch.sweep(_KEEP, *({"word": word} for word in list(words)[:_MOST]))


def cases_with(council_id: str, beginning: str) -> Select[Any]:
    """A query for the ids of the council's cases that have a word with this beginning."""
    return select(case_words.c.case_id).where(
        case_words.c.council_id == council_id,
        case_words.c.word >= beginning,
        case_words.c.word < beginning + _LAST,
    )


def reference_has(word: str) -> ColumnElement[bool]:
    """The case's reference has this word of a search in it: for who may not find cases by names or addresses."""
    return func.lower(cases.c.reference).contains(word, autoescape=True)


def _folded(text: str) -> str:
    """Small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
