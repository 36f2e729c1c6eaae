"""FEEL, the Friendly Enough Expression Language of DMN 1.5: values, expressions, unary tests, built-in functions.

An expression is parsed once, compiled to closures and evaluated within bounds: no `eval`, no attribute of a Python
object, no clock but the one handed in. See `docs/feel.md`.
"""

from __future__ import annotations

from engine.errors import FeelError, FeelLimitError, FeelSyntaxError
from engine.feel.analysis import Call
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.expression import Expression, UnaryTests, evaluate, parse, parse_unary_tests
from engine.feel.json_values import dump, from_json, load, to_json
from engine.feel.syntax import OwnType, TypeOf
from engine.feel.values import DaysTimeDuration, FeelFunction, FeelRange, Value, YearsMonthsDuration

#: The names of the built-in functions.
BUILTINS: frozenset[str] = frozenset(BUILTIN_FUNCTIONS)

__all__ = [
    "BUILTINS",
    "Call",
    "DaysTimeDuration",
    "Expression",
    "FeelError",
    "FeelFunction",
    "FeelLimitError",
    "FeelRange",
    "FeelSyntaxError",
    "OwnType",
    "TypeOf",
    "UnaryTests",
    "Value",
    "YearsMonthsDuration",
    "dump",
    "evaluate",
    "from_json",
    "load",
    "parse",
    "parse_unary_tests",
    "to_json",
]
