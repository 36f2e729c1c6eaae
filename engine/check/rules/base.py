"""What a council takes over is pinned, and has been looked at since it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem, Severity
from engine.variants import PIN_FILE, BaseFolder, Pin, digest_of, is_base, said_of_the_act
from engine.words import day_in_words, listed


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
    elif not today:
        yield warning(
            Place(file=PIN_FILE),
            f"{variant.pin.base}, which is pinned, lies nowhere here: nobody can say whether it has changed since "
            f"{day_in_words(variant.pin.pinned_on)}, or whether what is pinned holds what the Act asks for. Put its "
            "folder beside this one.",
        )
    elif variant.pin.digest != digest_of(today):
        yield from _of_the_act(variant.id, variant.pin, today)
        yield warning(
            Place(file=PIN_FILE),
            f"{variant.pin.base} has changed since {day_in_words(variant.pin.pinned_on)}, and the council runs on it "
            f"as it was then. `asb update {variant.id}` shows what it changed and what that asks.",
        )


def _of_the_act(council: str, pin: Pin, today: Sequence[BaseFolder]) -> Iterator[Problem]:
    """What binds every council is as the base has it today, whatever was pinned and by whom."""
    pinned, now = said_of_the_act(pin.folders), said_of_the_act(today)
    gone = [name for name in now if name not in pinned]
    other = [name for name in now if name in pinned and pinned[name] != now[name]]
    for names, how in ((gone, "does not hold"), (other, "holds otherwise")):
        if names:
            yield error(
                Place(file=PIN_FILE),
                f"{pin.base} as it is pinned {how} what the Act asks for today: {listed(names)}. Take it over with "
                f"`asb update {council} --write`.",
            )


RULE = Rule(
    name="base", summary="What a council takes over is pinned, and has been looked at since it changed.", look=look,
    needs_variant=True, stands=frozenset(Severity),
)  # fmt: skip
