"""A slip in a name of variant.toml is found, wherever it stands for a fact."""

from __future__ import annotations

import pytest

from engine.check.rules.settings_facts import RULE
from tests.check.builders import SETTINGS, folder, form, plain, together

_REPORTS = {
    "type": "dynamiclist", "path": "reports", "label": "Reports", "id": "l",
    "components": [{"type": "textfield", "key": "reported_by", "label": "By", "id": "b"}],
}  # fmt: skip
_DAY = {"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "d"}
_NAME = {"type": "textfield", "key": "applicant_name", "label": "Name", "id": "n"}


def _said(settings: str) -> list[str]:
    asked = form("application", _REPORTS, _DAY, _NAME)
    checked = folder(plain(), settings=SETTINGS + settings, forms__application_form=asked)
    return [finding.sentence for finding in together(RULE, checked)]


@pytest.mark.parametrize(
    ("settings", "slip", "right"),
    [
        ('[figures.a]\nlabel = "A"\nfact = "%s"\n', "aplicant_name", "applicant_name"),
        (
            '[figures.a]\nlabel = "A"\nrecord = "case closed"\ncounted_on = "%s"\n',
            "aplication_date",
            "application_date",
        ),
        ('[figures.a]\nlabel = "A"\nfact = "applicant_name"\nwhen = "%s != null"\n', "aplicant_name", "applicant_name"),
        ('[copies.victim]\nleaves_out = "%s = 1"\n', "reported_bye", "reported_by"),
        ('[copies.victim]\nletters_to = ["%s"]\n', "aplicant_name", "applicant_name"),
        ('[applicant]\ncontact = "%s"\n', "aplicant_name", "applicant_name"),
        ('[cases]\nknown_by = ["%s"]\n', "aplicant_name", "applicant_name"),
        ('[cases]\nfound_by = ["%s"]\n', "reported_bye", "reported_by"),
        ('[case_page]\n"Who" = ["%s"]\n', "report", "reports"),
        ('[owed.a]\nclause = "X1"\nwhen = "%s != null"\nsentence = "A."\n', "aplicant_name", "applicant_name"),
    ],
)
def test_a_slip_in_the_name_of_a_fact_is_found(settings: str, slip: str, right: str) -> None:
    (sentence,) = _said(settings.replace("%s", slip))
    assert f"“{slip}”, which no form and no mapping gives." in sentence
    assert f"Is “{right}” meant?" in sentence
    assert _said(settings.replace("%s", right)) == []


def test_a_condition_that_cannot_be_read_is_said_with_its_place() -> None:
    (sentence,) = _said('[copies.victim]\nleaves_out = "reported_by ="\n')
    assert sentence.startswith("[copies.victim] leaves_out cannot be read:")


def test_the_day_by_which_items_are_known_is_told() -> None:
    day = SETTINGS.replace('reports = "report"', 'reports = { word = "report", day = "made_on" }')
    (finding,) = together(RULE, folder(plain(), settings=day))
    assert "“made_on”" in finding.sentence
