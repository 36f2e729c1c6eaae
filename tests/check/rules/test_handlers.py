from __future__ import annotations

from collections.abc import Mapping

from engine.check.rules.handlers import RULE
from tests.check.builders import Drawing, about, alone, folder, together


def _sending(handler: str = "send-letter", inputs: Mapping[str, str] | None = None, tag: str = "sendTask") -> Drawing:
    drawing = Drawing().start(form="application").send("write", handler=handler, inputs=inputs, tag=tag).end()
    return drawing.flow("received", "write", "closed")


def test_a_handler_that_is_given_what_it_needs_is_left_alone() -> None:
    assert alone(RULE, _sending()) == []
    assert alone(RULE, _sending(inputs={"letter": "CT1", "to": "=applicant_name", "reason": "=why"})) == []


def test_a_handler_that_there_is_not_is_named_with_the_one_that_was_meant() -> None:
    (finding,) = alone(RULE, _sending("send-leter"))
    assert about([finding]) == [("write", "error")]
    assert "Is “send-letter” meant?" in finding.sentence


def test_a_task_without_a_handler_is_refused() -> None:
    assert about(alone(RULE, _sending("", inputs={}, tag="serviceTask"))) == [("write", "error")]


def test_a_missing_input_is_named_as_the_modeller_shows_it() -> None:
    (finding,) = alone(RULE, _sending(inputs={"to": "A"}))
    assert "“Letter” is missing" in finding.sentence


def test_an_input_that_is_written_out_wrong_is_refused() -> None:
    (finding,) = alone(RULE, _sending(inputs={"letter": "CT1", "to": "A", "channel": "fax"}))
    assert "email, post, hand" in finding.sentence


def test_where_nobody_says_which_handlers_there_are_no_name_is_judged() -> None:
    assert together(RULE, folder(_sending("whatever")), handlers=None) == []
