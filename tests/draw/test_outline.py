"""The outline can be followed by ear: numbered steps, where each leads, and what may happen meanwhile."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from engine.diagram import Diagram, read_diagram
from engine.draw import Mark, outline, outline_of_case, write_drawings
from engine.errors import DrawError
from tests.diagram.builders import RICH, read, read_rich, xml


def _steps(diagram: Diagram) -> list[str]:
    return [line.strip() for line in outline(diagram).splitlines()]


def _after(diagram: Diagram, headline: str) -> list[str]:
    steps = _steps(diagram)
    return steps[steps.index(headline) + 1 :]


def _chain(*ids: str, back: tuple[str, str] | None = None) -> str:
    tasks = "".join(f'<serviceTask id="{id}" name="{id.capitalize()}"/>' for id in ids)
    pairs = [*itertools.pairwise(ids), *([back] if back else [])]
    return tasks + "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


def test_steps_are_numbered_in_flow_order_whatever_the_order_of_the_file() -> None:
    process = (
        '<endEvent id="e" name="Closed"/><serviceTask id="b" name="Second"/><serviceTask id="a" name="First"/>'
        '<startEvent id="s" name="Received"/>'
        '<sequenceFlow id="f3" sourceRef="b" targetRef="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>'
        '<sequenceFlow id="f2" sourceRef="a" targetRef="b"/>'
    )
    assert _steps(read(process))[4:] == [
        "1. Start event: Received",
        "then → 2. First",
        "2. Service task: First",
        "then → 3. Second",
        "3. Service task: Second",
        "then → 4. Closed",
        "4. End event: Closed",
    ]


def test_a_step_comes_after_all_that_lead_to_it() -> None:
    steps = _steps(read_rich())
    place = {line.split(". ", 1)[1]: index for index, line in enumerate(steps) if ". " in line and line[0].isdigit()}
    contact = place["User task: Contact the victim & hear their wishes <first> (Community Safety Team)"]
    ask = place["Call activity: Ask each agency (Agencies)"]
    prepare = place["Sub-process: Prepare the panel (Panel Chair)"]
    assert contact < prepare
    assert ask < prepare


def test_a_way_back_is_called_so() -> None:
    assert "then → back to step 2. B" in _steps(read(_chain("a", "b", "c", back=("c", "b"))))
    assert "then → back to step 12. Prepare the panel" in _steps(read_rich())


def test_a_loop_without_a_start_is_told_too() -> None:
    assert "then → back to step 1. A" in _steps(read(_chain("a", "b", back=("b", "a"))))


def test_conditions_and_the_default_are_told() -> None:
    told = _after(read_rich(), "4. Exclusive gateway: Threshold met? (Community Safety Team)")[:3]
    assert told == [
        "From here exactly one way is taken:",
        "otherwise (no) → 5. Send letter CT3: the threshold is not met",
        "if yes (=threshold_met) → 8. parallel gateway",
    ]


def test_what_may_happen_meanwhile_is_told_with_its_step() -> None:
    told = _after(read_rich(), "2. User task: Acknowledge the application (Community Safety Team)")
    meanwhile = told.index("Meanwhile, timer event: Acknowledgement late; this step goes on.")
    assert told[meanwhile + 1 : meanwhile + 3] == ['Time: at =due("acknowledge")', "then → 24. Tell the manager"]
    assert "Meanwhile, message event: Application withdrawn; stops this step." in _steps(read_rich())


def test_the_steps_of_a_sub_process_are_nested_under_it() -> None:
    lines = outline(read_rich()).splitlines()
    assert "    12.2. Script task: Collect the papers (Panel Chair)" in lines
    assert "        then → 12.3. Hear from the police" in lines


def test_notes_pools_and_messages_between_pools_are_told() -> None:
    steps = _steps(read_rich())
    assert "Note: The victim is heard before the panel meets: a councillor may speak for them." in steps
    assert "Pool: Applicant, not shown inside" in steps
    assert "- outcome: from Tell the applicant to Applicant" in steps


def test_every_element_is_told_exactly_once() -> None:
    diagram = read_rich()
    told = outline(diagram)
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.name and element.attached_to is None:
                assert told.count(f"{element.kind}: {element.name}".split(" ", 1)[1] + " (") <= 1
    headlines = [line for line in _steps(diagram) if line[:1].isdigit()]
    boundaries = [line for line in _steps(diagram) if line.startswith("Meanwhile")]
    elements = [e for process in diagram.processes.values() for e in process.elements.values()]
    assert len(headlines) + len(boundaries) == len(elements)


def test_elements_that_are_not_run_are_told_by_their_own_word() -> None:
    assert "1. ComplexGateway: Post it" in _steps(read('<complexGateway id="a" name="Post it"/>'))


def test_a_task_that_a_case_passes_is_told_as_what_it_is() -> None:
    assert "1. Manual task: Post it" in _steps(read('<manualTask id="a" name="Post it"/>'))
    assert "1. Task: Post it" in _steps(read('<task id="a" name="Post it"/>'))


def test_a_dead_end_is_told() -> None:
    assert _after(read('<serviceTask id="a" name="A"/>'), "1. Service task: A") == ["Nothing follows."]


def test_a_chain_of_thousands_is_told() -> None:
    assert "3000. Service task: T2999" in _steps(read(_chain(*(f"t{i}" for i in range(3000)))))


def test_an_empty_process_is_told() -> None:
    assert "Nothing is drawn in it." in _steps(read(""))


def test_pictures_and_outlines_are_written_side_by_side(tmp_path: Path) -> None:
    written = write_drawings([read_rich()], tmp_path / "new" / "folder")
    assert [file.name for file in written] == ["rich.svg", "rich.txt"]
    assert written[0].read_text(encoding="utf-8").startswith("<?xml")
    assert written[1].read_text(encoding="utf-8") == outline(read_rich())


def test_a_file_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    diagram = read_diagram(RICH.read_bytes(), file="../../outside.bpmn")
    written = write_drawings([diagram], tmp_path)
    assert {file.parent for file in written} == {tmp_path}


def test_a_diagram_without_layout_is_named_when_drawings_are_written(tmp_path: Path) -> None:
    bare = read_diagram(xml('<startEvent id="s"/>'), file="bare.bpmn")
    with pytest.raises(DrawError, match=r"bare\.bpmn"):
        write_drawings([bare], tmp_path)


def test_to_those_who_work_on_a_case_it_says_where_the_case_is_and_leaves_out_how_it_is_drawn() -> None:
    diagram = read_rich()
    process_id = next(iter(diagram.processes))
    marks = {"acknowledge": Mark.LATE}
    lines = [line.strip() for line in outline_of_case(diagram, process_id, marks).splitlines()]
    place = "2. Task: Acknowledge the application (Community Safety Team). THE CASE IS HERE NOW, AND IT IS LATE."
    assert place in lines
    assert sum("THE CASE IS HERE" in line for line in lines) == 1
    assert "if yes → 8. at the same time" in lines
    assert not [
        line for line in lines if line.startswith(("Form:", "Handler:", "Team:", "Due:", "Time:")) or "=" in line
    ]


def test_an_event_sub_process_is_told_last_with_what_begins_it() -> None:
    process = (
        '<subProcess id="w" name="Withdrawal" triggeredByEvent="true"><startEvent id="m" name="Withdrawn">'
        '<messageEventDefinition/></startEvent><endEvent id="x"/><sequenceFlow id="f2" sourceRef="m" targetRef="x"/>'
        '</subProcess><startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
    )
    steps = _steps(read(process))
    assert steps[steps.index("3. Event sub-process: Withdrawal") + 1 :] == [
        "Inside:",
        "3.1. Message start event: Withdrawn",
        "then → 3.2. end event",
        "3.2. End event",
        "Meanwhile, whenever “Withdrawn” happens, it begins; stops all else here.",
    ]
    goes_on = _steps(read(process.replace('name="Withdrawn"', 'name="Withdrawn" isInterrupting="false"')))
    assert "Meanwhile, whenever “Withdrawn” happens, it begins; all else here goes on." in goes_on
