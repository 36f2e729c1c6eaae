"""The cause first, its consequences folded into it."""

from __future__ import annotations

import json
from pathlib import Path

from engine.check import Finding, check_paths, check_variant, each_of
from engine.variants import Variant
from handlers import HANDLERS
from tests.check.builders import SETTINGS, Drawing, folder, limits, plain


def _asking(*, process_id: str = "main", due: str = '=due("acknowledge")') -> Drawing:
    drawing = Drawing(process_id).start(form="application", lane="Officers")
    for number in (1, 2, 3):
        drawing.user(f"check_{number}", due=due, lane="Officers")
    return drawing.end(lane="Officers").flow("received", "check_1", "check_2", "check_3", "closed")


def _errors(variant: Variant) -> list[Finding]:
    return [finding for finding in check_variant(variant, handlers=HANDLERS) if finding.severity == "error"]


def test_an_amount_in_words_is_one_finding_not_one_for_each_due_date() -> None:
    rows = limits(("acknowledge", "ten", "working days", "application_date"))
    (finding,) = _errors(folder(_asking(), time_limits_dmn=rows))
    assert (finding.rule, finding.file, finding.element_id) == ("readable", "time_limits.dmn", "limit_0")
    assert {each.element_id for each in finding.follows} == {"check_1", "check_2", "check_3"}
    assert {each.rule for each in finding.follows} == {"limits"}


def test_what_is_said_of_the_same_row_again_follows_from_what_cannot_be_read() -> None:
    rows = limits(("acknowledge", '"ten"', "working days", "application_date"))
    (finding,) = _errors(folder(_asking(), time_limits_dmn=rows))
    assert finding.rule == "readable"
    assert "decisions" in {each.rule for each in finding.follows}


def test_a_misspelt_limit_has_the_row_that_nothing_asks_for_below_it() -> None:
    (finding,) = [each for each in check_variant(folder(_asking(due='=due("acknowlege")'))) if each.rule == "limits"]
    assert (finding.severity, finding.element_id) == ("error", "check_1")
    assert [each.element_id for each in finding.follows] == ["check_2", "check_3", "limit_0"]


def test_from_a_file_that_cannot_be_read_follows_whatever_compares_the_files() -> None:
    variant = folder(_asking(), forms__application_form=b"{")
    (finding,) = _errors(variant)
    assert (finding.rule, finding.file) == ("readable", "forms/application.form")
    assert any("“application”" in each.sentence and each.rule == "forms" for each in finding.follows)


def test_the_main_process_stands_in_the_diagram_that_cannot_be_read(tmp_path: Path) -> None:
    (finding,) = _errors(folder(_asking(), main_bpmn=b"<"))
    assert finding.file == "main.bpmn"
    assert any("main process" in each.sentence for each in finding.follows)


def test_what_a_diagram_has_wrong_by_itself_follows_from_no_other_file() -> None:
    drawing = _asking().user("forgotten", lane="Officers")
    found = _errors(folder(drawing, forms__application_form=b"{"))
    assert {"readable", "reachable"} <= {finding.rule for finding in found}


def test_a_message_in_two_files_that_nothing_waits_for_is_one_finding() -> None:
    def throwing(process_id: str) -> Drawing:
        drawing = Drawing(process_id).message("m", "outcome").start(form="application", lane="Officers")
        drawing.add("endEvent", "closed", inner='<bpmn:messageEventDefinition messageRef="m"/>', lane="Officers")
        return drawing.flow("received", "closed")

    variant = folder(throwing("main"), throwing("other"))
    (finding,) = [each for each in check_variant(variant, handlers=HANDLERS) if each.rule == "messages"]
    assert [each.file for each in finding.follows] == ["other.bpmn"]


def test_what_another_tool_wrote_is_one_line_for_each_file_and_tool() -> None:
    foreign = ' xmlns:tool="https://tool.example/bpmn" tool:colour="red" tool:size="1"'
    drawing = Drawing().start(form="application", lane="Officers")
    for number in (1, 2):
        drawing.add("userTask", f"check_{number}", name=f"Check {number}", attributes=foreign, lane="Officers")
    drawing.end(lane="Officers").flow("received", "check_1", "check_2", "closed")
    (finding,) = [each for each in check_variant(folder(drawing)) if "tool:" in each.sentence]
    assert "This file has “tool:…” 4 times, also in “Check 2”." in finding.sentence


def test_causes_come_first_and_a_cause_with_consequences_before_the_others() -> None:
    rows = limits(("acknowledge", "ten", "working days", "application_date"))
    found = check_variant(folder(_asking().user("forgotten", lane="Officers"), time_limits_dmn=rows), handlers=HANDLERS)
    assert found[0].follows
    assert not any(finding.follows for finding in found[1:])


def test_nothing_that_was_found_is_lost_below_a_cause() -> None:
    rows = limits(("acknowledge", "ten", "working days", "application_date"))
    found = check_variant(folder(_asking(), time_limits_dmn=rows), handlers=HANDLERS)
    assert len(list(each_of(found))) == len(found) + 3
    assert json.dumps([finding.to_json() for finding in found]).count('"rule": "limits"') == 3


def test_a_single_file_shows_the_cause_that_lies_in_another(tmp_path: Path) -> None:
    rows = limits(("acknowledge", "ten", "working days", "application_date"))
    for name, data in folder(_asking(), settings=SETTINGS, time_limits_dmn=rows).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (finding,) = [each for each in check_paths([tmp_path / "main.bpmn"]) if each.severity == "error"]
    assert finding.file == str(tmp_path / "time_limits.dmn")
    assert {each.file for each in finding.follows} == {str(tmp_path / "main.bpmn")}


def test_a_sound_folder_has_no_causes() -> None:
    assert not any(finding.follows for finding in check_variant(folder(plain()), handlers=HANDLERS))
