"""A diagram of the policy on the screen, as a picture and in words."""

from __future__ import annotations

from html import unescape

from tests.webui.office import Web


def test_the_words_beside_a_diagram_say_by_when_and_which_letter(web: Web) -> None:
    page = unescape(web.client_of("Officer 1").get("/policy/diagrams/appeal").get_data(as_text=True))
    assert "Due: 15 working days after the day on which the appeal is received" in page
    assert "Letter: “Your appeal: who hears it, and when” (CT3b)" in page


def test_a_diagram_that_is_not_in_the_policy_is_not_found(web: Web) -> None:
    assert web.client_of("Officer 1").get("/policy/diagrams/appeals").status_code == 404
