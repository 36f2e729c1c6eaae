"""People of a scenario by what they are: “an officer of community_safety” is somebody else at each council."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.scenarios.days import in_each_text
from engine.toml import read_toml
from engine.variants import Variant, VariantSettings

_EXAMPLES = "scenarios/"
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


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffNeeded:
    """Staff whom worked examples speak of by team and role."""

    team: str
    role: str  #: "" where any member of the team will do
    count: int  #: how many different people

    @property
    def words(self) -> str:
        return f"{self.count} of {self.team}" + (f" with the role {self.role}" if self.role else "")

    def is_met_by(self, people: Iterable[Mapping[str, Any]]) -> bool:
        """Whether so many of these people, each as variant.toml says one, are in the team and have the role."""
        fitting = [
            person
            for person in people
            if self.team in person.get("teams", ()) and (not self.role or self.role in person.get("roles", ()))
        ]
        return len(fitting) >= self.count


def staff_needed(variant: Variant) -> tuple[StaffNeeded, ...]:
    """The staff whom the worked examples of a folder speak of by team and role, in the order of its teams."""
    most: dict[tuple[str, str], int] = {}
    for file, data in variant.files.items():
        if file.startswith(_EXAMPLES) and file.endswith(".toml"):
            in_each_text(read_toml(data, name=file), lambda text: _count(text, most))
    teams = [team.id for team in variant.settings.teams]
    needed = sorted((key for key in most if key[0] in teams), key=lambda key: (teams.index(key[0]), key[1]))
    return tuple(StaffNeeded(team=team, role=role, count=most[team, role]) for team, role in needed)


def _count(text: str, most: dict[tuple[str, str], int]) -> str:
    found = _PHRASE.fullmatch(text)
    if found is not None:
        key = (found["team"], "" if found["role"] == "member" else found["role"].replace(" ", "_"))
        most[key] = max(most.get(key, 0), max(_PLACES.index(found["place"]), 1))
    return text
