"""What is said in words of how long something may take is what the table of limits has."""

from __future__ import annotations

import pytest

from engine.check.rules.stated_times import RULE
from engine.check.stated_times import times_in
from tests.check.builders import LETTER, POLICY, SETTINGS, Drawing, about, folder, form, limits, together

_ROW = ("acknowledge", 2, "working days", "application_date")


def _asking(name: str = "Acknowledge", due: str = '=due("acknowledge")', **more: str) -> Drawing:
    drawing = Drawing().start(form="application").user("work", name=name, due=due, **more).end()
    return drawing.flow("received", "work", "closed")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("within 5 working days", [("working days", 5)]),
        ("Five Working  Days", [("working days", 5)]),
        ("more than three weeks, then 2 months", [("days", 21), ("months", 2)]),
        ("a six-month period", [("months", 6)]),
        ("at least every 12 months", [("months", 12)]),
        ("within a year, or two years", [("months", 12), ("months", 24)]),
        ("twenty-eight days", [("days", 28)]),
        ("28 calendar days", [("days", 28)]),
        ("a fortnight, within a fortnight", [("days", 14)]),
        ("a person and a day, one of the days, 2026-03-02, version 1.2 days, today's", []),
    ],
)
def test_lengths_are_read_in_digits_and_in_words(text: str, stated: list[tuple[str, int]]) -> None:
    assert [each.length for each in times_in(text)] == stated


def test_what_agrees_is_left_alone_in_whichever_words() -> None:
    assert together(RULE, folder(_asking("Acknowledge within 2 working days"))) == []
    rows = limits(("acknowledge", 2, "weeks", "application_date"))
    policy = POLICY.replace("two working days", "two weeks")
    weeks = folder(_asking("More than 14 days"), time_limits_dmn=rows, policy_toml=policy)
    assert together(RULE, weeks) == []


def test_a_name_that_states_another_length_than_its_limit_is_pointed_out() -> None:
    (finding,) = together(RULE, folder(_asking("Acknowledge within three working days")))
    assert about([finding]) == [("work", "warning")]
    assert "says “three working days”, and the limit “acknowledge” is 2 working days" in finding.sentence


def test_a_number_that_was_changed_in_the_table_alone_is_said_once() -> None:
    changed = folder(
        _asking("Acknowledge within 2 working days"), time_limits_dmn=limits(("acknowledge", 3, *_ROW[2:]))
    )
    (finding,) = together(RULE, changed)
    assert about([finding]) == [("limit_0", "warning")]
    assert "and X1, on which it stands, says “two working days”" in finding.sentence


def test_a_clause_that_was_changed_alone_is_said_once() -> None:
    changed = folder(_asking("Acknowledge within 2 working days"), policy_toml=POLICY.replace("two", "ten"))
    (finding,) = together(RULE, changed)
    assert "X1, on which it stands, says “ten working days”" in finding.sentence


def test_days_are_no_working_days() -> None:
    (finding,) = together(RULE, folder(_asking("Acknowledge within 2 days")))
    assert "“2 days”" in finding.sentence


def test_another_limit_on_the_same_clause_may_be_shorter_where_one_keeps_what_the_clause_states() -> None:
    inside = limits(_ROW, ("check", 1, "days", "application_date"))
    assert together(RULE, folder(_asking(), time_limits_dmn=inside)) == []


def test_what_asks_for_no_limit_goes_by_its_clause() -> None:
    by_clause = _asking("Within 9 days", due="", properties={"clause": "X1"})
    (finding,) = together(RULE, folder(by_clause))
    assert "says “9 days”, and" in finding.sentence
    assert together(RULE, folder(_asking("Within 9 days", due="", properties={"clause": "X2"}))) == []


def test_the_hint_of_a_day_goes_by_the_limits_that_count_from_it() -> None:
    asked = (
        form("application")
        .decode()
        .replace('"key": "application_date"', '"key": "application_date", "description": "Two weeks begin."')
    )
    assert "Two weeks" in asked
    (finding,) = together(RULE, folder(_asking(), forms__application_form=asked))
    assert finding.file == "forms/application.form"
    assert "Its hint says “Two weeks”" in finding.sentence


def test_a_letter_goes_by_its_clauses_in_what_it_promises() -> None:
    promised = LETTER + "\nYou hear from us within 3 working days.\n"
    (finding,) = together(RULE, folder(_asking(), letters__ct1_md=promised))
    assert about([finding]) == [("CT1", "warning")]
    told = LETTER + "\nYour application came one day late.\n"
    assert together(RULE, folder(_asking(), letters__ct1_md=told)) == []


def test_a_limit_goes_by_its_own_name() -> None:
    named = limits(_ROW, ("preceding six months", 5, "months", "application_date"))
    (finding,) = together(RULE, folder(_asking(), time_limits_dmn=named))
    assert "Its own name says “six months”" in finding.sentence


_SUGGESTED = '[suggested]\n"limits.acknowledge" = "{}: the procedures that name a number have ten days"\n'


def test_a_suggestion_begins_with_what_the_limit_is() -> None:
    right = folder(_asking(), settings=SETTINGS + _SUGGESTED.format("Two working days"))
    assert together(RULE, right) == []
    (finding,) = together(RULE, folder(_asking(), settings=SETTINGS + _SUGGESTED.format("Three working days")))
    assert finding.file == "variant.toml"


_FLOOR = (
    '[floors."limits.acknowledge"]\nleast = "2 working days after application_date"\nclause = "X1"\nsentence = "{}"\n'
)


def test_the_sentence_of_a_floor_states_what_it_is() -> None:
    assert together(RULE, folder(_asking(), settings=SETTINGS + _FLOOR.format("Within two working days."))) == []
    (finding,) = together(RULE, folder(_asking(), settings=SETTINGS + _FLOOR.format("Within four working days.")))
    assert '[floors."limits.acknowledge"] is 2 working days' in finding.sentence


def test_nothing_is_said_while_a_limit_cannot_be_read_whose_length_a_clause_may_state() -> None:
    rows = limits(("acknowledge", 3, *_ROW[2:]), ("remind", 2, *_ROW[2:]))
    assert len(together(RULE, folder(_asking(), time_limits_dmn=rows, policy_toml=POLICY.replace("two", "ten")))) == 2
    torn = rows.replace(b"<text>2</text>", b"<text>two</text>")
    assert together(RULE, folder(_asking(), time_limits_dmn=torn)) == []


def test_what_stands_beside_a_limit_is_how_that_one_was_read_whatever_its_clause_states_besides() -> None:
    rows = limits(_ROW, ("remind", 3, *_ROW[2:])).replace(
        b'name="Clause"/>', b'name="Clause"/><annotation name="Reading"/>'
    )
    entry = b"<annotationEntry><text>%s</text></annotationEntry>"
    read = rows.replace(entry % b"X1", entry % b"X1" + entry % b"Two working days, as it is written.")
    (finding,) = together(RULE, folder(_asking(), time_limits_dmn=read))
    assert about([finding]) == [("limit_1", "warning")]
    assert "What stands beside it says “Two working days”, and the limit “remind” is 3" in finding.sentence
