from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.check.rules.guards import RULE
from engine.variants import Variant, load_variant
from tests.check.builders import SETTINGS, Drawing, decision, folder, form, together
from tests.house.checkout import ROOT

_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met", "id": "m"}
_GUARD = """[guards.act]
before = { facts = ["threshold_met"], ends = ["closed", "*"] }
when = "threshold_met = false"
unless = "floor != true"
sentence = "Three reports bind."
clause = "L104.4"
"""


def _guarding(guard: str) -> Variant:
    drawing = Drawing().start().user("decide", form="decide").end().flow("received", "decide", "closed")
    return folder(
        drawing, settings=SETTINGS + guard, floor_dmn=decision("floor", "true"), forms__decide_form=form("decide", _MET)
    )


def test_a_guard_before_what_there_is_that_reads_what_is_known_is_left_alone() -> None:
    assert together(RULE, _guarding(_GUARD)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('["threshold_met"]', '["treshold_met"]', "the fact “treshold_met”, which there is not. Is “threshold_met”"),
        ('"closed"', '"closd"', "before the end “closd”"),
        ('ends = ["closed", "*"]', 'messages = ["nothing"]', "before the message “nothing”"),
        ('ends = ["closed", "*"]', 'letters = ["CT9"]', "before the letter “CT9”"),
        ("floor !=", "flor !=", "reads “flor”, which no form, mapping or decision gives. Is “floor” meant?"),
        ("floor !=", "was.treshold_met !=", "reads “was.treshold_met”, which no form or mapping gives. Is"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_named(was: str, becomes: str, said: str) -> None:
    (finding,) = together(RULE, _guarding(_GUARD.replace(was, becomes)))
    assert (finding.file, finding.element_id, finding.severity) == ("variant.toml", "act", "error")
    assert said in finding.sentence


def test_what_was_known_before_and_the_reason_of_a_correction_can_be_read() -> None:
    guard = _GUARD.replace("floor != true", "was.threshold_met = null or correction_reason != null")
    assert together(RULE, _guarding(guard)) == []


@pytest.mark.parametrize(
    "guard",
    [
        _GUARD,
        _GUARD.replace("floor != true", "met")
        .replace("threshold_met = false", "floor")
        .replace('"met"', '"threshold_met"'),
    ],
)
def test_a_table_in_the_place_of_the_one_that_holds_the_act_is_refused(guard: str) -> None:
    whole = _guarding(guard + 'given_by = "statutory"\n')
    inherited = Variant.from_files(whole.files, whole.id, origin={"floor.dmn": "statutory"})
    assert together(RULE, inherited) == []
    (finding,) = together(RULE, Variant.from_files(whole.files, whole.id))
    assert (finding.file, finding.severity) == ("floor.dmn", "error")
    assert "puts the folder's own table in the place of the one" in finding.sentence


def test_an_answer_in_the_place_of_the_table_that_holds_the_act_is_refused(tmp_path: Path) -> None:
    for base in ("statutory", "model"):
        shutil.copytree(ROOT / "bpmn" / base, tmp_path / base)
    (tmp_path / "othershire").mkdir()
    (tmp_path / "othershire/variant.toml").write_text(
        'name = "O"\nextends = "model"\n[[questions]]\nform = "application"\nafter = "asb_description"\nkey = "floor"\n'
        'label = "Floor?"\ntype = "checkbox"\n'
    )
    (tmp_path / "othershire/floor.dmn").write_text("<definitions/>")  # no table of this name is left
    found = together(RULE, load_variant(tmp_path / "othershire"))
    sentences = [each.sentence for each in found if each.element_id == "three_complaints_bind"]
    assert sentences == [
        "[guards.three_complaints_bind] holds the Act (L104.4) by the decision “floor” of statutory, which is not "
        "there. Take out what leaves its file out, or takes its place."
    ]


def test_a_setting_that_a_guard_asks_for_and_that_is_missing_is_named() -> None:
    (finding,) = together(RULE, _guarding(_GUARD.replace("floor !=", "council.delegation !=")))
    assert (finding.severity, finding.file) == ("warning", "variant.toml")
    assert "reads “council.delegation”, which no setting gives: Three reports bind (L104.4)." in finding.sentence


def test_what_a_base_guards_need_not_be_there_in_every_council_but_something_of_it_has_to() -> None:
    inherited = _GUARD.replace("unless", 'given_by = "statutory"\nunless')
    elsewhere = {"floor.dmn": "statutory"}
    part = _guarding(inherited.replace('["threshold_met"]', '["threshold_met", "elsewhere"]'))
    assert together(RULE, Variant.from_files(part.files, part.id, origin=elsewhere)) == []
    none = _guarding(inherited.replace('["threshold_met"], ends = ["closed", "*"]', '["elsewhere"]'))
    (finding,) = together(RULE, Variant.from_files(none.files, none.id, origin=elsewhere))
    assert "the fact “elsewhere”" in finding.sentence


def test_a_slip_in_what_a_base_guards_is_nothing_that_a_council_left_out() -> None:
    inherited = _GUARD.replace("unless", 'given_by = "statutory"\nunless')
    slip = _guarding(inherited.replace('["threshold_met"]', '["threshold_met", "threshold_mte"]'))
    (finding,) = together(RULE, Variant.from_files(slip.files, slip.id, origin={"floor.dmn": "statutory"}))
    assert "the fact “threshold_mte”, which there is not. Is “threshold_met” meant?" in finding.sentence
