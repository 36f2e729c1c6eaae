"""What a draft would do to the cases of its council, worked out in the background and kept to be looked at."""

from engine.workshop.impacts.background import has_impact_to_work_out, work_out_next_impact
from engine.workshop.impacts.kept import KeptImpact, ask_for_impact, kept_impact
from engine.workshop.impacts.told import ToldCase, ToldImpact, ToldKind, ToldPart

__all__ = [
    "KeptImpact",
    "ToldCase",
    "ToldImpact",
    "ToldKind",
    "ToldPart",
    "ask_for_impact",
    "has_impact_to_work_out",
    "kept_impact",
    "work_out_next_impact",
]
