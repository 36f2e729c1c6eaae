"""Cases that may be about the same people or the same address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine import feel
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.model import CaseSummary
from engine.person import spoken_name
from engine.store import case_list
from engine.store.case_list import LikeCase
from engine.store.facts import facts_of_cases

_WORD = re.compile(r"[^\W_]+")  # a house number too, which no search would look for

#: Most cases that are compared, those first that share most words.
MOST_COMPARED = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedCase:
    case: LikeCase
    is_earlier: bool  #: than the case that is looked at
    shared: tuple[tuple[str, str], ...]  #: (what, its value): what both cases say


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedPage:
    case: CaseSummary
    title: str
    cases: tuple[RelatedCase, ...]  #: those first that share most


def read_related(office: Office, reference: str, looker: Looker, *, council_id: str) -> RelatedPage:
    """The council's other cases that say the same of a fact by which cases are found (`found_by` in variant.toml).

    Nothing for somebody who does not see every case. Raises CaseNotFoundError.
    """
    with look_at(office, reference, looker, council_id=council_id) as look:
        found = _compared(look) if look.sees_everything else []
        return RelatedPage(case=look.summary, title=look.title, cases=tuple(found))


def _compared(look: Look) -> list[RelatedCase]:
    """Two queries: which cases share words, and what they say."""
    candidates = case_list.sharing_words(look.connection, look.row.council_id, look.case_id, limit=MOST_COMPARED)
    names = look.settings.found_by
    told = facts_of_cases(look.connection, [row.case_id for row in candidates], names)
    own = _said((row.name, feel.load(row.value)) for row in look.told if row.is_current and row.name in names)
    theirs: dict[int, list[tuple[str, feel.Value]]] = {}
    for fact in told:
        theirs.setdefault(fact.case_id, []).append((fact.name, feel.load(fact.value)))
    found = []
    for row in candidates:
        said = _said(theirs.get(row.case_id, ()))
        shared = {own[key] for key in own.keys() & said.keys()}
        if shared:
            found.append(
                RelatedCase(
                    case=row,
                    is_earlier=row.opened_at < look.row.opened_at,
                    shared=tuple((look.label(name), " ".join(text.split())) for name, text in sorted(shared)),
                )
            )
    return sorted(found, key=lambda each: (-len(each.shared), each.case.reference))


def _said(told: Iterable[tuple[str, feel.Value]]) -> Mapping[frozenset[str], tuple[str, str]]:
    """What is said, by its words: `1 Any Street` and `Any Street, 1` are the same, whichever fact says it."""
    said: dict[frozenset[str], tuple[str, str]] = {}
    for name, value in told:
        for text in map(spoken_name, value if isinstance(value, list) else [value]):
            if isinstance(text, str) and (words := frozenset(_WORD.findall(text.casefold()))):
                said.setdefault(words, (name, text))
    return said
