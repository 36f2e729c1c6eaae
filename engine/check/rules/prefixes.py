"""Two councils of one installation give their cases different references."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem
from engine.variants import is_base


def look(policy: Policy) -> Iterator[Problem]:
    prefix = policy.variant.settings.reference_prefix
    alike = [council for council, taken in sorted(policy.neighbours.items()) if taken == prefix]
    if alike and not is_base(policy.variant):
        yield error(
            policy.place_in_settings(),
            f"References begin with {prefix}, and so do those of {' and '.join(alike)}, whose "
            f"{'folder stands' if len(alike) == 1 else 'folders stand'} beside this one: two cases would be called "
            f"{prefix}-2026-0001. Give each council a reference_prefix of its own.",
        )


RULE = Rule(
    name="prefixes", summary="The councils of one installation have different prefixes of references.", look=look,
    needs_variant=True,
)  # fmt: skip
