"""Shipped councils in one office, in a virtual clock, whose parcels really go from one to the other."""

from __future__ import annotations

from dataclasses import replace

from engine.bootstrap import build_simulation_office, ports_of
from engine.casework.handovers.carrier import carrier_in
from engine.casework.step.office import Office
from engine.settings import Settings
from engine.store import Database
from engine.variants import Variant
from tests.in_force import put_in_force


def office_serving(*variants: Variant, database: Database | None = None) -> Office:
    """Everything but the parcels is tried out: no letter leaves."""
    office = build_simulation_office(database=database)
    put_in_force(office, *variants)
    ports = ports_of(Settings.from_environment({}), is_tried_out=True, carrier=carrier_in(office))
    quiet = ports.rehearsed(lambda _effect: None)
    real = [outlet for outlet in ports.outlets if outlet.port.name == "parcels"]
    others = [outlet for outlet in quiet.outlets if outlet.port.name != "parcels"]
    return replace(office, ports=type(ports)((*others, *real)))
