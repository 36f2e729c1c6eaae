"""A day that is not known exactly is taken as it is said: about a day, early, mid or late in a month, or in a month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.errors import BadInputError, FormAnswersError
from engine.forms import Form, with_days_in_words
from engine.forms.uncertain_days import read_uncertain_day
from tests.forms.builders import form_of, sound_form
from tests.forms.test_days import NOW, day, reports, said


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("about 5 October 2025", "about 5 October 2025", date(2025, 9, 28), date(2025, 10, 12)),
        ("around 5 oct 2025", "about 5 October 2025", date(2025, 9, 28), date(2025, 10, 12)),
        ("about 2025-10-05", "about 5 October 2025", date(2025, 9, 28), date(2025, 10, 12)),
        ("early October 2025", "early October 2025", date(2025, 10, 1), date(2025, 10, 10)),
        ("mid-October 2025", "mid October 2025", date(2025, 10, 11), date(2025, 10, 20)),
        ("End of February 2026", "late February 2026", date(2026, 2, 21), date(2026, 2, 28)),
        ("October 2025", "October 2025", date(2025, 10, 1), date(2025, 10, 31)),
        ("10/2025", "October 2025", date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_what_the_words_mean(text: str, words: str, earliest: date, latest: date) -> None:
    found = read_uncertain_day(text, 7)
    assert found is not None
    assert (found.words, found.earliest, found.latest) == (words, earliest, latest)


@pytest.mark.parametrize("text", ["soon", "5 October 2025", "October", "about October 2025", "13/2025", "early 2025"])
def test_other_words_are_no_day(text: str) -> None:
    assert read_uncertain_day(text, 7) is None


def test_a_day_that_there_is_not_is_none_about_either() -> None:
    with pytest.raises(BadInputError, match="has 28 days"):
        read_uncertain_day("about 31 February 2026", 7)


FORM = reports(
    day("incident_on", "When did it happen?", max="=today()", about="7"),
    day("reported_on", "When was it reported?", min="=incident_on", max="=today()", about="7"),
)


def report(known: dict[str, Any] | None = None, form: Form = FORM, **answers: str) -> dict[str, Any]:
    values: dict[str, Any] = form.validate({"reports": [answers]}, known, now=NOW)["reports"][0]
    return values


def test_it_becomes_the_latest_day_the_earliest_and_the_words() -> None:
    assert report(incident_on="October 2025") == {
        "incident_on": date(2025, 10, 31),
        "incident_on_from": date(2025, 10, 1),
        "incident_on_about": "October 2025",
    }
    assert report(incident_on="2025-10-05") == {"incident_on": date(2025, 10, 5)}


def test_what_has_happened_was_today_at_the_latest() -> None:
    assert report(incident_on="March 2026")["incident_on"] == date(2026, 3, 2)
    assert list(said(FORM, {"reports": [{"incident_on": "April 2026"}]})) == ["reports[1].incident_on"]


def test_it_is_enough_that_some_of_the_days_fit() -> None:
    assert report(incident_on="October 2025", reported_on="2025-10-05")["reported_on"] == date(2025, 10, 5)
    assert report(incident_on="2025-10-05", reported_on="about 1 October 2025")["reported_on"] == date(2025, 10, 8)
    wrong = {"reports": [{"incident_on": "late October 2025", "reported_on": "2025-10-05"}]}
    assert list(said(FORM, wrong)) == ["reports[1].reported_on"]


def test_a_day_that_is_known_exactly_after_all_takes_its_place() -> None:
    known = {"reports": [{"id": "reports-1", **report(incident_on="October 2025")}]}
    assert report(known, id="reports-1", incident_on="2025-10-05") == {
        "id": "reports-1",
        "incident_on": date(2025, 10, 5),
        "incident_on_from": None,
        "incident_on_about": None,
    }


def test_the_same_words_later_say_nothing_new() -> None:
    then = {"id": "reports-1", "incident_on": date(2025, 10, 9), "incident_on_from": date(2025, 10, 1),
            "incident_on_about": "October 2025"}  # fmt: skip
    assert report({"reports": [then]}, id="reports-1", incident_on="October 2025") == then


def test_where_a_day_has_to_be_exact_words_are_refused() -> None:
    with pytest.raises(FormAnswersError, match="Give a day with month and year"):
        sound_form(day("d", "When?")).validate({"d": "October 2025"}, now=NOW)
    with pytest.raises(FormAnswersError, match="late March 2026 or March 2026"):
        FORM.validate({"reports": [{"incident_on": "soon"}]}, now=NOW)


@pytest.mark.parametrize("written", ["soon", "0", "100"])
def test_by_how_many_days_it_may_be_off_is_a_number(written: str) -> None:
    (problem,) = form_of(day("d", "When?", about=written)).problems
    assert "from 1 to 99" in problem.sentence


def test_in_words_it_is_one_value() -> None:
    assert with_days_in_words({"what": "noise", **report(incident_on="October 2025")}) == {
        "what": "noise",
        "incident_on": "October 2025",
    }
    exact = {"incident_on": date(2025, 10, 5), "incident_on_from": None, "incident_on_about": None}
    assert with_days_in_words(exact) == {"incident_on": date(2025, 10, 5)}
