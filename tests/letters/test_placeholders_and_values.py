"""What stands in a letter's placeholders, and how values are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.errors import BadInputError, PlaceholderMissingError
from engine.letters import Letter, letterhead, read_letter, render_text

HEAD = letterhead({"name": "Hertsmere"}, reference="HBC-1", on=date(2026, 5, 5), recipient="A. Lee", address="")


def letter(body: str, front: str = "") -> Letter:
    return read_letter(
        f'+++\nid = "CT1"\ntitle = "About your case"\n{front}\n+++\n{body}'.encode(), file="letters/ct1.md"
    )


def body_of(body: str, **values: Any) -> str:
    """What a letter with this body says between its reference and its foot."""
    written = letter(body)
    assert written.problems == ()
    return render_text(written, values, HEAD).partition("Date: 5 May 2026\n\n")[2].removesuffix("\n\nHertsmere\n")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("A. Lee", "A. Lee"),
        (date(2026, 5, 5), "5 May 2026"),
        (datetime(2026, 7, 1, 13, 30, tzinfo=UTC), "1 July 2026 at 2:30pm"),  # summer time in London
        (time(9), "9am"),
        (time(0, 5), "12:05am"),
        (Decimal("3.00"), "3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("2.50"), "2.5"),
        (0, "0"),
        (True, "yes"),
        (False, "no"),
        (timedelta(days=21), "21 days"),
        (["a", "b", "c"], "a, b and c"),
        (["a", None], "a"),
    ],
)
def test_values_are_printed_in_words(value: Any, words: str) -> None:
    assert body_of("It says ((value)).", value=value) == f"It says {words}."


def test_a_path_reads_into_contexts_and_through_lists() -> None:
    case = {"reference": "HBC-1"}
    reports = [{"kind": "noise"}, {"kind": "threats"}]
    assert body_of("((case.reference)): ((reports.kind))", case=case, reports=reports) == "HBC-1: noise and threats"


def test_a_list_that_stands_alone_becomes_bullets() -> None:
    assert body_of("We saw:\n\n((reports))", reports=["noise", "threats"]) == "We saw:\n\n* noise\n* threats"


def test_a_text_of_several_paragraphs_that_stands_alone_stays_several_paragraphs() -> None:
    assert body_of("((reasons))", reasons="One.\r\n\r\nTwo,\nthree.") == "One.\n\nTwo,\nthree."


@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_a_placeholder_without_a_value_stops_the_letter_and_names_both(nothing: Any) -> None:
    with pytest.raises(PlaceholderMissingError) as raised:
        body_of("((reasons))", reasons=nothing)
    assert (raised.value.letter_id, raised.value.placeholder) == ("CT1", "reasons")


def test_a_placeholder_that_nobody_knows_stops_the_letter() -> None:
    with pytest.raises(PlaceholderMissingError, match=r"\(\(case\.ref\)\)"):
        body_of("((case.ref))", case={"reference": "HBC-1"})


def test_a_group_of_values_cannot_be_printed() -> None:
    with pytest.raises(BadInputError, match=r"\(\(case\)\)"):
        body_of("((case))", case={"reference": "HBC-1"})


@pytest.mark.parametrize("value", [True, "yes", "Monday", Decimal(1)])
def test_conditional_words_are_shown_where_the_flag_is_set(value: Any) -> None:
    assert body_of("Come ((attends??at **10**)).", attends=value) == "Come at 10."


@pytest.mark.parametrize("value", [False, None, "no", "", []])
def test_conditional_words_are_left_out_where_it_is_not(value: Any) -> None:
    assert body_of("Come ((attends??at 10)) soon.", attends=value) == "Come soon."


def test_a_paragraph_of_conditional_words_alone_goes_altogether() -> None:
    assert body_of("One.\n\n((attends??Two.))\n\n- ((attends??a))\n- b", attends=False) == "One.\n\n* b"


def test_conditional_words_may_hold_the_fact_they_depend_on() -> None:
    text = "((appeal_by??You can appeal until ((appeal_by)).))"
    assert body_of(text, appeal_by=date(2026, 4, 2)) == "You can appeal until 2 April 2026."
    assert letter(text).placeholders == ("appeal_by",)


def test_placeholders_and_conditions_are_listed_once() -> None:
    found = letter("((to)) ((case.reference)) ((to)) ((attends??yes))")
    assert found.placeholders == ("to", "case.reference", "attends")
    assert found.names == {"to", "case", "attends"}
    assert found.conditions == {"attends"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Dear ((Applicant Name))", "is no name of a fact"),
        ("Dear ((applicant", "not closed"),
        ("((attends??come", "not closed"),
        ("((attends??one\n\ntwo))", "begins and ends in different places"),
        ("((attends??**one))**", "begins and ends in different places"),
        ("[form](https://a.example/((case)))", "holds a placeholder"),
        ("[form](javascript:alert)", "leads nowhere"),
        ("![logo](https://a.example/x.png)", "no pictures"),
        ("`x`", "computer code"),
        ("    x", "computer code"),
        ("a\n\n---\n\nb", "rule"),
        ("- # Heading", "Put it above"),
        ("> " * 12 + "deep", "deeper than"),
        ("", "says nothing"),
        ("\ue0000\ue002", "private use"),
    ],
)
def test_what_a_letter_cannot_say_is_a_problem_in_words(body: str, words: str) -> None:
    assert any(words in problem for problem in letter(body).problems), letter(body).problems


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear ((to))", "does not say what letter"),
        (b'+++\ntitle = "x"\n+++\nHello', "no usable id"),
        (b'+++\nid = "../x"\ntitle = "x"\n+++\nHello', "no usable id"),
        (b'+++\nid = "CT1"\n+++\nHello', "no title"),
        (b"+++\nid = CT1\n+++\nHello", "cannot be read"),
        (b"\xff\xfe", "UTF-8"),
        (b"+++\n" + b"x" * 300_000, "at most"),
    ],
)
def test_a_file_that_is_no_letter_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        read_letter(data, file="letters/x.md")


def test_front_matter_that_is_not_read_is_a_problem() -> None:
    problems = letter("Hello", front='subject = "x"\nto = 3\nclauses = "H1"').problems
    assert len(problems) == 3


@pytest.mark.parametrize(
    "value",
    [
        "**bold**",
        "# Heading",
        "<b>x</b>",
        "[x](https://evil.example)",
        "((other))",
        "- a",
        "> q",
        "`c`",
        "| a |",
        "&amp;",
        "\\*",
    ],
)
def test_no_value_is_read_as_markdown_html_or_placeholder(value: str) -> None:
    assert body_of("((reasons)) and ((reasons))", reasons=value, other="leaked") == f"{value} and {value}"
    assert body_of("((reasons))", reasons=value, other="leaked") == value


def test_characters_that_cannot_be_printed_are_left_out_of_values() -> None:
    assert body_of("((name))", name="A\x00\u202e\ue0010\ue002 Lee") == "A0 Lee"
