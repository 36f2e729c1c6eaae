"""Which worked examples of a variant a command plays."""

from __future__ import annotations

from engine.errors import BadInputError
from engine.scenarios import Scenario, scenarios_of
from engine.variants import Variant


def chosen_scenarios(variant: Variant, name: str | None) -> list[Scenario]:
    scenarios = scenarios_of(variant)
    found = [scenario for scenario in scenarios if name in (None, scenario.name)]
    if not found:
        known = ", ".join(scenario.name for scenario in scenarios) or "none"
        raise BadInputError(
            f"{variant.id} has no scenario “{name}”. It has: {known}." if name else f"{variant.id} has no scenarios."
        )
    return found
