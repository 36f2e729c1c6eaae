"""On an annotated picture each step has its limit, letter and clauses under it, and nothing covers anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from engine.bootstrap import handlers_by_name
from engine.diagram import Bounds, Diagram
from engine.draw import PolicyWords, Said, draw_svg, outline
from engine.draw.places import with_notes
from engine.draw.shapes import holds_others, outside_label
from engine.draw.stretch import stretched
from engine.variants import Variant, load_variant

ROOT = Path(__file__).parents[2]
_SVG = "{http://www.w3.org/2000/svg}"


def _variant(name: str) -> Variant:
    return load_variant(ROOT / "bpmn" / name, root=ROOT / "bpmn")


@pytest.fixture(scope="module")
def hertsmere() -> Variant:
    return _variant("hertsmere")


def _words(variant: Variant) -> PolicyWords:
    return PolicyWords(variant, handlers_by_name().values())


def _said(variant: Variant, file: str) -> dict[str, Said]:
    return dict(_words(variant).of_diagram(variant.diagrams[file]))


def test_minutes_are_due_so_many_days_after_the_panel(hertsmere: Variant) -> None:
    said = _said(hertsmere, "review.bpmn")["circulate_minutes"]
    assert said.due == ("5 working days after the day of the panel",)
    assert said.clauses == ("H11.12", "H11.17")


def test_a_due_day_that_goes_by_a_decision_is_one_of_two(hertsmere: Variant) -> None:
    assert _said(hertsmere, "appeal.bpmn")["tell_appeal_outcome"].due == (
        "21 working days after the day on which the appeal is received",
        "5 working days after the day on which the appeal is heard",
    )


def test_a_day_that_is_asked_for_is_called_as_its_question(hertsmere: Variant) -> None:
    assert _said(hertsmere, "action.bpmn")["carry_out_action"].due == ("the day under “By when?”",)


def test_rungs_say_when_they_come(hertsmere: Variant) -> None:
    said = _said(hertsmere, "action.bpmn")
    assert said["two_months_outstanding"].at == ("2 months after the day on which the action is due",)


def test_a_limit_that_is_more_than_an_amount_says_so() -> None:
    at = _said(_variant("derby_city"), "action.bpmn")["long_outstanding"].at
    assert at == ("more than 3 weeks after the day on which the action is due",)


def test_a_limit_that_counts_from_the_later_of_two_days_says_so() -> None:
    due = _said(_variant("derby_city"), "panel_arranged.bpmn")["arrange_panel"].due
    assert due == ("40 working days after the later of the day completed and the day taken up",)


def test_a_timer_some_days_earlier_than_a_limit_says_so() -> None:
    at = _said(_variant("selby"), "kept_updated.bpmn")["next_update_is_due"].at
    assert at == ("1 day earlier than 10 working days after the day on which this begins",)


def test_a_limit_that_is_switched_off_says_nothing() -> None:
    derby = _variant("derby_city")
    assert "appeal outcome" not in derby.limits
    said = _said(derby, "appeal_handed_over.bpmn")
    assert said["await_appeal_answer"].due == ()


def test_letters_are_named_whether_written_chosen_by_a_table_or_given_to_a_called_process(hertsmere: Variant) -> None:
    assert _said(hertsmere, "appeal.bpmn")["send_ct3b"].letters == ("“Your appeal: who hears it, and when” (CT3b)",)
    escalated = _said(hertsmere, "action.bpmn")["send_escalation"].letters
    assert [each.rpartition(" ")[2] for each in escalated] == [
        "(escalation-line-manager)", "(escalation-head-of-service)", "(escalation-chief-executive)",
    ]  # fmt: skip
    called = _said(hertsmere, "review.bpmn")["send_minutes"].letters
    assert called == ("“Minutes and action plan of the case review panel” (minutes)",)
    either = _said(hertsmere, "panel_invitations.bpmn")["write_to_victim"].letters
    assert [each.rpartition(" ")[2] for each in either] == ["(panel-cancelled)", "(panel-invitation)"]


def test_the_outline_says_times_in_words_and_which_letter(hertsmere: Variant) -> None:
    diagram = hertsmere.diagrams["agency_response.bpmn"]
    lines = [line.strip() for line in outline(diagram, _said(hertsmere, diagram.file)).splitlines()]
    assert 'Due: 2 working days after the day on which the request (CT5) is sent (=due("agency response"))' in lines
    assert "Letter: “Request for information for an ASB case review” (CT5)" in lines
    assert "Time: 5 working days after the day on which the request (CT5) is sent" in " ".join(lines)


def test_without_its_policy_the_outline_says_what_is_written(hertsmere: Variant) -> None:
    assert 'Due: =due("minutes")\n' in outline(hertsmere.diagrams["review.bpmn"])


def test_the_picture_has_each_note_as_text(hertsmere: Variant) -> None:
    diagram = hertsmere.diagrams["review.bpmn"]
    picture = etree.fromstring(draw_svg(diagram, title="Review", said=_said(hertsmere, diagram.file)).encode())
    notes = {g.get("data-note"): " ".join(str(t) for t in g.itertext()) for g in picture.iter(f"{_SVG}g")}
    assert "Due:" in notes["circulate_minutes"]
    assert "H11.12, H11.17" in notes["circulate_minutes"]
    assert "(minutes)" in notes["send_minutes"]
    assert "review_begins" not in notes


@pytest.mark.parametrize("name", ["hertsmere", "derby_city", "model", "model_appeals"])
def test_no_note_covers_a_step_a_word_a_flow_or_another_note(name: str) -> None:
    variant = _variant(name)
    words = _words(variant)
    for file, diagram in variant.diagrams.items():
        wider, notes = with_notes(diagram, words.of_diagram(diagram))
        for (one, (_, place)), (other, (_, second)) in combinations(notes.items(), 2):
            is_one_sheet = wider.shapes[one].plane == wider.shapes[other].plane
            assert not (is_one_sheet and _meet(place, second)), f"{file}: {one} and {other}"
        for element, (_, place) in notes.items():
            for what, drawn in _drawn(wider, wider.shapes[element].plane):
                assert not _meet(place, drawn), f"{file}: the note of {element} covers {what}"


@pytest.mark.parametrize("name", ["hertsmere", "derby_city", "model"])
def test_the_wider_drawing_has_flows_as_straight_as_before_and_ending_where_they_did(name: str) -> None:
    variant = _variant(name)
    words = _words(variant)
    for file, diagram in variant.diagrams.items():
        wider, _ = with_notes(diagram, words.of_diagram(diagram))
        for flow, edge in wider.edges.items():
            old = diagram.edges[flow].waypoints
            was_square = all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(old))
            is_square = all(a[0] == b[0] or abs(a[1] - b[1]) < 0.01 for a, b in pairwise(edge.waypoints))
            assert is_square or not was_square, f"{file}: {flow}"
        for process in diagram.processes.values():
            for flow in process.flows.values():
                for end, place in ((flow.source, 0), (flow.target, -1)):
                    before, after = diagram.shapes[end].bounds, wider.shapes[end].bounds
                    if before.height == after.height:
                        was, now = (each.edges[flow.id].waypoints[place][1] for each in (diagram, wider))
                        assert was - before.y == pytest.approx(now - after.y), f"{file}: {flow.id} at {end}"


def test_a_drawing_with_enough_room_stays_as_it_is(hertsmere: Variant) -> None:
    diagram = hertsmere.diagrams["contact.bpmn"]
    wider, _ = with_notes(diagram, {})
    assert wider == diagram


def test_room_is_made_below_and_lanes_grow(hertsmere: Variant) -> None:
    diagram = hertsmere.diagrams["review.bpmn"]
    wider = stretched(diagram, diagram.shapes["pool_review"].plane, below=191, by=50)
    assert wider.shapes["circulate_minutes"] == diagram.shapes["circulate_minutes"]
    lower = diagram.shapes["record_outcome"].bounds
    assert wider.shapes["record_outcome"].bounds.y == lower.y + 50
    pool = diagram.shapes["pool_review"].bounds
    assert wider.shapes["pool_review"].bounds.height == pool.height + 50


def _drawn(diagram: Diagram, plane: str) -> Iterator[tuple[str, Bounds]]:
    """Steps, the words beside them, and the stretches of flows; of what holds others, nothing."""
    for process in diagram.processes.values():
        for element in process.elements.values():
            shape = diagram.shapes[element.id]
            if shape.plane == plane and not holds_others(element, shape):
                yield element.id, shape.bounds
                label = outside_label(element, shape)[1]
                if label is not None:
                    yield f"the name of {element.id}", label
    for edge in diagram.edges.values():
        if edge.plane == plane:
            for (x1, y1), (x2, y2) in pairwise(edge.waypoints):
                stretch = Bounds(x=min(x1, x2), y=min(y1, y2), width=abs(x2 - x1), height=abs(y2 - y1))
                yield edge.element_id, stretch


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    down = one.y < other.y + other.height and other.y < one.y + one.height
    return across and down
