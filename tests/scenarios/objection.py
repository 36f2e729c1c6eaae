"""Whether a scenario minds that something of a policy is another: it comes out otherwise than it says."""

from __future__ import annotations

from engine.bootstrap import build_simulation_office
from engine.casework.step.office import Office
from engine.scenarios import Scenario, play
from engine.store import Database
from engine.variants import Variant

_database = Database("sqlite://")


def minds(scenario: Scenario, variant: Variant) -> bool:
    """Played up to the first thing that is not as it says: how the rest would come out changes nothing.

    Raises EngineError where it cannot even be played.
    """
    return not play(scenario, variant, empty_office(), until_miss=True).is_right


def empty_office() -> Office:
    """An office on a new database in memory; the statements that were written for the one before serve it too."""
    _database.close()
    _database.create_all()
    return build_simulation_office(database=_database)
