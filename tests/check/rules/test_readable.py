from __future__ import annotations

from engine.check.rules.readable import RULE
from tests.check.builders import SETTINGS, about, folder, form, limits, plain, together


def test_a_folder_that_can_be_read_is_left_alone() -> None:
    assert together(RULE, folder(plain())) == []


def test_a_diagram_that_is_no_diagram_is_named() -> None:
    (finding,) = together(RULE, folder(plain(), other_bpmn=b"\x89PNG\r\n\x1a\n"))
    assert (finding.file, finding.severity) == ("other.bpmn", "error")


def test_a_main_process_that_no_diagram_holds_is_refused() -> None:
    settings = SETTINGS.replace('main_process = "main"', 'main_process = "mian"')
    (finding,) = together(RULE, folder(plain(), settings=settings))
    assert finding.file == "variant.toml"
    assert "“mian”" in finding.sentence


def test_what_a_form_has_wrong_is_left_to_the_rule_on_forms() -> None:
    unknown = {"type": "chart", "id": "c", "label": "Chart"}
    assert together(RULE, folder(plain(), forms__other_form=form("other", unknown))) == []


def test_a_broken_table_of_limits_is_named_here() -> None:
    findings = together(RULE, folder(plain(), time_limits_dmn="<definitions/>"))
    assert [finding.file for finding in findings] == ["time_limits.dmn"]


def test_a_base_without_diagrams_is_left_alone() -> None:
    assert about(together(RULE, folder(settings='name = "The Act"'))) == []


def test_a_unit_of_time_that_there_is_not_is_named() -> None:
    rows = limits(("acknowledge", 2, "fortnights", "application_date"))
    (finding,) = together(RULE, folder(plain(), time_limits_dmn=rows))
    assert (finding.file, finding.element_id, finding.severity) == ("time_limits.dmn", "limit_0", "error")
