"""By what another council would be recognised: its names, numbers, addresses, teams, codes; from its own settings and
policy, never from a list made by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from engine.check.identity import identity_of, marks_in
from engine.variants import SETTINGS_FILE, Variant, load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
_OTHERS = (ROOT / "tests/model/examplia", ROOT / "tests/model/east_hertfordshire")
#: Abbreviations (CSIO, HBC) and codes (CT3a) in the words of a policy.
_CODE = re.compile(r"\b(?:[A-Z]{2,}[0-9]+[a-z]?|[A-Z]{3,})\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@cache
def councils() -> dict[str, Variant]:
    """Every council that there is in the checkout, by its folder: whoever says how it is reached."""
    folders = [path.parent for path in sorted(BPMN.glob(f"*/{SETTINGS_FILE}"))] + list(_OTHERS)
    found = {folder.name: load_variant(folder, root=BPMN) for folder in folders}
    return {name: variant for name, variant in found.items() if variant.settings.contact}


@cache
def _of_nobody() -> dict[str, Variant]:
    return {folder: load_variant(BPMN / folder, root=BPMN) for folder in ("model", "statutory")}


def foreign_to(council: Variant) -> frozenset[str]:
    """What the other councils are recognised by, and this one and what is nobody's do not say themselves."""
    nobody = _of_nobody()
    theirs = {
        word
        for name, other in councils().items()
        if name != council.id and name not in {base.folder for base in council.bases}
        for word in _words_of(other)
    }
    own = set(_words_of(council)) | {code for each in nobody.values() for code in _codes(each)}
    said = " ".join([*_policy_texts(council), str(council.tables[SETTINGS_FILE])])
    return frozenset(word for word in theirs - own if not marks_in(said, [word]))


def found_in(text: str, words: Iterable[str]) -> list[str]:
    return marks_in(text, words)


def _words_of(council: Variant) -> Iterator[str]:
    table = council.tables[SETTINGS_FILE]
    identity = identity_of(council.id, {**table, "name": council.settings.name})
    assert identity is not None
    yield from identity.marks
    yield council.settings.name
    yield f"{council.settings.reference_prefix}-"
    yield from (team.name for team in council.settings.teams if len(team.name.split()) > 2)
    yield from (agency.name for agency in council.settings.agencies if len(agency.name.split()) > 2)
    yield from _EMAIL.findall(str(table))
    yield from _codes(council)


def _codes(council: Variant) -> Iterator[str]:
    for text in _policy_texts(council):
        yield from _CODE.findall(text)
    yield from (letter.id for letter in council.letters.values() if _CODE.fullmatch(letter.id))


def _policy_texts(council: Variant) -> Iterator[str]:
    yield from (clause.text for clause in council.policy.values())
    for conflict in council.conflicts:
        yield from (conflict.sentence, conflict.what_we_do)
