"""Which clause is carried out by what: read from everything in a folder that can name clauses, and from one table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.clauses import CarrierKind, ClauseEntry, carriers_of, index_clauses
from engine.cli import main
from engine.variants import Clause, Variant
from tests.casework.builders import SETTINGS, diagram, flow, process

POLICY = """
["X10.2"]
text = "Last."
["X2"]
text = "Second."
["X1"]
text = "First."
["X3"]
text = "Nobody does this."
["L104.4"]
text = "The Act's own."
"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
<decision id="late" name="Late?"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="days"><inputExpression id="e"><text>days</text></inputExpression></input>
<output id="o" name="late"/><annotation name="Clause"/><annotation name="Why"/>
<rule id="row_1"><inputEntry id="a"><text>1</text></inputEntry><outputEntry id="b"><text>true</text></outputEntry>
<annotationEntry><text>X1, X2</text></annotationEntry><annotationEntry><text>X3</text></annotationEntry></rule>
</decisionTable></decision></definitions>"""
LETTER = '+++\nid = "K1"\ntitle = "A letter"\nclauses = ["X2"]\n+++\nWords.\n'
FORM = {
    "type": "default", "id": "told", "schemaVersion": 18,
    "components": [
        {"type": "dynamiclist", "path": "reports", "id": "list", "components": [
            {"type": "textfield", "key": "what", "id": "inner", "label": "What?", "properties": {"clause": "X10.2"}},
        ]},
    ],
}  # fmt: skip


def with_clause(xml: str, clause: str) -> str:
    """The element or flow, with the property."""
    tag_end = xml.index(">")
    name = xml[1:].split(" ")[0]
    inside = (
        f'<bpmn:extensionElements><zeebe:properties><zeebe:property name="clause" value="{clause}"/>'
        "</zeebe:properties></bpmn:extensionElements>"
    )
    if xml[tag_end - 1] == "/":
        return f"{xml[: tag_end - 1]}>{inside}</{name}>{xml[tag_end + 1 :]}"
    return xml[: tag_end + 1] + inside + xml[tag_end + 1 :]


BODY = (
    with_clause('<bpmn:startEvent id="begin" name="Begin"/>', "X1")
    + '<bpmn:endEvent id="done"/>'
    + with_clause(flow("begin", "done"), "X2, X10.2")
)
FILES = {
    "variant.toml": SETTINGS.encode(),
    "policy.toml": POLICY.encode(),
    "main.bpmn": diagram(with_clause(process(BODY), "X1")),
    "late.dmn": TABLE.encode(),
    "letters/k1.md": LETTER.encode(),
    "forms/told.form": json.dumps(FORM).encode(),
}
VARIANT = Variant.from_files(FILES, "test_council")


def only(clause: str) -> Variant:
    """A variant whose policy is one clause, which nothing in it names."""
    policy = f'["{clause}"]\ntext = "Words."\n'.encode()
    return Variant.from_files({"variant.toml": SETTINGS.encode(), "policy.toml": policy}, "test_council")


def test_elements_flows_processes_questions_rows_and_letters_carry_clauses_out() -> None:
    found = {carrier.key: carrier.clauses for carrier in carriers_of(VARIANT)}
    assert found == {
        "main.bpmn#main": ("X1",),
        "main.bpmn#begin": ("X1",),
        "main.bpmn#begin_to_done": ("X2", "X10.2"),
        "forms/told.form#inner": ("X10.2",),
        "late.dmn#row_1": ("X1", "X2"),
        "K1": ("X2",),
    }


def test_a_clause_is_listed_with_everything_that_names_it_in_the_order_of_the_numbers() -> None:
    entries = index_clauses(VARIANT, {"01_a": ("X1",), "02_b": ("X1", "X2")})
    assert [entry.clause.id for entry in entries] == ["L104.4", "X1", "X2", "X3", "X10.2"]
    act, first, second, third, _ = entries
    assert [carrier.id for carrier in first.of_kind(CarrierKind.ELEMENT)] == ["main", "begin"]
    assert first.scenarios == ("01_a", "02_b")
    assert second.to_json() == {
        "clause": "X2", "text": "Second.", "elements": ["main.bpmn#begin_to_done"], "rows": ["late.dmn#row_1"],
        "letters": ["K1"], "guards": [], "figures": [], "rules": [], "scenarios": ["02_b"],
    }  # fmt: skip
    assert not third.is_carried_out
    assert act.is_carried_out
    assert not any(entry.is_carried_out for entry in index_clauses(only("L104.11"), {}))
    assert "act-holds" in act.to_json()["rules"]  # type: ignore[operator]


def test_the_command_says_what_nothing_carries_out_and_what_no_scenario_names(tmp_path: Path) -> None:
    for file, data in FILES.items():
        path = tmp_path / "somewhere" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    result = CliRunner().invoke(main, ["clauses", str(tmp_path / "somewhere")])
    assert result.exit_code == 0
    assert "Nothing carries out: X3." in result.output
    assert "No scenario shows: L104.4, X1, X2, X10.2." in result.output
    listed = json.loads(CliRunner().invoke(main, ["clauses", str(tmp_path / "somewhere"), "--format", "json"]).output)
    assert [list(entry) for entry in listed] == 5 * [
        ["clause", "text", "elements", "rows", "letters", "guards", "figures", "rules", "scenarios"]
    ]


@pytest.mark.parametrize(
    ("day", "today", "is_due"),
    [
        (None, date(2027, 4, 1), False),
        (date(2027, 4, 1), date(2027, 3, 31), False),
        (date(2027, 4, 1), date(2027, 4, 1), True),
    ],
)
def test_a_clause_is_due_from_the_day_on_which_it_is_in_force(day: date | None, today: date, is_due: bool) -> None:
    clause = Clause(id="Z1", text="Law to come.", source="", is_dated=True, in_force_on=day)
    entry = ClauseEntry(clause=clause, carriers=(), rules=(), scenarios=())
    assert entry.is_due(today) is is_due
    assert entry.to_json()["in_force_on"] == (day.isoformat() if day else None)
