"""Two names that are a slip of the pen apart are pointed out, and names that are other words are left alone."""

from __future__ import annotations

import pytest

from engine.check.rules.near_names import RULE
from engine.check.suggestions import is_slip
from tests.check.builders import SETTINGS, Drawing, about, folder, form, plain, together


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("contact_on", "contatc_on"),
        ("yes", "yse"),
        ("agencies", "agenices"),
        ("reports", "repots"),
        ("due_on", "due_no"),
    ],
)
def test_a_slip_is_told_in_both_directions(name: str, other: str) -> None:
    assert is_slip(name, other)
    assert is_slip(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("report", "reports"), ("told_on", "told_by"), ("confirmed", "confirmer"), ("met", "meet"), ("met", "met"),
        ("part_12", "part_21"), ("heard_on", "held_on"), ("a_victim", "victim"),
    ],
)  # fmt: skip
def test_other_words_are_no_slips(name: str, other: str) -> None:
    assert not is_slip(name, other)


def _text(key: str, id: str, label: str = "?") -> dict[str, object]:
    return {"type": "textfield", "key": key, "id": id, "label": label}


def test_a_fact_under_two_names_is_pointed_out_where_it_is_named_less_often() -> None:
    often = form("a", _text("hoped_outcome", "a1")), form("b", _text("hoped_outcome", "b1"))
    rare = form("c", _text("hoped_outcmoe", "c1"))
    held = folder(plain(), forms__a_form=often[0], forms__b_form=often[1], forms__c_form=rare)
    (finding,) = together(RULE, held)
    assert (finding.file, *about([finding])) == ("forms/c.form", ("c1", "warning"))
    assert "Is “hoped_outcome” meant?" in finding.sentence


def test_what_a_process_is_called_with_under_another_name_is_pointed_out() -> None:
    handed = '<zeebe:input source="=1" target="begisn_at"/>'
    drawing = Drawing().start().call("step", process="part", mappings=handed).end().flow("received", "step", "closed")
    often = form("a", _text("begins_at", "a1")), form("b", _text("begins_at", "b1"))
    (finding,) = together(RULE, folder(drawing, forms__a_form=often[0], forms__b_form=often[1]))
    assert (finding.element_id, "“begisn_at” is “begins_at”" in finding.sentence) == ("step", True)


def test_a_word_that_is_handed_on_misspelt_is_pointed_out() -> None:
    word, wrong = (f'<zeebe:input source="=&quot;{each}&quot;" target="begins_at"/>' for each in ("review", "reveiw"))
    main = Drawing().start().call("first", process="part", mappings=word)
    main.call("again", process="part", mappings=wrong).call("last", process="part", mappings=word).end()
    part = Drawing("part").start("begun").end("over").flow("begun", "over")
    drawn = main.flow("received", "first", "again", "last", "closed")
    (finding,) = together(RULE, folder(drawn, part_bpmn=part.xml()))
    assert finding.element_id == "again"
    assert "The choice of “begins_at”, “reveiw” is “review”" in finding.sentence


def test_a_list_under_another_name_than_its_items_have_is_pointed_out() -> None:
    listed = form(
        "a",
        {"type": "dynamiclist", "path": "reprots", "id": "l", "label": "Which?", "components": [_text("what", "a1")]},
    )
    (finding,) = together(RULE, folder(plain(), forms__a_form=listed))
    assert "“reprots” is “reports”" in finding.sentence or "“reports” is “reprots”" in finding.sentence


def test_a_name_is_held_against_its_own_label() -> None:
    (finding,) = together(
        RULE, folder(plain(), forms__a_form=form("a", _text("outcmoe", "a1", "Outcome of the panel")))
    )
    assert "and “outcmoe” is “outcome” but for a slip of the pen" in finding.sentence


def test_two_teams_a_slip_apart_are_pointed_out() -> None:
    settings = SETTINGS + '[[teams]]\nid = "paenl"\nname = "Other panel"\n'
    (finding,) = together(RULE, folder(plain(), settings=settings))
    assert finding.file == "variant.toml"


def test_two_messages_a_slip_apart_are_pointed_out() -> None:
    def waits(message: str) -> str:
        return f'<bpmn:messageEventDefinition id="e_{message}" messageRef="{message}" />'

    drawing = Drawing().start().user("work").user("decide").end().end("off").end("withdrawn")
    drawing.boundary("called_off", "work", waits("one")).boundary("taken_back", "decide", waits("two"))
    drawing.flow("received", "work", "decide", "closed").flow("called_off", "off").flow("taken_back", "withdrawn")
    drawing.message("one", "withdraw").message("two", "withdarw")
    (finding,) = together(RULE, folder(drawing))
    assert "The message “withdarw” is “withdraw” but for a slip of the pen." in finding.sentence
