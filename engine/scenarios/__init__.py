"""Worked examples: read from TOML, played on the real engine in a virtual clock."""

from engine.scenarios.coverage import Coverage, Untaken
from engine.scenarios.demonstration import populate
from engine.scenarios.playing import Miss, Outcome, play
from engine.scenarios.reading import Expectation, Scenario, ScenarioStep, read_scenario, scenarios_of

__all__ = [
    "Coverage",
    "Expectation",
    "Miss",
    "Outcome",
    "Scenario",
    "ScenarioStep",
    "Untaken",
    "play",
    "populate",
    "read_scenario",
    "scenarios_of",
]
