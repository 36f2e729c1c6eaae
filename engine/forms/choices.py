"""What there is to choose from: as a form lists it, or works it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.forms.model import EvaluationMoment, Field, Option


def options_of(field: Field, scope: Mapping[str, Any], moment: EvaluationMoment) -> tuple[Option, ...]:
    """The options that are offered. Raises FeelError where the form computes them and cannot."""
    if field.options_from is not None:
        return read_options(field.options_from.evaluate(scope, **moment))
    if field.offered_when is None:
        return field.options
    conditions = field.offered_when.evaluate(scope, **moment)
    found = conditions if isinstance(conditions, Mapping) else {}
    return tuple(option for option in field.options if found.get(option.value, True) is True)


def read_options(value: Any) -> tuple[Option, ...]:
    """The options that an expression gives: a list of texts, or of contexts with `value` and perhaps `label`."""
    options = []
    for item in value if isinstance(value, list) else []:
        pair = item if isinstance(item, Mapping) else {"value": item}
        chosen, label = pair.get("value"), pair.get("label")
        if isinstance(chosen, str):
            options.append(Option(value=chosen, label=label if isinstance(label, str) else chosen))
    return tuple(options)
