"""The floor of the Act: below its own threshold no policy and no person can go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.casework.step.evaluator import Evaluator
from engine.errors import FloorMetError
from engine.variants import Variant


def hold_the_floor(variant: Variant, told: Mapping[str, Any], evaluator: Callable[[], Evaluator]) -> None:
    """L104.4: where the Act's own threshold is met, nobody decides “not met”. Raises FloorMetError.

    `evaluator` sees the case with what is told; it is asked for only where the fact that decides is among that.
    """
    floor = variant.settings.floor
    if floor is None or told.get(floor.fact) is not False:
        return
    seen = evaluator()
    definitions = variant.decisions[floor.decision]
    explanation = definitions.explain(floor.decision, seen.scope, now=seen.now, functions=seen.functions)
    if explanation.value is True:
        raise FloorMetError(explanation.text())
