"""What a new council is asked: who it is, whom it works with, and each limit of the base."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.calendar import SUBDIVISIONS
from engine.errors import BadInputError
from engine.variants import LimitRow, Variant, line_of_limit, read_line

Ask = Callable[..., Any]
Tell = Callable[[str], None]

_LIMIT = "limits."
_CONTACT = "contact."
#: What is asked in a way of its own.
_ASKED_ELSEWHERE = ("agencies", "name", "people", "reference_prefix", "teams")
_NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}


def interview(base: Variant, ask: Ask, tell: Tell) -> dict[str, Any]:
    """The values of the new council's variant.toml. `ask(question, default=…)` gives an answer, `tell` tells a line."""
    tell("Who you are. An empty answer leaves it open; the check names what is open.")
    said: dict[str, Any] = {"name": _text(ask, "Name of the council")}
    prefix = "".join(word[0] for word in said["name"].split() if word[0].isalpha()).upper() or "ASB"
    said["reference_prefix"] = _text(ask, "What references of cases begin with", prefix)
    nations = ", ".join(f"{key} {_NATIONS[key]}" for key in SUBDIVISIONS)
    said["calendar"] = {"subdivision": _text(ask, f"Whose bank holidays ({nations})", base.settings.subdivision)}
    said["contact"] = _contact(base, ask)
    for key, words in base.settings.left_to_councils.items():
        if not key.startswith(_CONTACT) and key not in _ASKED_ELSEWHERE:
            *tables, last = key.split(".")
            table = said
            for name in tables:
                table = table.setdefault(name, {})
            table[last] = _text(ask, words)
    tell("Your teams, by the names you use. Enter keeps the name shown.")
    named = [{"id": team.id, "name": _text(ask, f"  {team.id}", team.name)} for team in base.settings.teams]
    said["teams"] = [team for team in named if team["name"] != base.settings.team_name(team["id"])]
    said["agencies"] = _agencies(base, ask, tell)
    said["people"] = _people(base, ask, tell)
    said["limits"], said["accept"] = _limits(base, ask, tell)
    return said


def _text(ask: Ask, question: str, default: str = "") -> str:
    return str(ask(question, default=default, show_default=bool(default))).strip()


def _contact(base: Variant, ask: Ask) -> dict[str, str]:
    left = {key: words for key, words in base.settings.left_to_councils.items() if key.startswith(_CONTACT)}
    keys = {key.removeprefix(_CONTACT): words for key, words in left.items()}
    theirs = {key: f"Your {key.replace('_', ' ')} (theirs is {text})" for key, text in base.settings.contact.items()}
    return {key: answer for key, words in (keys or theirs).items() if (answer := _text(ask, words))}


def _agencies(base: Variant, ask: Ask, tell: Tell) -> list[dict[str, Any]]:
    """Those of the base by their ids, under names of the council's own, and further ones until a name is left empty."""
    teams = ", ".join(team.id for team in base.settings.teams)
    tell("The agencies that answer about a case. An empty name ends the list.")
    agencies: list[dict[str, Any]] = []
    while name := _text(ask, "  Name of an agency"):
        agency: dict[str, Any] = {"id": _text(ask, "    Its id (police, health, housing, council, …)"), "name": name}
        agency["team"] = _text(ask, f"    The team that answers for it ({teams})", "partner_agency")
        agency["email"] = _text(ask, "    Its email address")
        agencies.append({key: value for key, value in agency.items() if value})
    return agencies


def _people(base: Variant, ask: Ask, tell: Tell) -> list[dict[str, Any]]:
    teams = ", ".join(team.id for team in base.settings.teams)
    tell("The first people who work with it. An empty name ends the list.")
    people = []
    while name := _text(ask, "  Name"):
        person: dict[str, Any] = {"name": name, "email": _text(ask, "    Email address")}
        person["teams"] = _words(_text(ask, f"    Teams ({teams})", "community_safety"))
        person["roles"] = _words(_text(ask, "    Roles (administrator, manager, officer, …)", "officer"))
        people.append({key: value for key, value in person.items() if value})
    return people


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _limits(base: Variant, ask: Ask, tell: Tell) -> tuple[dict[str, str], list[str]]:
    """What is otherwise than in the base, and the names of the suggestions that are taken as they are."""
    tell("Your limits. Enter keeps the one shown; “none” switches it off.")
    own: dict[str, str] = {}
    accepted = []
    rows: dict[str, LimitRow | None] = {**base.limits, **dict.fromkeys(sorted(base.limits_switched_off))}
    for name, row in rows.items():
        words = line_of_limit(row) if row is not None else "none"
        why = base.settings.suggested.get(_LIMIT + name)
        beside = f"suggested: {why}" if why else "; ".join(filter(None, (*row.clauses, row.note))) if row else ""
        answer = _limit(ask, tell, f"  {name}{f' ({beside})' if beside else ''}", words)
        if answer != words:
            own[name] = answer
        elif why:
            accepted.append(_LIMIT + name)
    return own, accepted


def _limit(ask: Ask, tell: Tell, question: str, default: str) -> str:
    while True:
        answer = _text(ask, question, default)
        try:
            read_line(answer)
        except BadInputError as problem:
            tell(str(problem))
        else:
            return answer
