from __future__ import annotations

from engine.check.rules.languages import RULE
from tests.check.builders import LETTER, SETTINGS, about, folder, form, plain, together
from tests.check.examples.languages import IN_WELSH, LINE, PAGE

ROLES = '[addressees.applicant]\nname = "applicant_name"\nlanguage = "language"\n'
LETTER_TO_APPLICANT = LETTER.replace('to = "the applicant"', 'to = ["applicant"]')
WHOLE = {"pages__apply_md": PAGE, "pages__cy__apply_md": IN_WELSH, "forms__cy__application_form": form("application")}


def test_a_council_of_one_language_is_asked_for_no_other() -> None:
    assert together(RULE, folder(plain(), pages__apply_md=PAGE)) == []


def test_a_letter_to_people_who_choose_a_language_is_missed_where_it_is_not_there() -> None:
    found = together(
        RULE, folder(plain(), settings=LINE + SETTINGS + ROLES, letters__ct1_md=LETTER_TO_APPLICANT, **WHOLE)
    )
    assert about(found) == [("CT1", "warning")]
    assert "Write letters/cy/ct1.md" in found[0].sentence


def test_what_has_to_be_translated_is_an_error_where_it_is_not() -> None:
    settings = f'{LINE}translated = ["pages.apply"]\n{SETTINGS}'
    found = together(
        RULE, folder(plain(), settings=settings, pages__apply_md=PAGE, forms__cy__application_form=form("application"))
    )
    assert about(found) == [("apply", "error")]


def test_a_form_without_a_translation_is_named() -> None:
    found = together(RULE, folder(plain(), settings=LINE + SETTINGS))
    assert about(found) == [("application", "warning")]


def test_a_single_text_may_stand_in_the_settings_and_is_named_where_it_stands_nowhere() -> None:
    no_label = form("application").replace(b'"label": ', b'"was": ')
    found = together(RULE, folder(plain(), settings=LINE + SETTINGS, forms__cy__application_form=no_label))
    assert found
    assert {each.severity for each in found} == {"warning"}
    said = "".join(f'"{each.element_name}" = "Cymraeg"\n' for each in found if "no label" in each.sentence)
    settings = f"{LINE}{SETTINGS}[translations.cy]\n{said}"
    left = together(RULE, folder(plain(), settings=settings, forms__cy__application_form=no_label))
    assert not [each for each in left if "no label" in each.sentence]
