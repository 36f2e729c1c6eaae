"""What a case is known by and found by follows its facts."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.background.case_names import name_every_case
from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.completion import complete_task
from engine.casework.tasks.undo import undo_completion
from engine.store import Database, case_words
from engine.store.tasks import load_task
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, process, user, variant_of
from tests.statements import counted

BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("first")
    + user("second")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "first", "second", "done")
)
NAMED = """
[cases]
known_by = ["victim_name", "applicant_name"]
found_by = ["applicant_name", "victim_name", "home", "who"]
"""


def named_variant(more: str = NAMED) -> Variant:
    return variant_of(process(BODY), files={"variant.toml": (SETTINGS + more).encode()})


@pytest.fixture
def play(database: Database) -> Play:
    answers = {"applicant_name": "Zoë O’Brien", "home": "12 Mill Lane, WD6 1WA", "story": "Noise by night"}
    return Play(database, named_variant(), answers=answers)


def found(play: Play, *beginnings: str) -> list[bool]:
    """Whether the case is found by each of these."""
    case_id = play.case().case_id
    with play.office.database.read() as connection:
        return [
            all(
                case_id in connection.execute(case_words.cases_with("test_council", word)).scalars().all()
                for word in case_words.words_in(beginning)
            )
            for beginning in beginnings
        ]


def test_a_case_is_known_by_the_first_of_its_names_that_is_known(play: Play) -> None:
    assert play.case().title == "Zoë O’Brien"
    play.complete("first", {"victim_name": "Sam  Hill"})
    assert play.case().title == "Sam Hill"


def test_it_is_found_by_beginnings_of_words_whatever_their_capitals_accents_and_apostrophes(play: Play) -> None:
    assert found(play, "zoe", "ZOË o'br", "mill 12", "wd6", "obrien mil") == [True] * 5
    assert found(play, "brien", "ill", "noise", "zoey") == [False] * 4


def test_it_is_found_by_its_reference_and_its_ends(play: Play) -> None:
    assert play.reference == "T-2026-0001"
    assert found(play, "T-2026-0001", "t-2026", "2026-0001", "0001", "T-2026-0001.17") == [True] * 5
    assert found(play, "T-2026-0002", "2025-0001") == [False] * 2


def test_it_is_found_by_the_items_in_it(play: Play) -> None:
    play.complete("first", {"reports": [{"who": "Kim Park"}, {"who": "Lee Dale"}]})
    assert found(play, "park kim", "dale") == [True, True]


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(play: Play) -> None:
    correct_fact(play.office, play.reference, "applicant_name", "Jo Ward", reason="Misheard.", by="Officer 1")
    assert found(play, "ward", "zoe") == [True, False]
    assert play.case().title == "Jo Ward"


def test_what_was_undone_finds_nothing_and_the_day_of_completion_is_gone(play: Play) -> None:
    task = play.task_id("first")
    complete_task(play.office, task, {"victim_name": "Sam Hill"}, by="Officer 1")
    assert found(play, "sam") == [True]
    assert completed_on(play, task.number) == date(2026, 3, 2)
    undo_completion(play.office, task, reason="The wrong case.", by="Officer 1")
    assert (found(play, "sam"), play.case().title) == ([False], "Zoë O’Brien")
    assert completed_on(play, task.number) is None


def completed_on(play: Play, number: int) -> date | None:
    case_id = play.case().case_id
    with play.office.database.read() as connection:
        row = load_task(connection, case_id, number)
    assert row is not None
    return row.completed_on


def test_a_task_is_done_on_the_day_on_which_it_was_really_done(database: Database) -> None:
    more = '<zeebe:properties><zeebe:property name="happened_on" value="told_on"/></zeebe:properties>'
    body = BODY.replace(user("first"), user("first", more=more))
    play = Play(database, variant_of(process(body)))
    task = play.task_id("first")
    complete_task(play.office, task, {"told_on": date(2026, 2, 20)}, by="Officer 1")
    assert completed_on(play, task.number) == date(2026, 2, 20)


def test_a_step_that_tells_no_name_asks_no_more_than_where_none_is_named(database: Database) -> None:
    counts = []
    for variant in (named_variant(""), named_variant()):
        play = Play(database, variant, answers={"applicant_name": "Zoë"})
        task = play.task_id("first")
        with counted(database) as seen:
            complete_task(play.office, task, {"story": "More noise"}, by="Officer 1")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_step_that_tells_a_name_asks_as_much_however_many_there_are(database: Database) -> None:
    counts = []
    for people in (2, 40):
        play = Play(database, named_variant())
        task = play.task_id("first")
        with counted(database) as seen:
            complete_task(play.office, task, {"reports": [{"who": f"Kim {n}"} for n in range(people)]}, by="Officer 1")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_cases_of_a_policy_that_named_nothing_are_named_by_a_later_one_and_keep_it(database: Database) -> None:
    play = Play(database, named_variant(""), answers={"applicant_name": "Zoë", "home": "Mill Lane"})
    assert (play.case().title, found(play, "zoe", "0001")) == ("", [False, True])
    assert name_every_case(play.office, named_variant()) == 1
    assert (play.case().title, found(play, "zoe mill", "0001")) == ("Zoë", [True, True])
    play.complete("first", {"applicant_name": "Jo"})
    assert play.case().title == "Zoë"
