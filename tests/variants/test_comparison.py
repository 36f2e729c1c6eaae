"""What differs between two variants is said in sentences, each thing once, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.draw import draw_svg
from engine.variants import load_variant
from engine.variants.comparison import Difference, compare
from engine.variants.comparison.difference import instead
from tests.house.checkout import ROOT

HERTSMERE = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
HEAD = 'name = "Hertsmere Borough Council"\nextends = "hertsmere"\n'

MANY = " ".join(["word"] * 90)

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
        return [
            each for each in found if each.element_id not in ("extends", "guards") and "given_by" not in each.element_id
        ]

    return differences


def own(file: str) -> str:
    return HERTSMERE.files[file].decode()


def test_nothing_differs_from_itself(over: Over) -> None:
    assert over() == []
    assert compare(HERTSMERE, HERTSMERE) == ()


def test_a_limit_is_told_with_the_letters_that_say_the_old_number(over: Over) -> None:
    letter = own("letters/ct1.md") + "\nWe decide within 14 working days.\n"
    found = over(
        '[limits]\n"threshold decision" = "20 working days after application_date"', **{"letters/ct1.md": letter}
    )
    [limit] = [each for each in found if each.what == "limit"]
    assert limit.clauses == ("H11.3", "H11.5")
    assert limit.sentence == (
        "“threshold decision”: 20 working days after application_date instead of 14 working days after "
        "max([application_date, taken_up_on][item != null]); 1 letter says “14 working days”."
    )


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


def test_where_something_is_drawn_is_no_difference(over: Over) -> None:
    text = own("action.bpmn").replace('<dc:Bounds x="120"', '<dc:Bounds x="121"')
    assert over(**{"action.bpmn": text}) == []


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
        (f"{MANY} sixty {MANY}", f"{MANY} 60 {MANY}", "“… sixty …” instead of “… 60 …”"),
        (f"{MANY} and more", MANY, "“… word and more” instead of “… word”"),
        ("sixty", "60", "“sixty” instead of “60”"),
    ],
)
def test_long_texts_are_told_from_where_they_part(after: str, before: str, told: str) -> None:
    assert instead(after, before) == told
