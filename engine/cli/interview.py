"""What a new council is asked: who it is, whom it works with, and each limit of the base."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from engine.calendar import SUBDIVISIONS
from engine.cli.asked_limits import ask_limits, ask_numbers, tell_other_floors
from engine.cli.questioner import Questioner, all_wrong_in, wrong_in
from engine.scenarios import StaffNeeded, staff_needed
from engine.variants import Role, Variant

_CONTACT = "contact."
_AGENCY = "agencies."
#: What is asked in a way of its own.
_ASKED_ELSEWHERE = ("agencies", "name", "people", "reference_prefix", "teams")
_NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
_NO_ID = re.compile("[^a-z0-9]+")


def interview(base: Variant, questions: Questioner) -> dict[str, Any]:
    """The values of the new council's variant.toml."""
    questions.tell("Who you are. An empty answer leaves it open; the check names what is open.")
    said: dict[str, Any] = {"name": questions.text("Name of the council")}
    prefix = "".join(word[0] for word in said["name"].split() if word[0].isalpha()).upper() or "ASB"
    said["reference_prefix"] = questions.text(
        "What references of cases begin with", prefix, wrong=lambda answer: wrong_in({"reference_prefix": answer})
    )
    nations = ", ".join(f"{key} {_NATIONS[key]}" for key in SUBDIVISIONS)
    subdivision = questions.text(
        f"Whose bank holidays ({nations})", base.settings.subdivision,
        wrong=lambda answer: "" if answer in SUBDIVISIONS else f"“{answer[:40]}” is none of {', '.join(SUBDIVISIONS)}.",
    )  # fmt: skip
    said["calendar"] = {"subdivision": subdivision}
    said["contact"] = _contact(base, questions)
    for key, words in base.settings.left_to_councils.items():
        if not key.startswith((_CONTACT, _AGENCY)) and key not in _ASKED_ELSEWHERE:
            _put(said, key, _fitting(key, questions.text(words)))
    questions.tell("Your teams, by the names you use. Enter keeps the name shown.")
    named = [{"id": team.id, "name": questions.text(f"  {team.id}", team.name)} for team in base.settings.teams]
    said["teams"] = [team for team in named if team["name"] != base.settings.team_name(team["id"])]
    teams = {team["id"]: team["name"] for team in named}
    said["agencies"] = _agencies(base, questions, teams)
    said["teams"] += [{"id": key, "name": name} for key, name in teams.items() if base.settings.team(key) is None]
    said["people"] = _people(base, questions, list(teams))
    said["limits"], accepted = ask_limits(base, questions)
    numbers, also_accepted = ask_numbers(base, questions)
    for key, number in numbers.items():
        _put(said, key, number)
    tell_other_floors(base, questions)
    said["accept"] = [*accepted, *also_accepted]
    return said


def _put(said: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Say a setting by its keys joined by dots; nothing where nothing was answered."""
    *tables, last = key.split(".")
    if value not in ("", []):
        table = said
        for name in tables:
            table = table.setdefault(name, {})
        table[last] = value
    return said


def _fitting(key: str, answer: str) -> str | list[str]:
    """The answer as the setting is read: as a text, or as a list of what stands between commas."""
    listed = [each.strip() for each in answer.split(",") if each.strip()]
    readings: list[str | list[str]] = [answer, listed]
    return min(readings, key=lambda value: len(all_wrong_in(_put({}, key, value))))


def _contact(base: Variant, questions: Questioner) -> dict[str, str]:
    left = {key: words for key, words in base.settings.left_to_councils.items() if key.startswith(_CONTACT)}
    keys = {key.removeprefix(_CONTACT): words for key, words in left.items()}
    theirs = {key: f"Your {key.replace('_', ' ')} (theirs is {text})" for key, text in base.settings.contact.items()}
    asked = {
        key: questions.email(words) if "email" in key else questions.text(words)
        for key, words in (keys or theirs).items()
    }
    return {key: answer for key, answer in asked.items() if answer}


def _agencies(base: Variant, questions: Questioner, teams: dict[str, str]) -> list[dict[str, Any]]:
    """Those that the base asks for, and further ones until a name is left empty. A team that there is not yet is added
    to `teams`."""
    agencies: list[dict[str, Any]] = []
    questions.tell("The agencies that answer about a case. An empty name leaves one out.")
    for key, words in base.settings.left_to_councils.items():
        agency, _, setting = key.removeprefix(_AGENCY).partition(".")
        if not key.startswith(_AGENCY) or not (answer := questions.text(f"  {words}")):
            continue
        if setting:  # what is open of an agency that the base has
            open_of = next((each for each in agencies if each["id"] == agency), None)
            if open_of is None:
                agencies.append(open_of := {"id": agency})
            open_of[setting] = answer
        else:
            agencies.append(_agency(questions, teams, agency, answer, is_asked_for=True))
    taken = {agency.id for agency in base.settings.agencies} | {agency["id"] for agency in agencies}
    while name := questions.text("  Name of a further agency"):
        key = questions.text("    Its id", _id_of(name), wrong=partial(_wrong_id, taken))
        taken.add(key)
        agencies.append(_agency(questions, teams, key, name, is_asked_for=False))
    return agencies


def _id_of(name: str) -> str:
    """What is suggested as the id of an agency of this name: it begins with a letter."""
    return _NO_ID.sub("_", name.lower()).strip("_0123456789") or "agency"


def _wrong_id(taken: set[str], key: str) -> str:
    if key in taken:
        return f"There is “{key[:40]}” already. Write another id."
    return wrong_in({"agencies": [{"id": key, "name": key, "team": "any"}], "teams": [{"id": "any", "name": "Any"}]})


def _agency(questions: Questioner, teams: dict[str, str], key: str, name: str, *, is_asked_for: bool) -> dict[str, Any]:
    def wrong(team: str) -> str:
        return wrong_in({"teams": [{"id": team, "name": name}]})

    known = ", ".join(teams)
    team = questions.text(f"    The team that answers for it ({known}, or a new one)", "partner_agency", wrong=wrong)
    if team not in teams:
        questions.tell(f"    The team {team} is new: {name}.")
        teams[team] = name
    agency = {
        "id": key,
        "name": name,
        "team": team,
        "email": questions.email("    Its email address"),
        "is_relevant_body": questions.is_so(
            "    A relevant body (L105): every application is told to it", default=is_asked_for
        ),
        "is_public_body": questions.is_so("    A public body (L104.7): it has regard to recommendations", default=True),
    }
    return {name: value for name, value in agency.items() if value}


def _people(base: Variant, questions: Questioner, teams: list[str]) -> list[dict[str, Any]]:
    needed = staff_needed(base)
    questions.tell("The first people who work with it. An empty name ends the list. At least one is an administrator.")
    if needed:
        questions.tell(f"  The worked examples are played with {'; '.join(each.words for each in needed)}.")
    roles = [role.value for role in Role]
    people: list[dict[str, Any]] = []
    has_warned = False
    while True:
        named = [each["name"] for each in people]
        name = questions.text("  Name", wrong=partial(_somebody, named))
        lacking = [] if name else _lacking(needed, people)
        if not name and (has_warned or not lacking):
            return people
        if not name:
            questions.tell(f"    Still lacking: {'; '.join(lacking)}. An empty name again goes on without.")
            has_warned = True
            continue
        has_warned = False
        person: dict[str, Any] = {"name": name, "email": questions.email("    Email address")}
        person["teams"] = questions.words(
            f"    Teams ({', '.join(teams)})", "community_safety", wrong=lambda words: _unknown(words, teams, "team")
        )
        person["roles"] = questions.words(
            f"    Roles ({', '.join(roles)})", "officer", wrong=lambda words: _unknown(words, roles, "role")
        )
        if people:
            person["line_manager"] = questions.text(
                "    Line manager (one of those above, or none)", wrong=partial(_nobody, named)
            )
        people.append({key: value for key, value in person.items() if value})


def _nobody(named: list[str], answer: str) -> str:
    return "" if answer in named else f"Nobody above is called “{answer[:60]}”. There are: {', '.join(named)}."


def _somebody(named: list[str], answer: str) -> str:
    return f"“{answer[:60]}” is named already. Tell two people of one name apart." if answer in named else ""


def _unknown(words: list[str], known: list[str], what: str) -> str:
    strange = next((word for word in words if word not in known), "")
    return f"There is no {what} “{strange[:40]}”. Write some of: {', '.join(known)}." if strange else ""


def _lacking(needed: tuple[StaffNeeded, ...], people: list[dict[str, Any]]) -> list[str]:
    lacking = [] if any(Role.ADMINISTRATOR in person["roles"] for person in people) else ["an administrator"]
    return lacking + [each.words for each in needed if not each.is_met_by(people)]
