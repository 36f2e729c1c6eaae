"""What differs between two variants is said in sentences, each thing once, and nothing else is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.draw import draw_svg
from engine.variants import Variant, load_variant
from engine.variants.comparison import Difference, compare, written_otherwise
from engine.variants.comparison.difference import instead
from tests.house.checkout import ROOT

HERTSMERE = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
HEAD = 'name = "Hertsmere Borough Council"\nextends = "hertsmere"\n'

MANY, FOUR = " ".join(["word"] * 90), " ".join(["word"] * 4)

Over = Callable[..., list[Difference]]


@pytest.fixture
def over(tmp_path: Path) -> Over:
    """What differs between Hertsmere and a folder that says these lines, and holds these files, over it."""

    def differences(lines: str = "", **files: str) -> list[Difference]:
        folder = tmp_path / "other"
        for name, text in {"variant.toml": HEAD + lines, **files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        found = compare(HERTSMERE, load_variant(folder, root=ROOT / "bpmn"))
        return [each for each in found if each.element_id != "extends"]

    return differences


def own(file: str) -> str:
    return HERTSMERE.files[file].decode()


def test_nothing_differs_from_itself(over: Over) -> None:
    assert over() == []
    assert compare(HERTSMERE, HERTSMERE) == ()


def test_a_limit_that_counts_from_another_day_is_told_in_full(over: Over) -> None:
    [limit] = over('[limits]\n"threshold decision" = "20 working days after application_date"')
    assert limit.clauses == ("H11.3", "H11.5")
    assert limit.sentence == (
        "“threshold decision”: 20 working days after application_date instead of 14 working days after "
        "max([application_date, taken_up_on][item != null])."
    )


def test_of_a_limit_whose_number_alone_is_another_the_numbers_are_told(over: Over) -> None:
    [limit] = over('[limits]\n"acknowledge" = "3 working days"')
    assert limit.told == "H11.1: “acknowledge”: 3 instead of 2 working days after the application date."
    assert limit.details[0].after == "3 working days after application_date"


def test_a_limit_that_is_switched_off_is_gone(over: Over) -> None:
    [found] = over('[limits]\n"minutes" = "none"')
    assert (found.how, found.sentence) == (
        "gone", "“minutes”: nothing is due, where it was 5 working days after panel_held_on.",
    )  # fmt: skip


def test_a_cell_of_a_table(over: Over) -> None:
    [found] = over(**{"threshold.dmn": own("threshold.dmn").replace("<text>&gt;= 3</text>", "<text>&gt;= 2</text>", 1)})
    assert found.what == "table"
    assert "Separate qualifying complaints, preceding 6 months is “>= 2” instead of “>= 3”" in found.sentence


def test_a_row_that_is_left_out(over: Over) -> None:
    [found] = over('without = ["rows.threshold.threshold_safeguarding"]')
    assert (found.how, found.element_id) == ("gone", "threshold_safeguarding")


def test_what_is_drawn_otherwise(over: Over) -> None:
    text = own("action.bpmn").replace('name="Carry out the action"', 'name="Do it"')
    [found] = over(
        **{"action.bpmn": text.replace('=action_outcome = "done"', '=action_outcome = "finished"')}.items()
        and {"action.bpmn": text}
    )
    assert (found.what, found.element_id) == ("step", "carry_out_action")
    assert "its name is “Do it” instead of “Carry out the action”" in found.sentence


def test_a_condition_of_a_way(over: Over) -> None:
    [found] = over(
        **{"action.bpmn": own("action.bpmn").replace('=action_outcome = "done"', '=action_outcome = "ended"')}
    )
    assert found.what == "way"
    assert 'is taken where “=action_outcome = "ended"” instead of' in found.sentence


def test_all_that_is_drawn_elsewhere_is_one_difference_of_its_drawing(over: Over) -> None:
    text = own("action.bpmn").replace('<dc:Bounds x="120"', '<dc:Bounds x="121"')
    [found] = over(**{"action.bpmn": text})
    assert (found.how, found.sentence) == ("moved", "In the drawing of “An action is carried out” 1 element moved.")


STEP = """<bpmn:userTask id="check_it" name="Check it">
  <bpmn:incoming>carry_out_action_to_was_it_done</bpmn:incoming><bpmn:outgoing>checked</bpmn:outgoing>
</bpmn:userTask>
<bpmn:sequenceFlow id="checked" sourceRef="check_it" targetRef="was_it_done" />
"""


def test_a_step_that_is_put_in_is_one_difference_with_its_place(over: Over) -> None:
    way = '<bpmn:sequenceFlow id="carry_out_action_to_was_it_done" sourceRef="carry_out_action" targetRef='
    incoming = "<bpmn:incoming>carry_out_action_to_was_it_done</bpmn:incoming>"
    text = own("action.bpmn").replace(incoming, "<bpmn:incoming>checked</bpmn:incoming>")
    assert f'{way}"was_it_done"' in text
    [found] = over(**{"action.bpmn": text.replace(f'{way}"was_it_done"', f'{STEP}{way}"check_it"')})
    assert found.sentence == (
        "“Check it” (user task, Community Safety Team) in “An action is carried out” is new. It stands after “Carry "
        "out the action” and before “Was it done as agreed?”."
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("action.bpmn", "&#34;partner_agency&#34;", "&#34;panel&#34;", "its team is “=if assigned_team = null then "),
        ("action.bpmn", ">=due_on<", '>=due("minutes")<', 'when it happens is “=due("minutes")” instead of “=due_on”'),
        ("threshold.dmn", 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"', "which of its rows hold is “UNIQUE” instead of "),
        ("letters/ct1.md", "write to you by", "tell you by", "says “… review is met, and tell you by **((decision_due"),
        ("letters/ct1.md", "Yours sincerely\n\n", "", "no longer says “Yours sincerely”"),
        ("letters/ct1.md", "Yours sincerely", "Thank you.\n\nYours sincerely", "says “Thank you.” too"),
        ("letters/ct1.md", "is, what comes", "is,\nwhat comes", "breaks its lines elsewhere"),
    ],
)  # fmt: skip
def test_what_changed_of_a_file(over: Over, file: str, old: str, new: str, told: str) -> None:
    [found] = over(**{file: own(file).replace(old, new, 1)})
    assert told in found.sentence


def test_choices_that_are_new_gone_or_called_otherwise(over: Over) -> None:
    form = json.loads(own("forms/application.form"))
    question = next(each for each in form["components"] if each.get("key") == "application_channel")
    question["values"][0]["label"] = "Web page"
    question["values"][-1] = {"value": "visit", "label": "Visit"}
    [found] = over(**{"forms/application.form": json.dumps(form)})
    assert "the choice “Visit” is new; the choice “Letter” is gone; the choice “Online form” is called “Web page”" in (
        found.sentence
    )


def test_questions_in_another_order_are_one_difference(over: Over) -> None:
    form = json.loads(own("forms/application.form"))
    form["components"].insert(1, form["components"].pop(3))
    [found] = over(**{"forms/application.form": json.dumps(form)})
    assert found.how == "moved"


def test_rows_in_another_order_are_one_difference(over: Over) -> None:
    rows = re.findall(r"      <rule id=.*?</rule>\n", own("threshold.dmn"), re.DOTALL)
    [found] = over(**{"threshold.dmn": own("threshold.dmn").replace(rows[0] + rows[1], rows[1] + rows[0])})
    assert (found.how, "row 1 is row 2 now and row 2 is row 1 now" in found.sentence) == ("moved", True)


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("action.bpmn", lambda text: text.replace("\n    ", "\n  ")),
        ("threshold.dmn", lambda text: text.replace(' name="threshold" />', '   name="threshold"/>')),
        ("forms/application.form", lambda text: json.dumps(json.loads(text), indent=7)),
    ],
)
def test_a_file_that_is_written_otherwise_says_the_same(file: str, written: Callable[[str], str]) -> None:
    other = Variant.from_files({**HERTSMERE.files, file: written(own(file)).encode()}, HERTSMERE.id)
    assert other.files[file] != HERTSMERE.files[file]
    assert compare(HERTSMERE, other) == ()
    assert written_otherwise(HERTSMERE, other) == (file,)


def test_what_no_sentence_tells_is_told_all_the_same() -> None:
    text = own("threshold.dmn").replace('name="met" typeRef="boolean"', 'name="met" typeRef="string"')
    other = Variant.from_files({**HERTSMERE.files, "threshold.dmn": text.encode()}, HERTSMERE.id)
    [found] = compare(HERTSMERE, other)
    assert found.sentence == "threshold.dmn says something else."


def test_a_team_of_another_name_is_one_difference(over: Over) -> None:
    [found] = over('teams = [{id = "community_safety", name = "Safer Team"}]')
    assert found.sentence == "teams.community_safety.name is “Safer Team” instead of “Community Safety Team”."


def test_a_question_that_is_added_and_one_that_is_asked_otherwise(over: Over) -> None:
    form = json.loads(own("forms/application.form"))
    form["components"][0]["label"] = "Something else"
    found = over(
        '[[questions]]\nform = "application"\nafter = "asb_description"\nkey = "under_18"\nlabel = "Anybody under 18?"',
    )
    assert [each.sentence for each in found] == ["The form “application” asks “Anybody under 18?”."]


def test_words_of_a_letter(over: Over) -> None:
    text = own("letters/ct1.md")
    [found] = over(**{"letters/ct1.md": text.replace("Yours sincerely", "With kind regards")})
    assert found.what == "letter"
    assert "With kind regards" in found.sentence
    assert "instead of" in found.sentence


def test_a_clause_that_restates_another_is_told_once(over: Over) -> None:
    found = over(**{"policy.toml": '[D5]\ntext = "Within 2 working days."\nrestates = "H11.1"\n'})
    assert {(each.what, each.how, each.element_id) for each in found} == {
        ("clause", "added", "D5"),
        ("clause", "gone", "H11.1"),
    }


def test_what_carries_a_clause_out_stands_before_the_rest_and_clauses_in_their_order(over: Over) -> None:
    found = over(
        'teams = [{id = "community_safety", name = "Safer Team"}]\n[limits]\n'
        '"minutes" = "9 days after panel_held_on"\n"acknowledge" = "3 days after application_date"'
    )
    assert [each.clauses for each in found] == [("H11.1",), ("H11.17",), ()]


def test_a_difference_is_marked_in_a_picture_by_a_word() -> None:
    picture = draw_svg(HERTSMERE.diagrams["action.bpmn"], title="t", marks={"carry_out_action": "changed"})
    assert "Changed: Carry out the action" in picture


@pytest.mark.parametrize(
    ("after", "before", "told"),
    [
        (f"{MANY} sixty {MANY}", f"{MANY} 60 {MANY}", f"“… {FOUR} sixty {FOUR} …” instead of “… {FOUR} 60 {FOUR} …”"),
        (f"{MANY} and more", MANY, f"“… {FOUR} and more” instead of “… {FOUR}”"),
        ("sixty", "60", "“sixty” instead of “60”"),
    ],
)
def test_long_texts_are_told_from_where_they_part(after: str, before: str, told: str) -> None:
    assert instead(after, before) == told


def test_what_is_new_as_a_whole_is_told_once(over: Over) -> None:
    lines = '[guards.nobody]\nbefore = "minutes"\nunless = "false"\nsentence = "Never."\nclause = "H1"\n'
    [found] = over(lines)
    assert (found.how, found.element_id) == ("added", "guards.nobody")
    assert found.sentence.startswith("guards.nobody is new: before “minutes”, unless “false”, sentence “Never.” and 1")
