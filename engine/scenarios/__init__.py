"""Worked examples: read from TOML, played on the real engine in a virtual clock."""

from engine.scenarios.coverage import Coverage, Untaken
from engine.scenarios.demonstration import populate
from engine.scenarios.player import Miss, ScenarioOutcome, play
from engine.scenarios.reader import read_scenario, scenarios_of
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.scenarios.staff import StaffNeeded, staff_needed

__all__ = [
    "Coverage",
    "Expectation",
    "Miss",
    "Scenario",
    "ScenarioOutcome",
    "ScenarioStep",
    "StaffNeeded",
    "Untaken",
    "play",
    "populate",
    "read_scenario",
    "scenarios_of",
    "staff_needed",
]
