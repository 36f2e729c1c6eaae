"""A diagram of the policy on the screen, as a picture and in words."""

from __future__ import annotations

import re
from html import unescape

from engine.casework.cases.intake import open_case
from engine.scenarios import scenarios_of
from engine.workshop.examples.kept import play_and_keep
from tests.webui.office import Web


def test_the_words_beside_a_diagram_say_by_when_and_which_letter(web: Web) -> None:
    page = unescape(web.client_of("Officer 1").get("/policy/diagrams/appeal").get_data(as_text=True))
    assert "Due: 15 working days after the day on which the appeal is received" in page
    assert "Letter: “Your appeal: who hears it, and when” (CT3b)" in page


def test_what_goes_through_a_step_and_how_many_cases_stand_there_is_listed(web: Web) -> None:
    scenario = scenarios_of(web.variant)[0]
    open_case(web.office, web.variant, scenario.application, by="the applicant")
    page = web.client_of("Officer 1").get("/policy/diagrams/application").get_data(as_text=True)
    told = " ".join(re.sub("<[^>]+>", " ", unescape(page)).split())
    assert "The worked examples were not played yet." in told
    assert "Acknowledge the application Due: 2 working days after the application date H11.1 1" in told
    assert "Confirm receipt in writing (CT1) Letter: “We have received your application” (CT1)" in told
    play_and_keep(web.office, web.variant, scenario)
    page = web.client_of("Officer 1").get("/policy/diagrams/application").get_data(as_text=True)
    assert 'href="/policy/examples?element=send_ct4&amp;file=application.bpmn">1<' in page


def test_a_diagram_that_is_not_in_the_policy_is_not_found(web: Web) -> None:
    assert web.client_of("Officer 1").get("/policy/diagrams/appeals").status_code == 404
