"""Cases for the inbox's pages: Hertsmere's own application, opened on the test's office."""

from __future__ import annotations

import json
from typing import Any

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.store import tasks
from engine.store.tasks import OpenTask
from tests.house.checkout import ROOT
from tests.webui.office import Web

APPLICATION: dict[str, Any] = json.loads((ROOT / "bpmn/hertsmere/scenarios/application.json").read_text())


def open_cases(web: Web, *names: str) -> list[str]:
    """A case for each name of a victim; gives their references."""
    references = [
        open_case(web.office, web.variant, {**APPLICATION, "victim_name": name}, by="the applicant") for name in names
    ]
    bring_up_to_date(web.office)
    return references


def open_tasks(web: Web, reference: str) -> list[OpenTask]:
    with web.office.database.read() as connection:
        return tasks.open_tasks(connection, reference=reference)
