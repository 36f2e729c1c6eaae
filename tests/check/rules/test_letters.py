from __future__ import annotations

import pytest

from engine.check.rules.letters import RULE
from tests.check.builders import LETTER, Drawing, about, folder, plain, together


def _sending(**inputs: str) -> Drawing:
    drawing = Drawing().start(form="application").send("write", inputs={"to": "A", **inputs}).end()
    return drawing.flow("received", "write", "closed")


def test_a_letter_whose_placeholders_are_known_is_left_alone() -> None:
    assert together(RULE, folder(_sending(letter="CT1"))) == []


def test_a_letter_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    findings = together(RULE, folder(_sending(letter="CT11")))
    assert ("write", "error") in about(findings)
    assert any("Is “CT1” meant?" in finding.sentence for finding in findings)


def test_a_placeholder_that_nothing_gives_is_refused() -> None:
    letter = LETTER.replace("((applicant_name))", "((chair_name)), ((council.phone)), ((case.reference))")
    (finding,) = together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=letter))
    assert about([finding]) == [("CT1", "error")]
    assert "((chair_name))" in finding.sentence


def test_a_placeholder_that_only_another_process_keeps_is_refused_where_the_letter_is_sent() -> None:
    elsewhere = Drawing("elsewhere").start().decide("choose", "chairs", "chair_name").end()
    both = _sending(letter="CT1"), elsewhere.flow("received", "choose", "closed")
    letter = LETTER.replace("((applicant_name))", "((chair_name))")
    (finding,) = together(RULE, folder(*both, letters__ct1_md=letter))
    assert about([finding]) == [("write", "error")]


def test_a_placeholder_may_be_given_by_an_input_mapping() -> None:
    letter = LETTER.replace("((applicant_name))", "((chair_name))")
    assert together(RULE, folder(_sending(letter="CT1", chair_name="=1"), letters__ct1_md=letter)) == []


@pytest.mark.parametrize("written", ["((applicant_naem??Soon.))", "((not applicant_naem??Soon.))"])
def test_what_decides_whether_words_are_shown_and_nothing_gives_is_pointed_out_in_the_letter(written: str) -> None:
    letter = LETTER + written
    (finding,) = together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=letter))
    assert about([finding]) == [("CT1", "warning")]
    assert "Is “applicant_name” meant?" in finding.sentence


def test_what_a_title_goes_by_is_looked_for_too() -> None:
    letter = LETTER.replace('title = "', 'titles = { is_urgent = "Soon" }\ntitle = "', 1)
    (finding,) = together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=letter))
    assert "is_urgent" in finding.sentence


def test_a_letter_of_which_nobody_knows_where_it_is_sent_is_looked_at_all_the_same() -> None:
    letter = LETTER.replace("((applicant_name))", "((aplicant_name))")
    (finding,) = together(RULE, folder(_sending(letter="=which"), letters__ct1_md=letter))
    assert "Is “applicant_name” meant?" in finding.sentence


def test_a_detail_that_a_council_may_give_is_printed_only_where_it_does() -> None:
    optional = LETTER + "((council.appeals_page??See ((council.appeals_page)).))"
    assert together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=optional)) == []
    misspelt = LETTER + "((council.apeals_page??See ((council.appeals_page)).))"
    assert "council.apeals_page" in str(together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=misspelt)))


def test_a_letter_that_is_not_closed_is_refused() -> None:
    findings = together(RULE, folder(_sending(letter="CT1"), letters__ct1_md=LETTER + "((open"))
    assert ("letters/ct1.md", "error") in [(finding.file, finding.severity) for finding in findings]


def test_a_letter_that_nothing_sends_is_pointed_out() -> None:
    assert about(together(RULE, folder(plain()))) == [("CT1", "warning")]
    assert together(RULE, folder(_sending(letter="=which"))) == []


def _choosing() -> Drawing:
    """A process in which a table chooses the letter."""
    drawing = Drawing().start(form="application").decide("choose", "which_letter", "chosen")
    drawing.send("write", inputs={"to": "A", "letter": "=chosen.letter"}).end()
    return drawing.flow("received", "choose", "write", "closed")


def _table(*letters: str) -> str:
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{n}</text></inputEntry><outputEntry'
        f' id="o{n}"><text>"{letter}"</text></outputEntry><outputEntry id="p{n}"><text>1</text></outputEntry></rule>'
        for n, letter in enumerate(letters)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="D" namespace="n"><decision'
        ' id="which_letter" name="Which letter"><decisionTable id="table" hitPolicy="UNIQUE"><input id="in"'
        ' label="Name"><inputExpression id="ie" typeRef="number"><text>1</text></inputExpression></input><output'
        f' id="a" name="letter"/><output id="b" name="copies"/>{rules}</decisionTable></decision></definitions>'
    )


def test_letters_that_a_table_chooses_are_looked_for() -> None:
    assert together(RULE, folder(_choosing(), which_dmn=_table("CT1", "CT1"))) == []
    (finding,) = together(RULE, folder(_choosing(), which_dmn=_table("CT1", "CT2")))
    assert about([finding]) == [("write", "error")]
    assert "“CT2”" in finding.sentence
