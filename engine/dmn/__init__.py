"""Decision tables and the other logic of DMN 1.1 to 1.5 files, with FEEL as their language.

`load(data).decide("Threshold", {"reports": 3})` gives the value; `.explain(…)` gives it with the rules that matched;
`Definitions.problems` lists what is wrong in a file without running it.
"""

from engine.dmn.cells import cells
from engine.dmn.definition_reader import load
from engine.dmn.definitions import Definitions
from engine.dmn.explanation import Explanation, InputValue, MatchedRule, OutsideValue, TableExplanation
from engine.dmn.model import (
    Aggregation,
    AllowedValues,
    Decision,
    DecisionProblem,
    DecisionRule,
    DecisionTable,
    Formula,
    HitPolicy,
    InputClause,
    InputData,
    KnowledgeModel,
    Logic,
    OutputClause,
)

__all__ = [
    "Aggregation",
    "AllowedValues",
    "Decision",
    "DecisionProblem",
    "DecisionRule",
    "DecisionTable",
    "Definitions",
    "Explanation",
    "Formula",
    "HitPolicy",
    "InputClause",
    "InputData",
    "InputValue",
    "KnowledgeModel",
    "Logic",
    "MatchedRule",
    "OutputClause",
    "OutsideValue",
    "TableExplanation",
    "cells",
    "load",
]
