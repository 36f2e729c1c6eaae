"""A slip of the pen in a day is asked about at the question itself, before it makes a report not count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webui.apply.person import REPORTS, Person
from tests.webui.office import Web


@pytest.mark.parametrize(
    ("days", "said", "at"),
    [
        ({"incident_on": (1, 2, 2062), "reported_on": (2, 2, 2062)}, "which is in the future", "incident_on"),
        ({"incident_on": (3, 2, 2026), "reported_on": (2, 2, 2026)}, "is before “When did it", "reported_on"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_asked_again(web: Web, days: dict[str, Any], said: str, at: str) -> None:
    person = Person(web.client_of())
    person.begin()
    answer = person.add_report(1, REPORTS[0] | days)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{at}-day"' in answer.text
    assert person.get("/question/reports").status_code == 302  # nothing was added


def test_a_day_that_is_not_known_exactly_is_taken_as_it_is_said(web: Web) -> None:
    person = Person(web.client_of())
    person.begin()
    said = {"incident_on": ("early", "January", 2026), "reported_on": ("", 1, 2026)}
    assert person.add_report(1, REPORTS[0] | said).status_code == 302
    listed = person.get("/question/reports").text
    assert "early January 2026" in listed
    page = person.get("/question/reports/1").text
    assert 'value="early"' in page
    assert "counted in the applicant&#39;s favour" in page
    assert 'value="January"' in page
