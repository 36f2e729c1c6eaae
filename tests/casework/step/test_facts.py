"""Facts: nothing is overwritten, and what cannot be a fact is refused before anything is kept."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import ItemNotFoundError
from engine.store import Database, schema
from tests.casework.builders import Play, chain_of, process, user, variant_of

BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("first")
    + user("second")
    + user("third")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "first", "second", "third", "done")
)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY)))


def facts(play: Play, name: str) -> list[tuple[str, str, bool]]:
    columns = schema.facts.c
    with play.office.database.begin() as connection:
        query = schema.facts.select().where(columns.name == name).order_by(columns.number)
        return [(row.item_id, row.value, row.is_current) for row in connection.execute(query)]


def test_a_fact_told_again_differently_supersedes_and_the_old_one_stays(play: Play) -> None:
    play.complete("first", {"reported": 1})
    play.complete("second", {"reported": 2})
    assert facts(play, "reported") == [("", "1", False), ("", "2", True)]


def test_the_same_value_again_is_no_news(play: Play) -> None:
    play.complete("first", {"reported": 1, "answer": "yes"})
    play.complete("second", {"reported": 1, "answer": "yes"})
    assert len(facts(play, "reported")) == len(facts(play, "answer")) == 1


@pytest.mark.parametrize(("before", "after"), [(1, True), (True, 1), (0, False), ([1], [True])])
def test_true_and_one_are_two_values(play: Play, before: Any, after: Any) -> None:
    play.complete("first", {"answer": before})
    play.complete("second", {"answer": after})
    assert [is_current for _, _, is_current in facts(play, "answer")] == [False, True]


def test_items_get_ids_in_order_and_are_corrected_by_id(play: Play) -> None:
    play.complete("first", {"reports": [{"kind": "noise"}, {"kind": "fire"}]})
    play.complete("second", {"reports": [{"id": "reports-1", "kind": "music"}, {"kind": "theft"}]})
    assert facts(play, "kind") == [
        ("reports-1", '"noise"', False),
        ("reports-2", '"fire"', True),
        ("reports-1", '"music"', True),
        ("reports-3", '"theft"', True),
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"reports": [{"id": "reports-9", "kind": "noise"}]},
        {"reports": [{"id": "actions-1", "kind": "noise"}]},
        {"reports": ["noise"]},
        {"reports": "noise"},
        {"answer": "kept with nothing", "reports": {"kind": "noise"}},
    ],
)
def test_what_is_no_list_of_items_is_refused_and_nothing_is_kept(play: Play, answers: dict[str, Any]) -> None:
    before = play.case()
    with pytest.raises(ItemNotFoundError):
        play.complete("first", answers)
    assert (play.case(), play.open(), facts(play, "answer")) == (before, ["first"], [])


def test_a_name_may_be_long(play: Play) -> None:
    play.complete("first", {"n" * 500: 1})
    assert facts(play, "n" * 500) == [("", "1", True)]


def person(name: str, **details: Any) -> dict[str, Any]:
    return {"id": f"staff:{name}", "name": name, "role": None, "email": None, "phone": None, "agency": None, **details}


def test_a_list_of_people_that_is_told_anew_adds_nobody_twice(play: Play) -> None:
    ann, ben = person("Ann"), person("Ben")
    play.complete("first", {"reports": [{"who": ann, "day": "Monday"}, {"who": ben, "day": "Monday"}]})
    play.complete(
        "second", {"reports": [{"who": person("Ann", phone="1"), "day": "Monday"}, {"who": ann, "day": "Friday"}]}
    )
    assert [item for item, _, _ in facts(play, "day")] == ["reports-1", "reports-2", "reports-3"]


def test_two_entries_that_say_the_same_in_one_list_or_name_nobody_are_two(play: Play) -> None:
    play.complete("first", {"reports": [{"who": person("Ann"), "kind": "noise"}] * 2})
    play.complete("second", {"reports": [{"kind": "fire"}]})
    play.complete("third", {"reports": [{"kind": "fire"}]})
    assert [item for item, _, _ in facts(play, "kind")] == [f"reports-{number}" for number in (1, 2, 3, 4)]
