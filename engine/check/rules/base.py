"""What a council takes over is pinned, and has been looked at since it changed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem
from engine.variants import PIN_FILE, is_base
from engine.words import day_in_words


def look(policy: Policy) -> Iterator[Problem]:
    variant, today = policy.variant, policy.base_today
    if today is None or not variant.bases or is_base(variant):
        return
    if variant.pin is None:
        yield warning(
            policy.place_in_settings(),
            f"The base, {variant.bases[-1].folder}, is not pinned: what it changes arrives unseen. `asb update "
            f"{variant.id} --write` pins it as it is now.",
        )
    elif variant.pin.digest != today:
        yield warning(
            Place(file=PIN_FILE),
            f"{variant.pin.base} has changed since {day_in_words(variant.pin.pinned_on)}, and the council runs on it "
            f"as it was then. `asb update {variant.id}` shows what it changed and what that asks.",
        )


RULE = Rule(
    name="base", summary="What a council takes over is pinned, and has been looked at since it changed.", look=look,
    before_serving=False, needs_variant=True,
)  # fmt: skip
