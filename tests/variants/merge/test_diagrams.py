"""A diagram that both changed: what does not clash is in the result, what does is asked, and either answer is whole."""

from __future__ import annotations

import pytest

from engine.variants.merge.inquiry import Side
from tests.variants.merge.drawn import diagram, merged, ways

LINE = "begin > ask, ask > decide, decide > end"
OLD = diagram(LINE)
FORKED = "begin > split, split > a, split > c, a > join, c > join, join > end"


def test_each_side_names_another_element() -> None:
    process, asked, _ = merged(OLD, diagram(LINE, names={"ask": "Ours"}), diagram(LINE, names={"decide": "Theirs"}))
    assert (process.elements["ask"].name, process.elements["decide"].name) == ("Ours", "Theirs")
    assert asked == []


@pytest.mark.parametrize(("side", "name"), [(None, "Ours"), (Side.OWN, "Ours"), (Side.BASE, "Theirs")])
def test_one_name_that_both_changed_is_asked(side: Side | None, name: str) -> None:
    own, new = diagram(LINE, names={"ask": "Ours"}), diagram(LINE, names={"ask": "Theirs"})
    process, asked, _ = merged(OLD, own, new, {"main.bpmn:ask.name": side} if side else {})
    assert process.elements["ask"].name == name
    assert [(question.name, question.answer) for question in asked] == [("main.bpmn:ask.name", side)]
    assert asked[0].sentence == (
        "“Ours” in main.bpmn, name: the base says “Theirs” instead of “ask”, and you say “Ours”."
    )


def test_an_element_before_a_join_is_taken_over_with_its_ways_and_its_shape() -> None:
    new = diagram(FORKED.replace("a > join", "a > check, check > join"), ids="other")
    own = diagram(FORKED, names={"a": "Ours", "c": "Ours too"})
    process, asked, data = merged(diagram(FORKED), own, new)
    assert ways(process) == {
        "begin > split", "split > a", "split > c", "a > check", "check > join", "c > join", "join > end",
    }  # fmt: skip
    assert asked == []
    assert process.elements["a"].name == "Ours"
    assert b'bpmnElement="check"' in data
    assert len({flow.id for flow in process.flows.values()}) == len(process.flows)


def test_ids_of_ways_that_a_modeller_remade_are_no_change() -> None:
    process, asked, _ = merged(OLD, diagram(LINE, names={"ask": "Ours"}), diagram(LINE, ids="remade"))
    assert ways(process) == {"begin > ask", "ask > decide", "decide > end"}
    assert process.elements["ask"].name == "Ours"
    assert asked == []


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (Side.OWN, {"begin > ask", "ask > ours", "ours > decide", "decide > end"}),
        (Side.BASE, {"begin > ask", "ask > theirs", "theirs > decide", "decide > end"}),
    ],
)
def test_both_put_something_into_one_way(side: Side, expected: set[str]) -> None:
    own, new = (diagram(LINE.replace("ask > decide", f"ask > {x}, {x} > decide")) for x in ("ours", "theirs"))
    process, asked, _ = merged(OLD, own, new, {"main.bpmn:theirs": side})
    assert ways(process) == expected
    assert set(process.elements) == {end for way in expected for end in way.split(" > ")}
    assert [question.sentence for question in asked] == [
        "In main.bpmn the base puts in “theirs”, and you put in “ours”."
    ]


@pytest.mark.parametrize(
    ("side", "expected"),
    [(Side.OWN, {"begin > ask", "ask > decide", "decide > end"}), (Side.BASE, {"begin > ask", "ask > end"})],
)
def test_the_base_takes_out_what_the_council_changed(side: Side, expected: set[str]) -> None:
    new = diagram("begin > ask, ask > end")
    process, asked, _ = merged(OLD, diagram(LINE, names={"decide": "Ours"}), new, {"main.bpmn:decide": side})
    assert ways(process) == expected
    assert [question.name for question in asked] == ["main.bpmn:decide"]


@pytest.mark.parametrize(
    ("side", "expected"),
    [(Side.OWN, {"begin > ask", "ask > end"}), (Side.BASE, {"begin > ask", "ask > decide", "decide > end"})],
)
def test_the_base_changes_what_the_council_took_out(side: Side, expected: set[str]) -> None:
    own, new = diagram("begin > ask, ask > end"), diagram(LINE, names={"decide": "Theirs"})
    process, asked, _ = merged(OLD, own, new, {"main.bpmn:decide": side})
    assert ways(process) == expected
    assert [question.name for question in asked] == ["main.bpmn:decide"]


def test_what_the_base_takes_out_and_the_council_left_as_it_was_goes() -> None:
    process, asked, data = merged(OLD, diagram(LINE, names={"ask": "Ours"}), diagram("begin > ask, ask > end"))
    assert ways(process) == {"begin > ask", "ask > end"}
    assert asked == []
    assert b"decide" not in data


def test_an_expression_is_one_thing() -> None:
    def task(group: str, form: str) -> dict[str, str]:
        held = f'<z:formDefinition formId="{form}"/><z:assignmentDefinition candidateGroups="{group}"/><z:userTask/>'
        return {"ask": f"<b:extensionElements>{held}</b:extensionElements>"}

    old, own, new = (diagram(LINE, inside=task(*said)) for said in (("a", "f"), ("b", "f"), ("c", "g")))
    process, asked, _ = merged(old, own, new)
    assert (process.elements["ask"].candidate_groups, process.elements["ask"].form_id) == ("b", "g")
    assert [question.name for question in asked] == [
        "main.bpmn:ask.extensionElements.assignmentDefinition.candidateGroups"
    ]


def test_where_the_council_moved_something_it_stays_and_elsewhere_the_base_draws() -> None:
    own = OLD.replace(b'x="100" y="0"', b'x="100" y="500"')
    new = OLD.replace(b'x="100" y="0"', b'x="100" y="900"').replace(b'x="200" y="0"', b'x="200" y="900"')
    _, asked, data = merged(OLD, own, new)
    assert (b'x="100" y="500"' in data, b'x="200" y="900"' in data, asked) == (True, True, [])
