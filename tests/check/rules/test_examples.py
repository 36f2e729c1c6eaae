"""What a worked example answers and expects is held against the forms and diagrams, without playing it."""

from __future__ import annotations

import pytest

from engine.check.rules.examples import RULE
from engine.variants import Variant
from tests.check.builders import Drawing, folder, form, together

_NUMBER = {"type": "number", "key": "how_many", "label": "How many?", "id": "n"}
_HOW = {
    "type": "radio", "key": "how", "label": "How?", "id": "h", "values": [{"value": "form", "label": "By form"}],
}  # fmt: skip
_LIST = {"type": "dynamiclist", "path": "reports", "id": "l", "label": "Reports", "components": [_NUMBER]}
_APPLIED = "[application]\non = 2026-03-02\n[application.answers]\n"
_STEP = '[application]\non = 2026-03-02\n[[step]]\non = 2026-03-03\nby = "an officer"\ntask = "decide"\n'


def _with(*examples: str, due: str = "") -> Variant:
    drawing = Drawing().start(form="application").user("decide", form="application", due=due).end()
    drawing.flow("received", "decide", "closed")
    files = {f"scenarios__{number:02}_toml": text for number, text in enumerate(examples, start=1)}
    return folder(drawing, forms__application_form=form("application", _NUMBER, _HOW, _LIST), **files)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("how_mnay = 2", "does not ask for “how_mnay”, which is answered in the worked example scenarios/01.toml."),
        ('how = "phone"', "(how) does not offer “phone”, which is chosen in the worked example scenarios/01.toml."),
        ('how_many = "two"', "“How many?” (how_many) does not take “two”, which is answered in the worked example"),
        ('reports = [{ what = "Noise" }]', "does not ask for “what” in “Reports”"),
    ],
)  # fmt: skip
def test_an_answer_that_the_form_would_refuse_is_pointed_out(answer: str, words: str) -> None:
    for text in (_APPLIED + answer, f"{_STEP}answers = {{ {answer} }}"):
        (finding,) = together(RULE, _with(text))
        assert words in finding.sentence
        assert (finding.file, finding.severity) == ("forms/application.form", "warning")


@pytest.mark.parametrize("answer", ['how = "form"', "how_many = 2", 'reports = [{ id = "reports-1", how_many = 1 }]'])
def test_an_answer_that_is_asked_is_left_alone(answer: str) -> None:
    assert not together(RULE, _with(_APPLIED + answer))


def test_what_several_examples_show_is_said_once() -> None:
    (finding,) = together(RULE, _with(*3 * [_APPLIED + 'how = "phone"']))
    assert "the worked example scenarios/01.toml and 2 more." in finding.sentence


def test_what_is_to_be_refused_may_be_wrong() -> None:
    assert not together(RULE, _with(f'{_STEP}answers = {{ how = "phone" }}\nrefused = "Choose one"'))
    refused = _APPLIED.replace("[application]", '[application]\nrefused = "Choose one"')
    assert not together(RULE, _with(refused + 'how = "phone"'))


def test_a_task_without_a_due_date_of_which_an_example_says_when_it_is_due_is_pointed_out() -> None:
    text = _APPLIED + "[application.then]\ndue = { decide = 2026-03-05 }"
    (finding,) = together(RULE, _with(text))
    assert (finding.file, finding.element_id) == ("main.bpmn", "decide")
    assert "has no due date, and on which day it is due says the worked example scenarios/01.toml." in finding.sentence
    assert not together(RULE, _with(text, due="=today()"))


def test_a_day_that_the_example_itself_gives_is_no_due_date() -> None:
    extended = 'extend = "decide"\nto = 2026-03-05\nreason = "Ill"\n[step.then]\ndue = { decide = 2026-03-05 }'
    assert not together(RULE, _with(_STEP.replace('task = "decide"\n', extended)))


def test_a_fact_that_nothing_makes_what_the_example_expects_is_pointed_out() -> None:
    (finding,) = together(RULE, _with(_APPLIED + '[application.then]\nfacts = { how = "phone" }'))
    assert finding.file == "scenarios/01.toml"
    assert "Nothing makes “how” phone, as it must be by scenarios/01.toml." in finding.sentence
    assert not together(RULE, _with(_APPLIED + '[application.then]\nfacts = { how = "form" }'))


def test_the_answers_with_which_an_example_changes_another_are_held_against_its_form() -> None:
    other = 'continues = "01"\n[application.answers]\nhow = "phone"'
    (finding,) = together(RULE, _with(_APPLIED + 'how = "form"', other))
    assert "scenarios/02.toml" in finding.sentence


def test_an_example_that_cannot_be_read_is_left_to_whoever_plays_it() -> None:
    assert not together(RULE, _with("[application"))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ('how = ["phone"]', "(how) does not offer “phone”, which is chosen in the worked example scenarios/01.toml."),
        (
            'how_many = ["two"]',
            "(how_many) offers no choices, and “two” is one in the worked example scenarios/01.toml.",
        ),
        ("how_mnay = 2", "does not ask for “how_mnay”, which is answered in the worked example scenarios/01.toml."),
        ('reports = [{ what = "Noise" }]', "does not ask for “what” in “Reports”"),
    ],
)
def test_what_could_be_answered_as_well_is_held_against_the_form(other: str, words: str) -> None:
    for text in (f"{_APPLIED}how = 'form'\n[application.or]\n{other}", f"{_STEP}[step.or]\n{other}"):
        (finding,) = together(RULE, _with(text))
        assert words in finding.sentence


def test_what_the_form_takes_as_well_is_left_alone() -> None:
    others = 'how = ["form"]\nhow_many = 3\n[[step.or.reports]]\nhow_many = 4'
    assert not together(RULE, _with(f"{_STEP}[step.or]\n{others}"))


def test_a_fact_that_an_example_expects_and_nothing_gives_is_pointed_out() -> None:
    (finding,) = together(RULE, _with(_APPLIED + "[application.then]\nfacts = { how_mnay = 2 }"))
    assert "No form and no mapping gives “how_mnay”, which is expected in the worked example" in finding.sentence
    assert "Is “how_many” meant?" in finding.sentence
    assert not together(RULE, _with(_APPLIED + '[application.then]\nfacts = { "reports-1.how_many" = 2 }'))


def test_a_message_that_an_example_tells_and_nothing_waits_for_is_pointed_out() -> None:
    (finding,) = together(RULE, _with(_STEP.replace('task = "decide"', 'tell = "withdraw"')))
    assert "Nothing drawn waits for the message “withdraw”, which is told in scenarios/01.toml." in finding.sentence


def test_an_example_of_a_process_that_stands_in_no_slot_is_pointed_out() -> None:
    (finding,) = together(RULE, _with('uses = ["by_meeting"]\n' + _APPLIED + 'how = "phone"'))
    assert "It uses the process “by_meeting”, which can stand in no slot, so that nobody plays it." in finding.sentence


@pytest.mark.parametrize("sets_back", [True, False])
def test_what_an_example_holds_for_unknown_once_a_message_is_told_is_set_back_by_what_it_begins(
    sets_back: bool,
) -> None:
    output = '<zeebe:ioMapping><zeebe:output source="=null" target="how" /></zeebe:ioMapping>' if sets_back else ""
    inner = '<bpmn:messageEventDefinition id="m" messageRef="anew" />'
    drawing = Drawing().add("startEvent", "asked_anew", extension=output, inner=inner).user("decide").end()
    drawing.flow("asked_anew", "decide", "closed").message("anew", "review_again")
    told = _STEP.replace('task = "decide"', 'tell = "review_again"') + '[step.then]\nunknown = ["how"]'
    findings = together(RULE, folder(drawing, scenarios__01_toml=told))
    assert [finding.element_id for finding in findings] == ([] if sets_back else ["asked_anew"])
    assert all("in which nothing sets “how” back" in finding.sentence for finding in findings)
