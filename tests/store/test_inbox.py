"""The inbox: what is in each tab, bucket and filter, in which order, and what it asks of the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from engine.bench.database.filled_inbox import PATTERNS, fill_inbox, person_of
from engine.bench.diagrams import steps_variant
from engine.casework.pages.inbox import InboxPage, read_inbox
from engine.store import Database
from engine.store.cases import store_version
from engine.store.inbox import PAGE, Bucket, InboxChoice, Sort, Tab, Viewer
from engine.store.schema import case_words, cases, deadlines, facts, tasks, timers
from tests.casework.builders import process, timer, user, variant_of
from tests.statements import counted

TODAY = date(2026, 3, 4)  # a Wednesday
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
COUNCIL = "test_council"
VARIANT = variant_of(process(user("act", boundary=timer("late", on="act", after="P1D", rung=1))))
OFFICER = Viewer(council_id=COUNCIL, names=("Officer 1",), teams=frozenset({"team"}))
MANAGER = replace(OFFICER, sees_all=True)


class InboxView:
    """A council's tasks, put down one by one."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.made = 0
        for digest in ("old", "new"):
            with database.begin() as connection:
                store_version(connection, digest=digest, council_id=COUNCIL, pack=b"", now=NOW)

    def put(
        self,
        *,
        council_id: str = COUNCIL,
        words: tuple[str, ...] = (),
        digest: str = "new",
        title: str = "",
        **task: object,
    ) -> str:
        """A task in a case of its own; gives the case's reference. `due` is in days from today."""
        self.made += 1
        case_id, reference = self.made, f"T-2026-{self.made:04d}"
        due = task.pop("due", None)
        values = {
            "name": "act", "team": "team", "status": "open", "priority": 50, "claimed_by": None, "assignee": None,
            "due_on": None if due is None else TODAY + timedelta(days=int(due)),  # type: ignore[call-overload]
            "follow_up_on": None, "created_at": NOW, "collection": "", "item_id": "", **task,
        }  # fmt: skip
        with self.database.begin() as connection:
            connection.execute(insert(cases).values(
                case_id=case_id, council_id=council_id, reference=reference, variant_digest=digest, status="open",
                opened_at=NOW, last_number=1, item_counts="{}", record_seq=0, record_head="", title=title,
            ))  # fmt: skip
            connection.execute(
                insert(tasks).values(
                    case_id=case_id, number=1, council_id=council_id, instance=1, element_id="act", **values
                )
            )
            for word in words:
                connection.execute(insert(case_words).values(council_id=council_id, word=word, case_id=case_id))
        return reference

    def read(self, choice: InboxChoice, viewer: Viewer = OFFICER) -> InboxPage:
        with self.database.read() as connection:
            return read_inbox(connection, viewer, choice, VARIANT, TODAY)

    def shown(self, choice: InboxChoice, viewer: Viewer = OFFICER) -> list[str]:
        return [row.task.task_id.reference for row in self.read(choice, viewer).rows]


@pytest.fixture
def desk(database: Database) -> InboxView:
    return InboxView(database)


TEAMS, ALL = InboxChoice(tab=Tab.TEAMS), InboxChoice(tab=Tab.ALL)


def test_a_person_s_own_tasks_are_those_they_claimed_and_those_meant_for_them_alone(desk: InboxView) -> None:
    mine = [desk.put(claimed_by="Officer 1"), desk.put(assignee="Officer 1", team="other")]
    desk.put(assignee="Officer 1", claimed_by="Officer 2")  # whoever has claimed it has it
    desk.put(claimed_by="Officer 2")
    desk.put()
    assert desk.shown(InboxChoice()) == mine
    of_both = replace(OFFICER, names=("Officer 1", "Officer 2"))
    assert len(desk.shown(InboxChoice(), of_both)) == 4


def test_the_tabs_count_what_each_would_show(desk: InboxView) -> None:
    desk.put(claimed_by="Officer 1", team="other")
    desk.put()
    desk.put(claimed_by="Officer 2")
    desk.put(team="other")
    assert desk.read(InboxChoice(), MANAGER).tabs == {Tab.MINE: 1, Tab.TEAMS: 2, Tab.ALL: 4}
    for tab, count in desk.read(TEAMS, MANAGER).tabs.items():
        assert len(desk.shown(InboxChoice(tab=tab), MANAGER)) == desk.read(InboxChoice(tab=tab), MANAGER).total == count


def test_who_may_not_see_all_tasks_is_shown_their_teams_and_told_of_no_others(desk: InboxView) -> None:
    own = desk.put()
    desk.put(team="other")
    page = desk.read(ALL)
    assert [row.task.task_id.reference for row in page.rows] == [own]
    assert (page.tabs, page.teams, page.total) == ({Tab.MINE: 0, Tab.TEAMS: 1}, {"team": 1}, 1)


def test_nothing_of_another_council_is_shown_or_counted(desk: InboxView) -> None:
    desk.put(council_id="elsewhere", words=("zoe",), claimed_by="Officer 1")
    for choice in (
        InboxChoice(),
        TEAMS,
        ALL,
        InboxChoice(tab=Tab.ALL, search="zoe"),
        InboxChoice(tab=Tab.ALL, case="T-2026-0001"),
    ):
        page = desk.read(choice, MANAGER)
        assert (page.rows, page.total, set(page.tabs.values())) == ([], 0, {0})


def test_the_most_urgent_stands_first_and_what_has_no_deadline_last(desk: InboxView) -> None:
    none, low = desk.put(), desk.put(due=1, priority=10)
    late, high, soon = desk.put(due=-3), desk.put(due=1, priority=90), desk.put(due=0)
    for choice in (TEAMS, ALL):
        assert desk.shown(choice, MANAGER) == [late, soon, high, low, none]


def test_the_other_orders(desk: InboxView) -> None:
    second = desk.put(created_at=NOW + timedelta(hours=1), name="b")
    first = desk.put(created_at=NOW, name="c")
    third = desk.put(created_at=NOW + timedelta(hours=2), name="a")
    for tab in (Tab.TEAMS, Tab.ALL):
        assert desk.shown(InboxChoice(tab=tab, sort=Sort.OLDEST), MANAGER) == [first, second, third]
        assert desk.shown(InboxChoice(tab=tab, sort=Sort.NEWEST), MANAGER) == [third, second, first]
        assert desk.shown(InboxChoice(tab=tab, sort=Sort.KIND), MANAGER) == [third, second, first]


def test_the_buckets_hold_the_days_they_say_and_their_counts_are_those_of_the_tab(desk: InboxView) -> None:
    late, today, sunday = desk.put(due=-1), desk.put(due=0), desk.put(due=4)
    monday, none = desk.put(due=5), desk.put()
    again = desk.put(due=30, follow_up_on=TODAY)
    desk.put(due=-1, team="other", follow_up_on=TODAY)
    desk.put(due=40, follow_up_on=TODAY + timedelta(days=1))
    expected = {
        Bucket.OVERDUE: [late],
        Bucket.TODAY: [today],
        Bucket.WEEK: [today, sunday],
        Bucket.NONE: [none],
        Bucket.FOLLOW_UP: [again],
    }
    for bucket, references in expected.items():
        page = desk.read(InboxChoice(tab=Tab.TEAMS, bucket=bucket))
        assert [row.task.task_id.reference for row in page.rows] == references
        assert page.total == page.buckets[bucket] == len(references)
    assert page.buckets[Bucket.ANY] == 7
    assert monday in desk.shown(TEAMS)
    assert desk.read(ALL, MANAGER).buckets[Bucket.OVERDUE] == 2


def test_each_filter_leaves_what_it_says_and_the_counts_follow(desk: InboxView) -> None:
    one = desk.put(name="decide", claimed_by="Officer 2", digest="old", words=("zoe", "mill"))
    two = desk.put(team="other", assignee="Officer 3", words=("zoe", "lane"))
    three = desk.put(due=2)
    for filters, expected in (
        ({"kind": "decide"}, [one]),
        ({"person": "Officer 2"}, [one]),
        ({"person": "Officer 3"}, [two]),
        ({"is_unclaimed": True}, [three]),
        ({"variant": "old"}, [one]),
        ({"case": two}, [two]),
        ({"team": "other"}, [two]),
        ({"search": "ZO"}, [one, two]),
        ({"search": "zoë mil"}, [one]),
        ({"search": "mill lane"}, []),
        ({"search": "oe"}, []),
    ):
        page = desk.read(InboxChoice(tab=Tab.ALL, **filters), MANAGER)  # type: ignore[arg-type]
        assert [row.task.task_id.reference for row in page.rows] == expected, filters
        assert page.total == page.tabs[Tab.ALL] == len(expected)
        assert sum(page.teams.values()) == len(expected)


def test_a_row_says_what_it_is_about_and_how_high_its_ladder_stands(desk: InboxView, database: Database) -> None:
    desk.put(due=-2, collection="actions", item_id="actions-1", title="Zoë", claimed_by="Officer 2")
    common = {"case_id": 1, "council_id": COUNCIL}
    told = {"collection": "actions", "recorded_at": NOW, "recorded_by": "", "source": "", "is_current": True}
    with database.begin() as connection:
        connection.execute(
            insert(facts).values(
                **common, **told, number=2, item_id="actions-1", name="action", value='"Mend the gate"'
            )
        )
        for number, rung, status in ((3, 1, "passed"), (4, 2, "fired"), (5, 3, "waiting"), (6, 4, "waiting")):
            connection.execute(insert(timers).values(
                **common, number=number, instance=1, element_id="late" if rung == 2 else "gone", host=1,
                fires_at=NOW + timedelta(days=rung), repeats=0, rung=rung, status=status,
            ))  # fmt: skip
        for number, status, words in ((7, "superseded", "Before."), (8, "suspended", "Suspended by Officer 1.")):
            connection.execute(insert(deadlines).values(
                **common, number=number, token=1, limit_name="x", counted_from="y", start_on=TODAY, due_on=TODAY,
                calendar_version="v", explanation=words, status=status, set_at=NOW, set_by="Officer 1",
            ))  # fmt: skip
    (row,) = desk.read(TEAMS).rows
    assert (row.task.title, row.item, row.task.had_by) == ("Zoë", "action 1: Mend the gate", "Officer 2")
    assert (row.task.explanation, row.task.is_suspended) == ("Suspended by Officer 1.", True)
    assert row.rung is not None
    assert row.next_rung is not None
    assert (row.rung.number, row.rung.name, row.next_rung.number) == (2, "late", 3)


def test_pages_follow_one_another_and_the_last_stands_for_those_behind_it(desk: InboxView) -> None:
    references = [desk.put(due=place, team="team" if place % 3 else "other") for place in range(PAGE + 3)]
    viewer = replace(OFFICER, teams=frozenset({"team", "other"}), sees_all=True)
    for choice in (TEAMS, ALL, InboxChoice(tab=Tab.ALL, kind="act")):
        assert desk.shown(choice, viewer) == references[:PAGE]
        assert desk.shown(replace(choice, page=2), viewer) == references[PAGE:]
        beyond = desk.read(replace(choice, page=99), viewer)
        assert ([row.task.task_id.reference for row in beyond.rows], beyond.page, beyond.pages) == (
            references[PAGE:],
            2,
            2,
        )


def test_a_person_of_no_team_finds_an_empty_inbox(desk: InboxView) -> None:
    desk.put()
    nobody = replace(OFFICER, teams=frozenset())
    for choice in (InboxChoice(), TEAMS, ALL):
        page = desk.read(choice, nobody)
        assert (page.rows, page.total, page.pages) == ([], 0, 1)


#: Two for the counts, and one each for the rows, the names of items, and the rungs
MOST = 5


@pytest.mark.parametrize(
    "choice", [InboxChoice(), TEAMS, ALL, InboxChoice(tab=Tab.ALL, search="frankie road", sort=Sort.KIND)]
)
def test_the_inbox_asks_as_much_whether_there_are_hundred_tasks_or_a_thousand(
    database: Database, choice: InboxChoice
) -> None:
    variant = steps_variant()
    asked = []
    with database.begin() as connection:
        store_version(connection, digest=variant.digest, council_id=variant.id, pack=b"", now=NOW)
        store_version(connection, digest="x", council_id="elsewhere", pack=b"", now=NOW)
    fill_inbox(database, variant.id, variant.digest, cases_each=10, closed_each=1, teams=10, now=NOW)
    for names, teams in (
        ((person_of(3),), {"team_3"}),
        (tuple(map(person_of, range(9))), {f"team_{n}" for n in range(9)}),
    ):
        viewer = Viewer(council_id=variant.id, names=names, teams=frozenset(teams), sees_all=True)
        with counted(database) as seen, database.read() as connection:
            page = read_inbox(connection, viewer, choice, variant, TODAY)
        asked.append(len(seen))
        assert page.rows
        assert page.tabs[Tab.ALL] == (10 * PATTERNS if not choice.search else 100)
    assert asked == [MOST, MOST]
