"""Pictures show what was drawn, are readable without seeing them, and let nothing through."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from engine.diagram import Diagram, ElementKind, EventKind, read_diagram
from engine.draw import HERE, draw_svg
from engine.draw.icons import event_sign, gateway_sign, task_sign
from engine.errors import DrawError
from tests.diagram.builders import read, read_rich, xml

_SVG = "{http://www.w3.org/2000/svg}"


def _drawn(diagram: Diagram, **marks: str) -> etree._Element:
    return etree.fromstring(draw_svg(diagram, title="Case review", marks=marks).encode())


def _words(picture: etree._Element) -> str:
    return " ".join(
        "".join(str(part) for part in text.itertext(f"{_SVG}tspan")) for text in picture.iter(f"{_SVG}text")
    )


def _group(picture: etree._Element, element_id: str) -> etree._Element:
    return next(g for g in picture.iter(f"{_SVG}g") if g.get("data-element") == element_id)


def _with_shapes(process: str, shapes: str, *, beside: str = "") -> Diagram:
    plane = f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    return read(process, beside=beside + plane)


def _shape(element_id: str, *, more: str = "", x: int = 0) -> str:
    bounds = f'<dc:Bounds x="{x}" y="0" width="100" height="80"/>'
    return f'<bpmndi:BPMNShape bpmnElement="{element_id}" {more}>{bounds}</bpmndi:BPMNShape>'


def test_everything_laid_out_is_in_the_picture() -> None:
    diagram, picture = read_rich(), _drawn(read_rich())
    elements = {id for process in diagram.processes.values() for id in (*process.elements, *process.flows)}
    assert {g.get("data-element") for g in picture.iter(f"{_SVG}g")} - {None} == elements
    words = _words(picture)
    for name in ("Case review", "Panel Chair", "Applicant", "Threshold", "nothing more", "Records", "Case papers"):
        assert name in words


def test_the_picture_is_as_large_as_what_is_drawn() -> None:
    picture = _drawn(read_rich())
    assert picture.get("viewBox") == "0 0 1920 1090"
    assert (picture.get("width"), picture.get("height")) == ("1920", "1090")


def test_a_screen_reader_is_told_what_the_picture_shows() -> None:
    picture = _drawn(read_rich(), contact_victim="now")
    title, description = picture.find(f"{_SVG}title"), picture.find(f"{_SVG}desc")
    assert title is not None
    assert description is not None
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Case review"
    assert "Community Safety Team" in (description.text or "")
    assert "Now: Contact the victim" in (description.text or "")


@pytest.mark.parametrize("mark", ["now", "done", "late", "untaken", "finding"])
def test_a_mark_is_a_word_and_not_only_a_colour(mark: str) -> None:
    plain, marked = _drawn(read_rich()), _drawn(read_rich(), acknowledge=mark)
    assert mark.capitalize() not in _words(plain).split()
    assert mark.capitalize() in _words(marked).split()
    title = _group(marked, "acknowledge").find(f"{_SVG}title")
    assert title is not None
    assert title.text == f"user task: Acknowledge the application ({mark})"


def test_the_picture_has_one_place_to_open_at_and_what_is_late_comes_first() -> None:
    marked = _drawn(read_rich(), contact="now", acknowledge="late")
    [place] = marked.findall(f".//*[@id='{HERE}']")
    assert place.get("data-element") == "acknowledge"
    assert not _drawn(read_rich(), acknowledge="done").findall(f".//*[@id='{HERE}']")


def test_a_flow_is_marked_with_a_sign_that_has_a_title() -> None:
    flow = next(iter(next(iter(read_rich().processes.values())).flows))
    marked = _drawn(read_rich(), **{flow: "untaken"})
    [title] = marked.findall(f".//{_SVG}g[@data-mark='{flow}']/{_SVG}title")
    assert title.text == "untaken"
    assert "Untaken: " in (marked.findtext(f"{_SVG}desc") or "")


def test_a_mark_on_something_not_drawn_is_passed_over() -> None:
    assert "Late" not in _words(_drawn(read_rich(), somewhere="late")).split()


def test_a_mark_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DrawError, match="Use now, done, late, untaken, finding, added, changed, moved or gone"):
        _drawn(read_rich(), acknowledge="soon")


def test_no_name_can_inject_markup() -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x"
    process = f'<userTask id="a" name="{evil}"/>'
    svg = draw_svg(_with_shapes(process, _shape("a")), title='<b>"', marks={})
    assert "<script" not in svg
    assert "<b>" not in svg
    assert not any("onload" in key for node in etree.fromstring(svg.encode()).iter() for key in node.attrib)


def test_control_characters_do_not_break_the_picture() -> None:
    diagram = replace(read_rich(), file="a\x00b.bpmn")
    assert _drawn(diagram).tag == f"{_SVG}svg"
    etree.fromstring(draw_svg(diagram, title="a\x0bb").encode())


def test_a_diagram_without_layout_is_refused_with_what_to_do() -> None:
    diagram = read_diagram(xml('<startEvent id="s"/>'), file="bare.bpmn")
    with pytest.raises(DrawError, match=r"bare\.bpmn has no drawing in it\. Open it in the modeller"):
        draw_svg(diagram, title="Bare")


def test_each_kind_of_event_task_and_gateway_has_its_own_sign() -> None:
    events = [event_sign(kind, is_filled=False) for kind in EventKind]
    tasks = [
        task_sign(kind)
        for kind in (
            *(ElementKind.USER, ElementKind.SERVICE, ElementKind.SEND, ElementKind.RECEIVE),
            *(ElementKind.SCRIPT, ElementKind.RULE),
        )
    ]
    gateways = [
        gateway_sign(kind)
        for kind in (*(ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.INCLUSIVE, ElementKind.EVENT_GATEWAY),)
    ]
    for signs in (events, tasks, gateways):
        assert len(set(signs)) == len(signs)


def test_throwing_events_are_filled_and_catching_ones_are_not() -> None:
    for kind in (EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ESCALATION, EventKind.ERROR):
        assert event_sign(kind, is_filled=True) != event_sign(kind, is_filled=False)


def test_only_a_boundary_event_that_does_not_interrupt_is_dashed() -> None:
    picture = _drawn(read_rich())
    for element_id, is_dashed in (("acknowledge_late", True), ("no_address", False), ("panel_met", False)):
        rings = list(_group(picture, element_id).iter(f"{_SVG}circle"))[:2]
        assert [ring.get("stroke-dasharray") is not None for ring in rings] == [is_dashed] * 2


def test_an_end_event_is_thick_a_start_event_thin_and_an_intermediate_one_double() -> None:
    picture = _drawn(read_rich())
    start, end, middle = (list(_group(picture, id).iter(f"{_SVG}circle")) for id in ("applied", "closed", "panel_met"))
    assert (len(start), len(end), len(middle)) == (1, 1, 2)
    assert float(end[0].get("stroke-width", "0")) >= 2 * float(start[0].get("stroke-width", "0"))


def test_a_flow_ends_in_an_arrowhead_at_its_last_point() -> None:
    (arrow,) = _group(_drawn(read_rich()), "f1").iter(f"{_SVG}polygon")
    assert (arrow.get("points") or "").startswith("340,220 ")


def test_only_a_default_flow_has_a_slash() -> None:
    picture = _drawn(read_rich())
    lines = {id: len(list(_group(picture, id).iter(f"{_SVG}path"))) for id in ("not_met", "met")}
    assert lines == {"not_met": 2, "met": 1}


def test_a_condition_without_a_name_is_shown_itself() -> None:
    condition = "<conditionExpression>=threshold_met</conditionExpression>"
    edge = (
        '<bpmndi:BPMNEdge bpmnElement="f"><di:waypoint x="100" y="40"/><di:waypoint x="300" y="40"/></bpmndi:BPMNEdge>'
    )
    process = (
        f'<exclusiveGateway id="g"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="g" targetRef="e">{condition}'
        "</sequenceFlow>"
    )
    picture = _drawn(_with_shapes(process, _shape("g") + _shape("e", x=300) + edge))
    assert "=threshold_met" in _words(picture)


@pytest.mark.parametrize("said", ['isExpanded="false"', ""])
def test_a_collapsed_sub_process_is_followed_by_the_drawing_of_its_inside(said: str) -> None:
    plane = f'<bpmndi:BPMNPlane bpmnElement="sub">{_shape("a")}</bpmndi:BPMNPlane>'
    inside = f"<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram>"
    process = '<subProcess id="sub" name="Prepare"><serviceTask id="a" name="Collect"/></subProcess>'
    picture = _drawn(_with_shapes(process, _shape("sub", more=said), beside=inside))
    words = _words(picture)
    assert words.index("Prepare") < words.index("Inside “Prepare”") < words.index("Collect")
    # The two sheets share their coordinates and must not share their place.
    places = {g.get("transform") for g in picture if g.tag == f"{_SVG}g"}
    assert len(places) == 2


def test_a_long_name_stays_inside_its_task() -> None:
    name = "Donaudampfschifffahrtsgesellschaft " * 9
    picture = _drawn(_with_shapes(f'<userTask id="a" name="{name}"/>', _shape("a")))
    rows = [float(row.get("y", "0")) for row in _group(picture, "a").iter(f"{_SVG}tspan")]
    assert max(rows) < 80
    assert "…" in _words(picture)


def test_what_is_not_run_is_still_drawn() -> None:
    tags = ["task", "manualTask", "complexGateway", "transaction", "adHocSubProcess", "implicitThrowEvent"]
    process = "".join(f'<{tag} id="e{i}" name="N{i}"/>' for i, tag in enumerate(tags))
    process += '<endEvent id="x"><cancelEventDefinition/></endEvent>'
    shapes = "".join(_shape(f"e{i}", x=120 * i) for i in range(len(tags))) + _shape("x", x=900)
    words = _words(_drawn(_with_shapes(process, shapes)))
    assert all(f"N{i}" in words for i in range(len(tags)))


def test_the_same_diagram_gives_the_same_picture() -> None:
    assert draw_svg(read_rich(), title="x") == draw_svg(read_rich(), title="x")


def test_a_picture_needs_nothing_from_elsewhere() -> None:
    svg = draw_svg(read_rich(), title="x")
    assert not re.findall(r"(?:href|url\(|@import|<style|<script)", svg)


def test_an_event_sub_process_has_a_dotted_frame_and_one_that_does_not_interrupt_a_broken_circle() -> None:
    begun = '<subProcess id="w" name="Withdrawal" triggeredByEvent="true">'
    inside = '<startEvent id="m" isInterrupting="{}"><messageEventDefinition/></startEvent>'
    drawn = {
        interrupts: _drawn(
            _with_shapes(
                begun + inside.format(interrupts) + "</subProcess>",
                _shape("w", more='isExpanded="true"') + _shape("m"),
            )
        )
        for interrupts in ("true", "false")
    }
    frame = _group(drawn["true"], "w")
    assert frame.find(f"{_SVG}title").text == "event sub-process: Withdrawal"  # type: ignore[union-attr]
    assert any(each.get("stroke-dasharray") for each in frame.iter())
    dashed = {
        interrupts: any(each.get("stroke-dasharray") for each in _group(picture, "m").iter())
        for interrupts, picture in drawn.items()
    }
    assert dashed == {"true": False, "false": True}
