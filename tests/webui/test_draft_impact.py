"""What a draft would do to cases is looked at before it counts: totals first, and the cases behind each."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.scenarios import scenarios_of
from engine.workshop.impacts import work_out_next_impact
from tests.webui.office import Web
from tests.webui.test_draft_looks import edit
from tests.webui.test_publication import here, root, words  # noqa: F401  # fixtures
from tests.workshop.folder import FIRST

DRAFT = "/policy/drafts/1"
PAGE = f"{DRAFT}/impact"


@pytest.fixture
def owner(here: Web) -> FlaskClient:  # noqa: F811
    """Two open cases and a closed one, and a draft that gives more time."""
    application = scenarios_of(here.variant)[0].application
    references = [open_case(here.office, here.variant, application, by="the applicant") for _ in range(3)]
    told = {"withdrawn_because": "asked", "withdrawal_reasons": "It is quiet now."}
    send_message(here.office, references[0], "withdraw", told, by="Officer 1")
    bring_up_to_date(here.office)
    browser = here.client_of(FIRST)
    browser.post("/policy/drafts", data={"title": "More time", "where": "in-force"})
    edit(browser, "variant.toml", "[[people]]", '[limits]\n"acknowledge" = "4 working days"\n\n[[people]]')
    return browser


def test_it_is_worked_out_in_the_background_and_told_with_the_cases_behind_the_totals(
    here: Web,  # noqa: F811
    owner: FlaskClient,
) -> None:
    assert "What it would do to cases" in words(owner.get(DRAFT))
    assert "It is not worked out yet." in words(owner.get(PAGE))
    assert owner.post(PAGE).headers["Location"] == f"{PAGE}?watch=yes"
    waiting = owner.get(f"{PAGE}?watch=yes")
    assert "It is being worked out." in words(waiting)
    assert 'http-equiv="refresh"' in waiting.get_data(as_text=True)
    assert 'http-equiv="refresh"' not in owner.get(PAGE).get_data(as_text=True)
    assert work_out_next_impact(here.office)
    assert not work_out_next_impact(here.office)
    told = words(owner.get(f"{PAGE}?watch=yes"))
    assert "2 open: 2 with a later day." in told
    assert "“Acknowledge the application”: Wednesday 4 March 2026 → Friday 6 March 2026 (counted anew)." in told
    assert "(task, Wednesday 4 March 2026) → “Acknowledge the application” (task, Friday 6 March 2026)." in told
    assert "1 closed: 1 with another day." in told
    assert "would be due on Friday 6 March 2026, not on Wednesday 4 March 2026." in told
    assert "Work it out again" in told


def test_a_draft_that_is_edited_is_another_and_one_that_is_not_there_is_none(
    here: Web,  # noqa: F811
    owner: FlaskClient,
) -> None:
    owner.post(PAGE)
    assert work_out_next_impact(here.office)
    edit(owner, "variant.toml", "4 working days", "5 working days")
    assert "It is not worked out yet." in words(owner.get(PAGE))
    assert owner.get("/policy/drafts/2/impact").status_code == 404
    assert owner.post("/policy/proposals/7/impact").status_code == 404


def test_a_proposal_has_the_same_page(here: Web, owner: FlaskClient) -> None:  # noqa: F811
    asked = {"where": "draft", "draft": "1", "why": "More time.", "despite": "They are known.", "follows": "1"}
    assert owner.post("/policy/publish", data=asked).status_code == 302
    assert "What it would do to cases" in words(owner.get("/policy/proposals/1"))
    owner.post("/policy/proposals/1/impact")
    assert work_out_next_impact(here.office)
    assert "2 open: 2 with a later day." in words(owner.get("/policy/proposals/1/impact"))
