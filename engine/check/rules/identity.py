"""Nothing of another council stands in a council's folder, whether it was taken over or copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.check.finding import Place, error, warning
from engine.check.identity import Identity, identity_of, marks_in
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import listed
from engine.problems import Problem
from engine.variants import POLICY_FILE, SETTINGS_FILE, Base, Variant, clause_tables

#: Worked examples speak of roles and invented places; whose they are shows nowhere.
_EXAMPLES = "scenarios/"
_ENTRIES = (("agencies", "name"), ("people", "name"))


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    councils = {base.folder: found for base in variant.bases if (found := identity_of(base.folder, base.settings))}
    for base in variant.bases:
        if base.folder in councils:
            yield from _taken_over(variant, base, councils[base.folder].name)
    own = identity_of(variant.id, variant.tables[SETTINGS_FILE])
    mine = own.marks if own is not None else frozenset()
    agreed = {party for agreement in variant.settings.agreements for party in agreement.parties} - councils.keys()
    for other in {**dict(policy.others), **councils}.values():
        if other.folder != variant.id and other.folder not in agreed:
            yield from _spoken_of(variant, other, mine if other.folder not in councils else _said_anew(variant, other))


def _taken_over(variant: Variant, base: Base, council: str) -> Iterator[Problem]:
    """What the settings and clauses have from another council."""
    settings, contact = variant.tables[SETTINGS_FILE], _contact(variant)
    same = [key for key, text in base.table("contact").items() if contact.get(key) == text]
    if same:
        yield error(
            Place(file=SETTINGS_FILE),
            f"Letters and pages would say how to reach {council}: {listed(same)}. Write your own in [contact].",
        )
    if base.settings.get("reference_prefix") and settings.get("reference_prefix") == base.settings["reference_prefix"]:
        yield error(
            Place(file=SETTINGS_FILE),
            f"The references of cases begin with {settings['reference_prefix']}, as those of {council}. Write a "
            "reference_prefix of your own.",
        )
    for key, part in _ENTRIES:
        same = [str(entry.get(part)) for entry in _entries(base.settings, key) if entry in _entries(settings, key)]
        if same:
            yield error(
                Place(file=SETTINGS_FILE),
                f"{council} has the {key} {listed(same)}. Write your own as [[{key}]], and leave out the others: "
                f'without = ["{key}.…"].',
            )
    theirs = dict(clause_tables(base.clauses))
    same = [clause for clause, table in clause_tables(variant.policy_table) if theirs.get(clause) == table]
    if same:
        shown = ", ".join(same[:6]) + (f" and {len(same) - 6} more" if len(same) > 6 else "")
        yield warning(
            Place(file=POLICY_FILE),
            f"{shown}: the text is {council}'s. Write your own clauses in {POLICY_FILE} and say which of these each "
            "of them restates, or leave them out.",
        )


def _contact(variant: Variant) -> Mapping[str, Any]:
    found = variant.tables[SETTINGS_FILE].get("contact")
    return found if isinstance(found, Mapping) else {}


def _entries(settings: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = settings.get(key)
    return [each for each in entries if isinstance(each, Mapping)] if isinstance(entries, list) else []


def _said_anew(variant: Variant, other: Identity) -> frozenset[str]:
    """The marks of a base that the folder's own settings say too, where they do not merely have them from it."""
    base = next(base for base in variant.bases if base.folder == other.folder)
    settings = variant.tables[SETTINGS_FILE]
    contact = {key: text for key, text in _contact(variant).items() if base.table("contact").get(key) != text}
    own = {
        "name": settings.get("name", ""),
        "contact": contact or {"name": settings.get("name", "")},
        **{
            key: [e for e in _entries(settings, key) if e not in _entries(base.settings, key)]
            for key in ("agencies", "teams")
        },
    }
    found = identity_of(variant.id, own)
    return found.marks if found is not None else frozenset()


def _spoken_of(variant: Variant, other: Identity, mine: frozenset[str]) -> Iterator[Problem]:
    """The files that name another council, its places, its bodies or its addresses."""
    foreign = other.marks - mine
    for file, data in variant.files.items():
        if file.startswith(_EXAMPLES) or file in (SETTINGS_FILE, POLICY_FILE):
            continue
        found = marks_in(data.decode("utf-8", "replace"), foreign)
        if found:
            yield error(
                Place(file=file),
                f"It speaks of {listed(found)}, as {other.name} does. Say it of your own council, or let it print what "
                "stands in your settings, such as ((council.name)).",
            )


RULE = Rule(
    name="identity", summary="Nothing of another council stands in a council's folder, taken over or copied.",
    look=look, needs_variant=True,
)  # fmt: skip
