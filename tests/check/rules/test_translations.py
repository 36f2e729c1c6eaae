from __future__ import annotations

import json

from engine.check.rules.translations import RULE
from tests.check.builders import LETTER, SETTINGS, about, folder, form, plain, together
from tests.check.examples.languages import IN_WELSH, LINE, PAGE

IN_TWO = LINE + SETTINGS


def test_a_letter_with_another_id_and_without_a_placeholder_is_named() -> None:
    other = LETTER.replace('id = "CT1"', 'id = "CT9"').replace("((applicant_name))", "you")
    found = together(RULE, folder(plain(), settings=IN_TWO, letters__cy__ct1_md=other))
    assert [severity for _, severity in about(found)] == ["error"] * len(found)
    assert any("“CT9”" in each.sentence for each in found)
    assert any("((applicant_name))" in each.sentence for each in found)


def test_a_translation_of_nothing_is_named() -> None:
    found = together(RULE, folder(plain(), settings=IN_TWO, pages__cy__apply_md=IN_WELSH))
    assert "there is no pages/apply.md" in found[0].sentence


def test_a_form_that_differs_in_more_than_texts_is_named() -> None:
    tree = json.loads(form("application"))
    tree["components"][0]["validate"] = {"maxLength": 3}
    tree["components"][0]["label"] = "Enw"
    tree["components"].append({"type": "textfield", "id": "own", "key": "own", "label": "Arall"})
    found = together(RULE, folder(plain(), settings=IN_TWO, forms__cy__application_form=json.dumps(tree)))
    assert len(found) == 2
    assert "another validate" in found[0].sentence
    assert "asks for “own”" in found[1].sentence


def test_the_same_in_other_words_is_left_alone() -> None:
    files = {"pages__apply_md": PAGE, "pages__cy__apply_md": IN_WELSH, "letters__cy__ct1_md": LETTER}
    assert together(RULE, folder(plain(), settings=IN_TWO, **files)) == []
