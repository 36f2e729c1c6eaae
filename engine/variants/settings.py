"""What a variant.toml says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from engine.errors import BadInputError
from engine.language import ENGLISH
from engine.letters import AddresseeRole, Addressees, Logo
from engine.record_kinds import RecordKind
from engine.variants.agreements import Agreement
from engine.variants.areas import Area
from engine.variants.entered_figures import APRIL_1, EnteredFigure
from engine.variants.explanations import ExplanationLog
from engine.variants.figures_table import AS_COUNTED, FiguresTable
from engine.variants.floors import Floor
from engine.variants.guards import Guard
from engine.variants.owed import Owed
from engine.variants.published import OwedToPublic
from engine.variants.starts import CaseStart


class Role(StrEnum):
    """What a person does with the screens; `engine.staff.roles` says what each may do there."""

    ADMINISTRATOR = "administrator"
    POLICY_OWNER = "policy_owner"
    MANAGER = "manager"
    OFFICER = "officer"
    AGENCY_OFFICER = "agency_officer"
    READER = "reader"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """Who may take a task: the diagram's candidate group, drawn as a lane."""

    id: str  #: what candidateGroups names
    name: str  #: what the lane is called
    substitute: str | None = None  #: id of the team that acts in its stead


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member of staff, of the council or of a partner agency."""

    name: str
    teams: tuple[str, ...]  #: team ids
    line_manager: str | None = None  #: name of a person
    head_of_service: str | None = None  #: name of a person
    roles: tuple[Role, ...] = ()  #: what they may do with the screens; docs/variants.md lists the roles
    job: str = ""  #: what they are called at work
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """A body that answers about a case, the council's own services included."""

    id: str
    name: str
    team: str  #: id of the team that answers for it
    kind: str = ""  #: which of the bodies that a base asks for it is, such as "health", where its id is another
    email: str = ""
    is_public_body: bool = False  #: L104.7: must have regard to recommendations
    is_relevant_body: bool = False  #: L105
    joins_when: str = ""  #: FEEL: where it is true the agency is asked without anybody naming it; "" for never
    clause: str = ""  #: the clause that says so


@dataclass(frozen=True, kw_only=True, slots=True)
class Countable:
    """What counts in a figure: entries of the record; facts that were told, of the case or of items in it; what was
    late by a limit; or what the log of second reports holds.

    Each time such a fact is told counts, the same value again too: it is a decision of its own.
    """

    record: RecordKind | None = None  #: the kind of the entries that count; None where something else does
    explanations: str = ""  #: the day of the log of second reports by which its entries count; "" where others do
    fact: str = ""  #: the name of the fact that counts
    value: Any = None  #: the value that counts, as TOML writes it; None: any that says something
    is_dated_by_value: bool = False  #: it counts on the day that its value is, not on the day on which it was told
    dated_by: str = ""  #: the fact whose value is the day on which it counts; "" for none
    when: str = ""  #: FEEL over the facts of the item and of the case: it counts only where this is true; "" always
    #: The limit by which it was late: done after the day that was promised by it, which no extension changes; "" none
    late: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number that is published (L104.9)."""

    id: str
    label: str  #: what is counted, for people to read
    counts: tuple[Countable, ...]  #: all that adds to it
    clauses: tuple[str, ...] = ()
    by_area: str = ""  #: the fact whose value is the id of the area in which it counts; "" where there are no areas


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A call for which there is more than one process: which one runs is a line of variant.toml (`[use]`)."""

    name: str
    use: str  #: id of the process that runs
    alternatives: tuple[str, ...]  #: ids of those that a base ships
    leaves: tuple[str, ...]  #: facts that are known once it has ended, whichever runs


@dataclass(frozen=True, kw_only=True, slots=True)
class CopySettings:
    """What a copy of a case file leaves out for those it is made for, besides what the forms keep from them."""

    audience: str  #: as forms name it in visible_to: victim, agencies, panel or officers
    leaves_out: str = ""  #: FEEL over the facts of an item: where it is true the item is left out; "" for none
    letters_to: tuple[str, ...] = ()  #: roles of people, or facts that name them; only letters to them are in the copy


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    """What the applicant finds on the page of the case, besides what diagrams tell of their tasks."""

    contact: str = ""  #: the fact that names who deals with the case; "" where the service alone is named
    letters_to: tuple[str, ...] = ()  #: roles of people, or facts of the case that name them; only theirs are shown
    leaves_out: str = ""  #: FEEL over the facts of an item: where it is true nothing is told of the item; "" for none


#: What `[may]` can keep to some teams: changing deadlines, correcting facts, erasing contents, settling incidents.
RIGHTS = ("change_deadlines", "correct_facts", "erase_contents", "settle_incidents")


@dataclass(frozen=True, kw_only=True)
class VariantSettings:
    """A variant.toml, its bases' merged in. What is wrong in it stands in the variant's problems."""

    name: str  #: of the council
    extends: str | None = None  #: the folder it was put together from
    main_process: str | None = None  #: id of the process that an application starts; None in a base without diagrams
    starts: tuple[CaseStart, ...] = ()  #: cases that begin without an application
    reference_prefix: str = "ASB"
    subdivision: str = "ENG"  #: whose bank holidays
    closure_days: frozenset[date] = frozenset()
    extra_holidays: Mapping[date, str] = field(default_factory=dict)
    meetings: tuple[date, ...] = ()  #: to whose next one a limit may run
    contact: Mapping[str, str] = field(default_factory=dict)  #: reads in FEEL and in letters as council.phone, …
    #: L104.1b: under what an officer decides on the threshold for the relevant bodies; "" where they decide themselves
    delegation: str = ""
    teams: tuple[Team, ...] = ()
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    areas: tuple[Area, ...] = ()  #: of a body that cases of several councils come to
    #: Business fault of a handler that no event need catch → what a person does then, in words
    left_to_people: Mapping[str, str] = field(default_factory=dict)
    other_bodies: tuple[str, ...] = ()  #: that texts speak of and that are no agency, such as an ombudsman
    items: Mapping[str, str] = field(default_factory=dict)  #: collection → singular word for people to read
    #: Collection → the fact that holds the day by which people know one of it ("appeal of 16 March 2026")
    item_days: Mapping[str, str] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    floors: tuple[Floor, ...] = ()  #: what limits and numbers are held against
    published: tuple[OwedToPublic, ...] = ()  #: what some page for the public prints
    owed: tuple[Owed, ...] = ()  #: letters that were written wherever a case ends
    #: Mail servers of the council, whose stamp shows when an email was received
    mail_servers: tuple[str, ...] = ()
    retention_years: int | None = None
    explanations: ExplanationLog | None = None  #: of second reports; None where none is kept here
    efforts: Mapping[str, int] = field(default_factory=dict)  #: what is tried to reach somebody: attempts, ways, days
    figures: tuple[Figure, ...] = ()
    figures_table: FiguresTable = AS_COUNTED  #: how they are published
    entered_figures: tuple[EnteredFigure, ...] = ()  #: of years before the system
    year_begins: tuple[int, int] = APRIL_1  #: month and day on which a year of the figures begins
    copies: tuple[CopySettings, ...] = ()
    applicant: Applicant = Applicant()
    addressee_roles: tuple[AddresseeRole, ...] = ()  #: the roles of the people whom letters are for
    letter_conditions: Mapping[str, str] = field(default_factory=dict)  #: FEEL by the name under which letters ask it
    #: Right → ids of the teams that have it; who is not restricted, every member of staff may
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known_by: tuple[str, ...] = ()  #: facts whose first value that is known is what people know a case by
    found_by: tuple[str, ...] = ()  #: facts, of the case or of items in it, by whose words a case is found
    #: Heading → what the page of a case shows first under it: facts, collections of items (or `collection.fact`),
    #: decisions by their ids
    case_page: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Codes of the languages in which the public is spoken to; its files are in the first, where no folder says another
    languages: tuple[str, ...] = (ENGLISH,)
    #: What has to be there in each of them, such as `letters.met`, `pages.apply`
    translated: tuple[str, ...] = ()
    #: By language: what stands in a diagram or in [contact], and what it is in that language
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    logo_file: str = ""  #: the name of the logo's file; "" for none
    logo: Logo | None = None  #: as it was looked through; None where there is none, or none that may be shown
    colour: str = ""  #: of the council's screens, as #rrggbb; "" for GOV.UK's own
    slots: tuple[Slot, ...] = ()
    #: What only a council can say: setting (`contact.phone`) → what it is, in words
    left_to_councils: Mapping[str, str] = field(default_factory=dict)
    #: What the council's own document does not say, and nothing inherited stands for: setting → what it is, in words
    left_open: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)  #: what a council is to accept by name → why so
    accept: tuple[str, ...] = ()  #: the suggestions that the council accepts
    threshold: Mapping[str, Any] = field(default_factory=dict)  #: what tables read as council.threshold
    #: of what stands there in words, all that it may be
    threshold_choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    appeal: Mapping[str, Any] = field(default_factory=dict)  #: who considers appeals, and how to reach them
    agreements: tuple[Agreement, ...] = ()  #: what is handed over to whom, and taken from whom
    needs_second_owner: bool = False  #: whether another policy owner has to approve what is put in force

    def start(self, name: str) -> CaseStart:
        """The way to begin a case without an application. Raises BadInputError for a name that there is not."""
        found = next((each for each in self.starts if each.name == name), None)
        if found is None:
            there_are = ", ".join(each.name for each in self.starts) or "none"
            raise BadInputError(f"{self.name} begins no case with “{name[:60]}”. There are: {there_are}.")
        return found

    def start_process(self, start: str) -> str:
        """Id of the process that an application starts, or, with a name, of this start. Raises BadInputError."""
        return self.start(start).process if start else self.main_process or ""

    @property
    def council(self) -> dict[str, str]:
        """What FEEL and letters read as `council`."""
        given = {"delegation": self.delegation} if self.delegation else {}
        return {**self.contact, **given, "name": self.name}

    def said(self, words: str, language: str) -> str:
        """What a diagram or [contact] says, in that language; as it stands where the policy has no other words."""
        return self.translations.get(language, {}).get(words, words)

    def spoken(self, language: str | None) -> str:
        """The language, where the council speaks it; else its first."""
        return language if language in self.languages else self.languages[0]

    def council_in(self, language: str) -> dict[str, str]:
        """What letters and pages in that language read as `council`."""
        return {key: self.said(words, language) for key, words in self.council.items()}

    @cached_property
    def council_names(self) -> frozenset[str]:
        """The names in `council`, with those that are still to be said."""
        keys = self.left_to_councils.keys() | self.left_open.keys()
        left = {key.removeprefix("contact.") for key in keys if key.startswith("contact.")}
        return frozenset(self.council) | left | ({"delegation"} & {key.partition(".")[0] for key in keys})

    @cached_property
    def counted_facts(self) -> frozenset[str]:
        """The names of the facts that figures count."""
        return frozenset(what.fact for figure in self.figures for what in figure.counts if what.fact)

    def floor(self, setting: str) -> Floor | None:
        """What the setting (`limits.NAME`, `threshold.complaints`) is held against, or None."""
        return next((floor for floor in self.floors if floor.setting == setting), None)

    def team(self, team_id: str) -> Team | None:
        """The team with this id, or None."""
        return next((team for team in self.teams if team.id == team_id), None)

    @cached_property
    def team_names(self) -> Mapping[str, str]:
        """What every team is called, by its id."""
        return {team.id: team.name for team in self.teams}

    def team_name(self, team_id: str | None) -> str:
        """What the team is called; its id where there is no such team any more, "" for none."""
        return self.team_names.get(team_id or "", team_id or "")

    @cached_property
    def addressees(self) -> Addressees:
        """Whom letters are for."""
        return Addressees(self.addressee_roles)

    def copy_for(self, audience: str) -> CopySettings:
        """What a copy for this audience leaves out; by default what the forms keep from them, and every letter."""
        return next((copy for copy in self.copies if copy.audience == audience), CopySettings(audience=audience))

    def person(self, name: str) -> Person | None:
        """The person of this name, or None."""
        return next((person for person in self.people if person.name == name), None)
