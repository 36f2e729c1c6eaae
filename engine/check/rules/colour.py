"""The council's colour: white words on it, and lines of it on white, can be seen by everybody (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem

#: What WCAG 2.2 asks of words of an ordinary size at level AA, which the law asks of public bodies.
_LEAST = 4.5


def look(policy: Policy) -> Iterator[Problem]:
    colour = policy.variant.settings.colour
    if colour and (contrast := contrast_with_white(colour)) < _LEAST:
        yield error(
            policy.place_in_settings(),
            f"The colour {colour} has a contrast of {contrast:.2f}:1 with white, and white words stand on it. Choose a "
            f"darker one, of at least {_LEAST}:1.",
        )


def contrast_with_white(colour: str) -> float:
    """Of `#rrggbb`: from 1 (white) to 21 (black), cut to two places and never rounded up to what is asked."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return int(105 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)) / 100


def _linear(share: float) -> float:
    """How bright a share of one of the three colours is to the eye: WCAG's relative luminance."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


RULE = Rule(
    name="colour", summary="White words can be read on the council's colour.", look=look, needs_variant=True,
)  # fmt: skip
