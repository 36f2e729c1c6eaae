"""Rows that never match, rows that are never reached, and what no row is for."""

from __future__ import annotations

import pytest

from engine.check.rules.tables import RULE
from tests.check.builders import Drawing, about, folder, form, together

_RISK = {
    "type": "radio", "id": "r", "key": "risk", "label": "Risk",
    "values": [{"value": value, "label": value} for value in ("yes", "no", "unknown")],
}  # fmt: skip
_TICKED = {"type": "checkbox", "id": "t", "key": "ticked", "label": "Ticked"}


def _said(*rows: tuple[str, str], policy: str = "UNIQUE", default: str = "") -> list[str]:
    given = f"<defaultOutputEntry id='d'><text>{default}</text></defaultOutputEntry>" if default else ""
    written = "".join(
        f'<rule id="row_{n}"><inputEntry id="a{n}"><text>{risk}</text></inputEntry><inputEntry id="b{n}">'
        f'<text>{ticked}</text></inputEntry><outputEntry id="c{n}"><text>{n}</text></outputEntry></rule>'
        for n, (risk, ticked) in enumerate(rows, start=1)
    )
    table = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="D" namespace="n"><decision '
        f'id="who" name="Who acts"><variable id="v" name="who"/><decisionTable id="table" hitPolicy="{policy}">'
        '<input id="i1" label="Risk"><inputExpression id="e1" typeRef="string"><text>risk</text></inputExpression>'
        '</input><input id="i2" label="Ticked"><inputExpression id="e2" typeRef="boolean"><text>ticked</text>'
        f'</inputExpression></input><output id="o" name="n" typeRef="number">{given}</output>{written}'
        "</decisionTable></decision></definitions>"
    )
    drawing = Drawing().start(form="application").decide("choose", "who").end().flow("received", "choose", "closed")
    checked = folder(drawing, who_dmn=table, forms__application_form=form("application", _RISK, _TICKED))
    findings = together(RULE, checked)
    assert {severity for _, severity in about(findings)} <= {"warning"}
    return [finding.sentence for finding in findings]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([('"yes"', "true"), ('"yes"', "false"), ('"no"', "-")], "has no row for Risk “unknown”"),
        ([('"yes"', "true"), ('"no", "unknown"', "-")], "has no row for Risk “yes” and Ticked false"),
        ([('"yes"', "-"), ('not("yes")', "-")], "looks at the column “Ticked”"),
    ],
)
def test_what_no_row_is_for_is_named_by_its_values(rows: list[tuple[str, str]], said: str) -> None:
    (sentence,) = _said(*rows)
    assert said in sentence


def test_a_row_that_is_never_reached_is_named() -> None:
    (sentence,) = _said(('"yes", "no"', "-"), ('"no"', "true"), ("-", "-"), policy="FIRST")
    assert "Rule 2 of “Who acts” is never reached" in sentence


def test_a_row_that_holds_for_nothing_is_named() -> None:
    rows = (("-", "not(true, false, null)"), ("-", "true"), ("-", "not(true)"))
    assert any("Rule 1 of “Who acts” never matches" in sentence for sentence in _said(*rows))


@pytest.mark.parametrize(
    ("rows", "policy", "default"),
    [
        ([('"yes"', "true"), ('"yes"', "false"), ('not("yes")', "-")], "UNIQUE", ""),
        ([('"yes"', "true"), ("-", "-")], "FIRST", ""),
        ([('"yes"', "true")], "COLLECT", ""),
        ([('"yes"', "true")], "UNIQUE", "0"),
        ([('if 1 > 0 then "yes" else "no"', "true")], "UNIQUE", ""),
    ],
)
def test_a_table_that_says_what_is_asked_is_left_alone(rows: list[tuple[str, str]], policy: str, default: str) -> None:
    escaped = [(risk.replace(">", "&gt;"), ticked) for risk, ticked in rows]
    assert _said(*escaped, policy=policy, default=default) == []
