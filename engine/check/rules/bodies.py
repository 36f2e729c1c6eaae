"""A text names no body that the council does not have: another's police force, a service called otherwise here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.check.finding import Place, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import listed
from engine.problems import Problem
from engine.variants import POLICY_FILE, SETTINGS_FILE, Variant

#: Worked examples speak of roles and invented places; what settings and clauses say is what there is.
_NOT_LOOKED_AT = ("scenarios/", SETTINGS_FILE, POLICY_FILE)
_WORD = r"[A-Z][\w’'-]*"
#: Capitalised words of which the last says that it is a body: "Derbyshire Constabulary", "Health and Care Board".
_BODY = re.compile(
    rf"\b(?:{_WORD} (?:(?:and|for|of) )?){{1,8}}"
    r"(?:Association|Authority|Board|Commissioner|Constabulary|Council|Homes|Ombudsman|Partnership|Police|Services?|"
    rf"Social Care|Team|Trust)\b(?! (?:(?:and|for|of) )?{_WORD})"
)
_ARTICLE = re.compile(r"^(?:The|A|An|Our|Your) ")


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    # What a base lists goes with its texts, also where a council lists others.
    listed_before = [base.settings.get("other_bodies") for base in variant.bases]
    there_are = "\n".join(_texts((variant.tables[SETTINGS_FILE], variant.policy_table, listed_before)))
    for file, data in variant.files.items():
        if file.startswith(_NOT_LOOKED_AT):
            continue
        named = {_ARTICLE.sub("", name) for name in _BODY.findall(data.decode("utf-8", "replace"))}
        strange = [name for name in named if " " in name and not _is_here(name, there_are, variant)]
        if strange:
            yield warning(
                Place(file=file),
                f"It speaks of {listed(strange)}, and the council has no agency or team of that name. Say what it is "
                f"called here, or list it in {SETTINGS_FILE} under other_bodies.",
            )


def _is_here(name: str, there_are: str, variant: Variant) -> bool:
    """Whether settings or clauses speak of it, with the council's own name before it or without."""
    words = name.split()
    own = set(variant.settings.name.split())
    while len(words) > 2 and words[0] in own and " ".join(words) not in there_are:
        words = words[1:]
    return " ".join(words) in there_are


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for inner in found.values():
            yield from _texts(inner)
    elif isinstance(found, Sequence):
        for inner in found:
            yield from _texts(inner)


RULE = Rule(
    name="bodies", summary="A text names no body that the council does not have.",
    look=look, needs_variant=True,
)  # fmt: skip
