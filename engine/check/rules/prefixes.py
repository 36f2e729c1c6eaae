"""Two councils of one installation give their cases different references."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem
from engine.variants import is_base


def look(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    alike = [council for council, taken in sorted(policy.neighbours.items()) if taken == settings.reference_prefix]
    if not alike or is_base(policy.variant):
        return
    # A copy of a folder, to try something in it, is the same council: it only must not be served as well.
    are_copies = all(council in policy.others and policy.others[council].name == settings.name for council in alike)
    say = warning if are_copies else error
    yield say(
        policy.place_in_settings(),
        f"References begin with {settings.reference_prefix}, and so do those of {' and '.join(alike)}, whose "
        f"{'folder stands' if len(alike) == 1 else 'folders stand'} beside this one: two cases would be called "
        f"{settings.reference_prefix}-2026-0001. Give each council a reference_prefix of its own.",
    )


RULE = Rule(
    name="prefixes", summary="The councils of one installation have different prefixes of references.", look=look,
    needs_variant=True,
)  # fmt: skip
