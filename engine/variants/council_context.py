"""What FEEL and letters read as `council`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.variants.settings import VariantSettings


def council_context(settings: VariantSettings) -> Mapping[str, Any]:
    """What is said of a council in [contact], with its agencies, areas and threshold, as values of FEEL."""
    agencies = [
        {
            "id": agency.id,
            "name": agency.name,
            "team": agency.team,
            "email": agency.email or None,
            "is_public_body": agency.is_public_body,
            "is_relevant_body": agency.is_relevant_body,
        }
        for agency in settings.agencies
    ]
    areas = [
        {"id": area.id, "name": area.name, "body": area.body or None, "email": area.email or None,
         "form": area.form or None}
        for area in settings.areas
    ]  # fmt: skip
    return {
        **settings.council,
        "agencies": agencies,
        "areas": areas,
        "efforts": feel.from_json(dict(settings.efforts)),
        "languages": list(settings.languages),
        "threshold": feel.from_json(dict(settings.threshold)),
    }
