"""People of a scenario by what they are: “an officer of community_safety” is somebody else at each council."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.scenarios.days import in_each_text
from engine.variants import VariantSettings

_PLACES = ("a", "an", "another", "a third", "a fourth")
_PHRASE = re.compile(
    r"(?P<place>an?|another|a third|a fourth) (?P<role>member|[a-z]+(?: [a-z]+)?) of (?P<team>[a-z][a-z0-9_]*)"
)


def with_names(table: Mapping[str, Any], settings: VariantSettings) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The scenario with the name of one of the council's staff wherever a whole text names somebody by team and role.

    “a member of panel” is the first of the team in variant.toml, “another” the second, “a third” the third; with a role
    (“an officer of”, “a manager of”) only who has it counts. With it a sentence for each whom the council lacks.
    """
    missing: dict[str, None] = {}
    teams = {team.id for team in settings.teams}

    def named(text: str) -> str:
        found = _PHRASE.fullmatch(text)
        if found is None or found["team"] not in teams:
            return text
        role = found["role"].replace(" ", "_")
        inside = [
            person.name
            for person in settings.people
            if found["team"] in person.teams and (role == "member" or role in person.roles)
        ]
        place = max(_PLACES.index(found["place"]) - 1, 0)
        if place >= len(inside):
            missing[
                f"It speaks of {text}, and variant.toml has {len(inside) or 'none'}. Add [[people]] with the team "
                f"“{found['team']}”{'' if role == 'member' else f' and the role “{role}”'}."
            ] = None
            return text
        return inside[place]

    table = {key: in_each_text(value, named) for key, value in table.items()}
    return table, tuple(missing)
