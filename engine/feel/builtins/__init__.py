"""The built-in functions of DMN 1.5 (10.3.4), one file per table of the standard."""

from __future__ import annotations

from engine.feel.builtins.contexts import CONTEXT_FUNCTIONS
from engine.feel.builtins.conversion import CONVERSION_FUNCTIONS
from engine.feel.builtins.days import DAY_FUNCTIONS
from engine.feel.builtins.lists import LIST_FUNCTIONS
from engine.feel.builtins.measures import MEASURE_FUNCTIONS
from engine.feel.builtins.moments import MOMENT_FUNCTIONS
from engine.feel.builtins.numeric import NUMERIC_FUNCTIONS
from engine.feel.builtins.patterns import PATTERN_FUNCTIONS
from engine.feel.builtins.ranges import RANGE_FUNCTIONS
from engine.feel.builtins.signature import Builtin
from engine.feel.builtins.strings import STRING_FUNCTIONS
from engine.feel.values import FeelFunction

BUILTIN_FUNCTIONS: dict[str, Builtin] = {
    function.name: function
    for table in (
        CONTEXT_FUNCTIONS,
        CONVERSION_FUNCTIONS,
        DAY_FUNCTIONS,
        LIST_FUNCTIONS,
        MEASURE_FUNCTIONS,
        MOMENT_FUNCTIONS,
        NUMERIC_FUNCTIONS,
        PATTERN_FUNCTIONS,
        RANGE_FUNCTIONS,
        STRING_FUNCTIONS,
    )
    for function in table
}

BUILTIN_VALUES: dict[str, FeelFunction] = {name: function.as_value() for name, function in BUILTIN_FUNCTIONS.items()}
