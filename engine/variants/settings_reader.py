"""Reading a variant.toml: every value is checked, and whatever is wrong is said in a sentence instead of raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from engine.variants.addressees_reader import read_addressees, read_letter_conditions
from engine.variants.agreements import read_agreements
from engine.variants.areas import read_area
from engine.variants.entered_figures import read_entered_figures, read_year_begins
from engine.variants.explanations import read_explanations
from engine.variants.figures_table import read_figures_table
from engine.variants.floors import read_floors
from engine.variants.guards import read_guards
from engine.variants.languages_reader import read_languages
from engine.variants.numbers_reader import read_efforts, read_retention
from engine.variants.owed import read_owed
from engine.variants.publication_reader import read_applicant, read_copies, read_figures
from engine.variants.published import read_published
from engine.variants.settings import RIGHTS, Agency, Person, Role, Slot, Team, VariantSettings
from engine.variants.starts import read_starts
from engine.variants.tables import SNAKE_CASE, TomlTable
from engine.variants.threshold_reader import read_threshold

T = TypeVar("T")

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LOGO = re.compile(r"logo\.(svg|png)")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,9}")


def read_settings(table: Mapping[str, Any]) -> tuple[VariantSettings, tuple[str, ...]]:
    """The settings in `table`, and a sentence for each thing that is wrong with it."""
    top = TomlTable(table, "", [])
    calendar = _calendar(top.table("calendar"))
    settings = VariantSettings(
        name=top.text("name", required=True),
        extends=top.text("extends") or None,
        main_process=top.text("main_process") or None,
        starts=read_starts(top.table("starts")),
        reference_prefix=top.text("reference_prefix", fits=_PREFIX, like="HBC") or "ASB",
        **calendar,
        contact=_contact(top.table("contact")),
        delegation=_delegation(top.table("delegation")),
        teams=_distinct(top, "teams", _team, lambda team: team.id),
        people=_distinct(top, "people", _person, lambda person: person.name),
        agencies=_distinct(top, "agencies", _agency, lambda agency: agency.id),
        areas=_distinct(top, "areas", read_area, lambda area: area.id),
        other_bodies=top.texts("other_bodies"),
        left_to_people=_words_by_key(top.table("left_to_people")),
        **_items(top.table("items")),
        guards=read_guards(top.table("guards")),
        floors=read_floors(top.table("floors")),
        owed=read_owed(top.table("owed")),
        published=read_published(top.table("published")),
        mail_servers=_mail_servers(top.table("mail")),
        retention_years=read_retention(top.table("retention")),
        explanations=read_explanations(top.table("explanations")),
        efforts=read_efforts(top.table("efforts")),
        figures=read_figures(top.table("figures")),
        figures_table=read_figures_table(top.table("figures_table")),
        entered_figures=read_entered_figures(top, calendar["year_begins"]),
        copies=read_copies(top.table("copies")),
        applicant=read_applicant(top.table("applicant")),
        addressee_roles=read_addressees(top.table("addressees")),
        letter_conditions=read_letter_conditions(top.table("letters")),
        may=_may(top.table("may")),
        **_cases(top.table("cases")),
        case_page=_case_page(top.table("case_page")),
        **read_languages(top),
        logo_file=top.text("logo", fits=_LOGO, like="logo.svg"),
        colour=top.text("colour", fits=_COLOUR, like="#1d70b8"),
        appeal=top.table("appeal").rest(),
        agreements=read_agreements(top.table("agreements")),
        needs_second_owner=_needs_second_owner(top.table("publishing")),
        slots=_slots(top.table("slots")),
        left_to_councils=_words_by_key(top.table("left_to_councils")),
        left_open=_words_by_key(top.table("left_open")),
        suggested=_words_by_key(top.table("suggested")),
        accept=top.texts("accept"),
        **read_threshold(top),
    )
    if len(settings.languages) == 1:  # nobody chooses one, so that no form need ask for it
        roles = tuple(replace(role, language="") for role in settings.addressee_roles)
        settings = replace(settings, addressee_roles=roles)
    top.refuse_the_rest()
    _check_references(settings, top)
    return settings, tuple(top.sentences)


def _calendar(table: TomlTable) -> dict[str, Any]:
    subdivision = table.text("subdivision") or "ENG"
    closure_days, meetings = _days(table, "closure_days"), _days(table, "meetings")
    year_begins = read_year_begins(table)
    extra_holidays = {}
    for day, name in table.table("extra_holidays").rest().items():
        try:
            extra_holidays[date.fromisoformat(day)] = str(name)
        except ValueError:
            table.complain(f'“{day[:60]}” in extra_holidays is not a day. Write "2027-05-07" = "its name".')
    table.refuse_the_rest()
    return {
        "subdivision": subdivision,
        "closure_days": frozenset(closure_days),
        "meetings": tuple(sorted(meetings)),
        "year_begins": year_begins,
        "extra_holidays": extra_holidays,
    }


def _days(table: TomlTable, key: str) -> list[date]:
    days = table.take(key) or []
    if isinstance(days, list) and all(_is_day(day) for day in days):
        return days
    table.complain(f"“{key}” is not a list of days. Write them like 2026-12-29, separated by commas.")
    return []


def _mail_servers(table: TomlTable) -> tuple[str, ...]:
    servers = table.texts("servers")
    table.refuse_the_rest()
    return servers


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _contact(table: TomlTable) -> dict[str, str]:
    contact = {}
    for key, value in table.rest().items():
        if not SNAKE_CASE.fullmatch(key):
            table.complain(f"“{key[:60]}” is no name that a letter can use. Write small letters, digits and _.")
        elif not isinstance(value, str):
            table.complain(f'“{key}” is not a text. Write {key} = "…".')
        else:
            contact[key] = value.strip()
    return contact


def _items(table: TomlTable) -> dict[str, Any]:
    items, days = {}, {}
    for key, value in table.rest().items():
        word, day = (value.get("word"), value.get("day")) if isinstance(value, Mapping) else (value, "")
        knows = not isinstance(value, Mapping) or set(value) <= {"word", "day"}
        is_word = isinstance(word, str) and word.strip()
        if not (knows and SNAKE_CASE.fullmatch(key) and is_word and isinstance(day, str)):
            table.complain(
                f'“{key[:60]}” is not understood. Write a collection and its word: reports = "report"; or with the '
                'fact that holds its day: appeals = { word = "appeal", day = "appeal_received_on" }.'
            )
            continue
        items[key] = str(word).strip()
        if day:
            days[key] = day
    return {"items": items, "item_days": days}


def _team(table: TomlTable) -> Team | None:
    team_id = table.text("id", required=True, fits=SNAKE_CASE, like="community_safety")
    name = table.text("name", required=True)
    substitute = table.text("substitute") or None
    table.refuse_the_rest()
    return Team(id=team_id, name=name, substitute=substitute) if team_id and name else None


def _person(table: TomlTable) -> Person | None:
    name = table.text("name", required=True)
    person = Person(
        name=name,
        teams=table.texts("teams"),
        line_manager=table.text("line_manager") or None,
        head_of_service=table.text("head_of_service") or None,
        roles=_roles(table),
        job=table.text("job"),
        email=table.text("email"),
        phone=table.text("phone"),
    )
    table.refuse_the_rest()
    return person if name else None


def _roles(table: TomlTable) -> tuple[Role, ...]:
    named = table.texts("roles")
    for name in named:
        if name not in set(Role):
            table.complain(f"There is no role “{name[:60]}”. Write some of: {', '.join(Role)}.")
    return tuple(Role(name) for name in dict.fromkeys(named) if name in set(Role))


def _agency(table: TomlTable) -> Agency | None:
    agency = Agency(
        id=table.text("id", required=True, fits=SNAKE_CASE, like="police"),
        name=table.text("name", required=True),
        team=table.text("team", required=True),
        kind=table.text("kind", fits=SNAKE_CASE, like="health"),
        email=table.text("email"),
        is_public_body=table.flag("is_public_body"),
        is_relevant_body=table.flag("is_relevant_body"),
        joins_when=table.text("joins_when"),
        clause=table.text("clause"),
    )
    if agency.clause and not agency.joins_when:
        table.complain(f"“clause” of the agency “{agency.id}” is that by which it joins. Write joins_when beside it.")
    table.refuse_the_rest()
    return agency if agency.id and agency.name and agency.team else None


def _needs_second_owner(table: TomlTable) -> bool:
    needs = table.flag("second_owner")
    table.refuse_the_rest()
    return needs


def _delegation(table: TomlTable) -> str:
    threshold = table.text("threshold")
    table.refuse_the_rest()
    return threshold


def _words_by_key(table: TomlTable) -> dict[str, str]:
    found = {}
    for key, words in table.rest().items():
        if isinstance(words, str) and words.strip():
            found[key] = words.strip()
        else:
            table.complain(f'“{key[:60]}” says nothing. Write what it is in words: "{key[:60]}" = "…".')
    return found


def _slots(table: TomlTable) -> tuple[Slot, ...]:
    found = []
    for name, inner in table.named_tables().items():
        slot = Slot(
            name=name,
            use=inner.text("use", required=True),
            alternatives=inner.texts("alternatives"),
            leaves=inner.texts("leaves"),
        )
        inner.refuse_the_rest()
        found.append(slot)
    return tuple(found)


def _may(table: TomlTable) -> dict[str, tuple[str, ...]]:
    rights = {right: table.texts(right) for right in RIGHTS if right in table}
    table.refuse_the_rest()
    return rights


def _cases(table: TomlTable) -> dict[str, Any]:
    named = {key: table.texts(key) for key in ("known_by", "found_by")}
    table.refuse_the_rest()
    return named


def _case_page(table: TomlTable) -> dict[str, tuple[str, ...]]:
    return {heading: table.texts(heading) for heading in table.keys}


def _distinct(
    top: TomlTable, key: str, read: Callable[[TomlTable], T | None], identity: Callable[[T], str]
) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for table in top.tables(key):
        value = read(table)
        if value is None:
            continue
        if identity(value) in found:
            table.complain(f"“{identity(value)}” is there twice. Take one out.")
        found.setdefault(identity(value), value)
    return tuple(found.values())


def _check_references(settings: VariantSettings, top: TomlTable) -> None:
    teams = {team.id for team in settings.teams}
    people = {person.name for person in settings.people}
    log = settings.explanations
    wanted = [
        *((f"Team “{team.id}” names the substitute", team.substitute, teams) for team in settings.teams),
        *((f"“{person.name}” is in the team", team, teams) for person in settings.people for team in person.teams),
        *((f"“{person.name}” has the line manager", person.line_manager, people) for person in settings.people),
        *((f"“{person.name}” has the head of service", person.head_of_service, people) for person in settings.people),
        *((f"Agency “{agency.id}” names the team", agency.team, teams) for agency in settings.agencies),
        *((f"[may] {right} names the team", team, teams) for right, named in settings.may.items() for team in named),
        *(("[explanations] names the team", team, teams) for team in (log.teams if log is not None else ())),
    ]
    for who, name, known in wanted:
        if name is not None and name not in known:
            top.complain(f"{who} “{name[:60]}”, which is not there. Check the spelling, or add it.")
