"""Worked examples: read from TOML, played on the real engine in a virtual clock."""

from engine.scenarios.acceptance import NewDays, Rewritten, accept_days, new_days
from engine.scenarios.coverage import Coverage, Untaken
from engine.scenarios.demonstration import populate
from engine.scenarios.file_text import Change, NewStep, with_changes
from engine.scenarios.insertion import insert_step
from engine.scenarios.misses import Group, Miss, grouped
from engine.scenarios.player import AtRest, ScenarioOutcome, play
from engine.scenarios.reader import read_scenario, scenarios_of
from engine.scenarios.scenario import Expectation, Scenario, ScenarioStep
from engine.scenarios.staff import StaffNeeded, staff_needed

__all__ = [
    "AtRest",
    "Change",
    "Coverage",
    "Expectation",
    "Group",
    "Miss",
    "NewDays",
    "NewStep",
    "Rewritten",
    "Scenario",
    "ScenarioOutcome",
    "ScenarioStep",
    "StaffNeeded",
    "Untaken",
    "accept_days",
    "grouped",
    "insert_step",
    "new_days",
    "play",
    "populate",
    "read_scenario",
    "scenarios_of",
    "staff_needed",
    "with_changes",
]
