from __future__ import annotations

import pytest

from engine.check.rules.ends import RULE
from engine.problems import Severity
from engine.toml import read_toml, write_toml
from engine.variants import Variant, load_variant
from tests.check.builders import SETTINGS, Drawing, decision, folder, form, together
from tests.check.mutations import HERTSMERE

HELD = load_variant(HERTSMERE)
_YES_NO = {"asked_as": "yes or no"}
_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met?", "id": "m", "properties": _YES_NO}
_OUTCOME = {"type": "textarea", "key": "outcome", "label": "Outcome", "id": "o", "validate": {"required": True}}
_CLOSING = """[guards.closing]
before = { ends = ["*"] }
unless = "floor != true or outcome != null"
sentence = "A review is carried out."
clause = "L104.1"
"""
_DECIDING = """[guards.deciding]
before = { facts = ["threshold_met"] }
when = "threshold_met = false"
unless = "floor != true"
sentence = "It is met."
clause = "L104.4"
"""


def _deciding(guards: str, *, asks: str = "outcome") -> Variant:
    drawing = Drawing().start().user("decide", form="decide").gateway("met", default="met_to_refused")
    drawing.user("review", form="review").end("reviewed").end("refused")
    drawing.flow("received", "decide", "met").flow("met", "review", condition="=threshold_met").flow("met", "refused")
    drawing.flow("review", "reviewed")
    return folder(
        drawing, settings=SETTINGS + guards, floor_dmn=decision("floor", "true", gives="boolean"),
        forms__decide_form=form("decide", _MET), forms__review_form=form("review", {**_OUTCOME, "key": asks}),
    )  # fmt: skip


def _without(*names: str) -> Variant:
    table = dict(read_toml(HELD.files["variant.toml"], name="variant.toml"))
    table["guards"] = {name: guard for name, guard in table["guards"].items() if name not in names}
    return Variant.from_files({**HELD.files, "variant.toml": write_toml(table).encode()}, HELD.id, origin=HELD.origin)


def test_an_end_that_a_guard_would_refuse_is_pointed_out() -> None:
    (finding,) = together(RULE, _deciding(_CLOSING))
    assert (finding.element_id, finding.severity) == ("refused", Severity.ERROR)


def test_where_the_answer_that_leads_there_is_refused_before_it_is_left_alone() -> None:
    assert together(RULE, _deciding(_CLOSING + _DECIDING)) == []


def test_an_end_before_which_nothing_tells_what_the_guard_asks_for_is_pointed_out() -> None:
    findings = together(RULE, _deciding(_CLOSING + _DECIDING, asks="something_else"))
    assert [finding.element_id for finding in findings] == ["reviewed"]


def test_the_end_of_an_event_sub_process_is_an_end_of_the_case() -> None:
    drawing = Drawing().start().user("review", form="review").end("reviewed").flow("received", "review", "reviewed")
    drawing.message("m", "withdrawal").event_subprocess("withdrawn")
    drawing.event_start("told", "withdrawn", '<bpmn:messageEventDefinition messageRef="m"/>')
    drawing.end("given_up", within="withdrawn").flow("told", "given_up")
    files = {"floor_dmn": decision("floor", "true", gives="boolean"), "forms__review_form": form("review", _OUTCOME)}
    (finding,) = together(RULE, folder(drawing, settings=SETTINGS + _CLOSING, **files))
    assert finding.element_id == "given_up"


def test_a_folder_without_guards_before_its_ends_is_left_alone() -> None:
    assert together(RULE, _deciding(_DECIDING)) == []


def test_hertsmere_draws_no_end_that_a_guard_would_refuse() -> None:
    assert together(RULE, HELD) == []


@pytest.mark.parametrize(
    ("taken_away", "end"),
    [
        (("three_complaints_are_suitable",), "Closed: not suitable"),
        (("three_complaints_bind",), "Closed: threshold not met"),
    ],
)
def test_hertsmere_without_what_stands_before_the_answer_is_told_of_the_end(
    taken_away: tuple[str, ...], end: str
) -> None:
    (finding,) = together(RULE, _without(*taken_away))
    assert (finding.file, finding.severity) == ("case_review.bpmn", Severity.ERROR)
    assert f"The end “{end}” can be reached with “The Act's own threshold” true" in finding.sentence
    assert "(L104.1). Draw the way on" in finding.sentence
