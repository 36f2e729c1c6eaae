"""The inbox as a person sees it: a page of tasks, each with what it is about and how high its ladder stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from engine import feel
from engine.casework.step.office import Office
from engine.casework.words.items import item_naming_facts, name_of, told_apart
from engine.casework.words.ladders import Rung
from engine.casework.words.shown_facts import facts_shown_to
from engine.clock import local_date
from engine.diagram.model import ElementKind
from engine.model import TimerStatus
from engine.staff.absences import deputising_for
from engine.store import Connection, cases, inbox
from engine.store.facts import facts_of_items
from engine.store.inbox import PAGE, Bucket, InboxChoice, Sort, Tab, Viewer
from engine.store.ladders import rungs_of_tasks
from engine.store.saved_filters import SavedFilter, filters_for
from engine.store.tasks import OpenTask
from engine.variants import Variant

#: With what is asked of it, so that whoever shows the inbox needs no table.
__all__ = [
    "Bucket",
    "InboxChoice",
    "InboxPage",
    "InboxRow",
    "InboxView",
    "Sort",
    "Tab",
    "Viewer",
    "read_inbox",
    "read_inbox_view",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxRow:
    task: OpenTask  #: `title` is "" where nothing is known of the case, or it is kept from the viewer
    item: str  #: what people call the item it is about; "" where it is about the case itself
    rung: Rung | None  #: the highest that was taken
    next_rung: Rung | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPage:
    rows: Sequence[InboxRow]
    total: int  #: tasks of the tab and bucket that the filters leave
    page: int
    pages: int  #: at least one
    tabs: Mapping[Tab, int]  #: those that the person may see, each with what the filters leave
    buckets: Mapping[Bucket, int]  #: in the tab
    teams: Mapping[str, int]  #: in the tab, by id; none in the tab of one's own tasks


def read_inbox(connection: Connection, viewer: Viewer, choice: InboxChoice, variant: Variant, today: date) -> InboxPage:
    """The page that was asked for, or the last there is. At most five statements.

    `variant` says what items and rungs are called: the council's policy as it is now. A person who may not see the
    tasks of every team and asks for them is given those of their own.
    """
    if choice.tab is Tab.ALL and not viewer.sees_all:
        choice = replace(choice, tab=Tab.TEAMS)
    counts = inbox.count_tasks(connection, viewer, choice, today)
    total = counts.buckets[choice.bucket]
    pages = max(1, -(-total // PAGE))
    choice = replace(choice, page=min(max(1, choice.page), pages))
    found = inbox.page_of_tasks(connection, viewer, choice, today) if total else []
    shown = None if viewer.audiences is None else facts_shown_to(variant, viewer.audiences)
    has_titles = shown is None or shown.issuperset(variant.settings.known_by)  # which of them it is is not kept
    names = _item_names(connection, found, variant, shown)
    ladders = _ladders(connection, found, variant)
    return InboxPage(
        rows=[
            InboxRow(
                task=row if has_titles else replace(row, title=""),
                item=names.get((row.case_id, row.item_id), ""),
                rung=ladders.get((row.case_id, row.number, TimerStatus.FIRED)),
                next_rung=ladders.get((row.case_id, row.number, TimerStatus.WAITING)),
            )
            for row in found
        ],
        total=total,
        page=choice.page,
        pages=pages,
        tabs=counts.tabs,
        buckets=counts.buckets,
        teams=counts.teams,
    )


def _item_names(
    connection: Connection, found: Sequence[OpenTask], variant: Variant, shown: Set[str] | None
) -> dict[tuple[int, str], str]:
    """What people call the items that tasks are about, by case and item, from the facts that are `shown`; None: all."""
    settings = variant.settings
    items = {(row.case_id, row.collection, row.item_id) for row in found if row.item_id}
    if not items:
        return {}
    naming = {fact for _, collection, _ in items for fact in item_naming_facts(settings, collection)}
    if shown is not None:
        naming &= shown
    known: dict[tuple[int, str], dict[str, object]] = defaultdict(dict)
    for row in facts_of_items(connection, {(case_id, item_id) for case_id, _, item_id in items}, naming):
        known[row.case_id, row.item_id][row.name] = feel.load(row.value)
    names: dict[int, dict[str, str]] = defaultdict(dict)
    for case_id, collection, item_id in sorted(items):
        names[case_id][item_id] = name_of(settings, collection, item_id, known[case_id, item_id])
    return {(case_id, item_id): name for case_id, named in names.items() for item_id, name in told_apart(named).items()}


def _ladders(
    connection: Connection, found: Sequence[OpenTask], variant: Variant
) -> dict[tuple[int, int, TimerStatus], Rung]:
    """The highest rung taken and the next to come, by case, task and which of the two."""
    if not found:
        return {}
    elements = {element.id: element for element in variant.elements}
    ladders: dict[tuple[int, int, TimerStatus], Rung] = {}
    for row in rungs_of_tasks(connection, [(row.case_id, row.number) for row in found]):
        element = elements.get(row.element_id)
        rung = Rung(number=row.rung, name=element.label if element else f"rung {row.rung}", at=row.fires_at)
        key = (row.case_id, row.task, row.status)
        if row.status == TimerStatus.FIRED or key not in ladders:
            ladders[key] = rung
    return ladders


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxView:
    """The inbox, and what its filters offer."""

    page: InboxPage
    today: date
    stands_in_for: tuple[str, ...]  #: people whose deputy the person is today
    teams: Mapping[str, str]  #: names by id, of the teams whose tasks the person may see
    colleagues: Sequence[str]  #: people of those teams
    kinds: Sequence[str]  #: what tasks of the policy as it is now are called
    versions: Sequence[tuple[str, date]]  #: of the policy, each with the day since when, the latest first
    filters: Sequence[SavedFilter]


def read_inbox_view(office: Office, variant: Variant, viewer: Viewer, choice: InboxChoice) -> InboxView:
    """The inbox of the person whose name stands first in `viewer.names`; for whom they stand in is found here.

    Nine statements at most, one more after a change of the council's people.
    """
    today = local_date(office.clock.now())
    version = office.versions.put(variant)
    with office.database.read() as connection:
        settings = office.in_force(connection, version, viewer.council_id).settings
        away = deputising_for(connection, viewer.council_id, viewer.names[0], today)
        page = read_inbox(connection, replace(viewer, names=(*viewer.names, *away)), choice, variant, today)
        filters = filters_for(connection, viewer.council_id, viewer.names[0])
        if viewer.audiences is not None:  # what colleagues search for may be a name that is kept from them
            filters = [each for each in filters if each.person == viewer.names[0]]
        versions = cases.versions_of(connection, viewer.council_id)
    teams = {team.id: team.name for team in settings.teams if viewer.sees_all or team.id in viewer.teams}
    return InboxView(
        page=page,
        today=today,
        stands_in_for=away,
        teams=teams,
        colleagues=[person.name for person in settings.people if viewer.sees_all or set(person.teams) & set(teams)],
        kinds=_kinds(variant),
        versions=[(row.digest, local_date(row.stored_at)) for row in versions],
        filters=filters,
    )


def _kinds(variant: Variant) -> list[str]:
    return sorted({element.label for element in variant.elements if element.kind is ElementKind.USER}, key=str.casefold)
