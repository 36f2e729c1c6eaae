"""What a base leaves to its councils is said, and what it merely suggests is accepted by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import listed
from engine.problems import Problem
from engine.variants import SETTINGS_FILE, Variant, setting_at
from engine.variants.limits import LIMITS_FILE


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    yield from _not_said(variant)
    yield from _left_open(variant)
    yield from _not_accepted(variant)


def _not_said(variant: Variant) -> Iterator[Problem]:
    said = variant.tables[SETTINGS_FILE]
    lines = {edit.key for edit in variant.edits}
    for key, words in _told_by_bases(variant, "left_to_councils").items():
        if not _is_line(key, lines) and not _is_said(said, key):
            yield error(
                Place(file=SETTINGS_FILE, element_id=key, element_name=key),
                f"{words.rstrip('.')}: only the council can say it, and it does not. Write {key} in {SETTINGS_FILE}.",
            )


def _is_said(said: Mapping[str, Any], key: str) -> bool:
    """Whether there is a value: an agency's is that of one with the id that is asked for, or of that kind."""
    table, _, rest = key.partition(".")
    kind, _, inner = rest.partition(".")
    agencies = said.get(table) if table == "agencies" else None
    listed_ones = agencies if isinstance(agencies, list) else []
    meant = [each for each in listed_ones if isinstance(each, Mapping) and each.get("kind") == kind]
    values = [setting_at(said, key), *(each.get(inner) if inner else each for each in meant)]
    return any(value not in (None, "", [], {}) for value in values)


def _left_open(variant: Variant) -> Iterator[Problem]:
    """What the folder's own document does not say, so that nothing inherited stands for it."""
    own = {edit.key for edit in variant.edits if edit.folder == variant.id}
    for key, words in variant.settings.left_open.items():
        if not _says_itself(variant, key, own):
            yield error(
                Place(file=SETTINGS_FILE, element_id=key, element_name=key),
                f"{words.rstrip('.')}: the document leaves it open, and no default holds. Write {key} in "
                f"{SETTINGS_FILE}.",
            )


def _not_accepted(variant: Variant) -> Iterator[Problem]:
    suggested = _told_by_bases(variant, "suggested")
    accepted = variant.settings.accept
    own = {edit.key for edit in variant.edits if edit.folder == variant.id}
    for key in accepted:
        if key not in suggested:
            yield error(
                Place(file=SETTINGS_FILE, element_id="accept", element_name="accept"),
                f"Nothing called “{key}” is suggested. There are: {listed(list(suggested))}.",
            )
    limits = {f"limits.{name}" for name in (*variant.limits, *variant.limits_switched_off)}
    for key, why in suggested.items():
        if key.startswith("limits.") and key not in limits:  # of a way that the council does not go
            continue
        if key not in accepted and not _says_itself(variant, key, own):
            yield warning(
                Place(file=SETTINGS_FILE, element_id=key, element_name=key),
                f"{key} is only suggested ({why.rstrip('.')}). Write your own, or accept it by its name: accept = "
                f'["{key}"].',
            )


def _says_itself(variant: Variant, key: str, own_lines: set[str]) -> bool:
    """Whether the council has a value of its own: a line over the base, a table of limits, another setting."""
    if _is_line(key, own_lines) or (key.startswith("limits.") and variant.origin.get(LIMITS_FILE) == variant.id):
        return True
    here = setting_at(variant.tables[SETTINGS_FILE], key)
    return here not in (None, "") and here != setting_at(_of_the_bases(variant), key)


def _is_line(key: str, lines: set[str]) -> bool:
    """Whether a line says it, which is no value in variant.toml: a limit."""
    kind, _, name = key.partition(".")
    return f'[{kind}] "{name}"' in lines


def _told_by_bases(variant: Variant, table: str) -> Mapping[str, str]:
    """What the folders below ask of this one, whatever it says of that; what it asks itself is for others to say."""
    found: dict[str, str] = {}
    for base in variant.bases:
        found |= {key: str(words) for key, words in base.table(table).items()}
    return found


def _of_the_bases(variant: Variant) -> Mapping[str, Any]:
    merged: dict[str, Any] = {}
    for base in variant.bases:
        merged |= base.settings
    return merged


RULE = Rule(
    name="settings", summary="What a base leaves to its councils is said, and what it suggests is accepted by name.",
    look=look, needs_variant=True,
)  # fmt: skip
