"""The largest files that are read at all are checked within seconds, however they are drawn."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from engine.check import check_diagram
from engine.check.machine import MOST_OF_A_RULE
from handlers import HANDLERS
from tests import bpmn
from tests.check.builders import Drawing, read_diagram

_MANY = 1_000


def _chain(kind: str) -> Drawing:
    drawing = Drawing().start()
    for number in range(_MANY):
        drawing.add(kind, f"e{number}")
    return drawing.end().flow("received", *(f"e{number}" for number in range(_MANY)), "closed")


def _pile() -> Drawing:
    drawing = _chain("userTask")
    drawing.moved = {f"e{number}": (-200.0 * number, 0.0) for number in range(_MANY)}
    return drawing


def _fan(kind: str) -> Drawing:
    drawing = Drawing().start().gateway("split", kind).gateway("join", kind).end()
    drawing.flow("received", "split").flow("join", "closed")
    for number in range(_MANY // 2):
        drawing.user(f"e{number}").flow("split", f"e{number}", "join")
    return drawing


def _cut_off_circle() -> Drawing:
    drawing = Drawing().start().end().flow("received", "closed")
    names = [f"e{number}" for number in range(_MANY)]
    for name in names:
        drawing.gateway(name)
    return drawing.flow(*names, names[0])


@pytest.mark.parametrize(
    "draw",
    [
        lambda: _chain("exclusiveGateway"),
        lambda: _chain("inclusiveGateway"),
        _pile,
        lambda: _fan("parallel"),
        lambda: _fan("inclusive"),
        lambda: _fan("exclusive"),
        _cut_off_circle,
    ],
    ids=["chain", "inclusive-chain", "pile", "parallel-fan", "inclusive-fan", "exclusive-fan", "cut-off-circle"],
)
def test_a_large_diagram_is_checked_within_seconds(draw: Callable[[], Drawing]) -> None:
    diagram = draw().diagram()
    began = time.process_time()
    findings = check_diagram(diagram, handlers=HANDLERS)
    assert time.process_time() - began < 20
    assert len(findings) < 40 * MOST_OF_A_RULE


def test_a_long_line_of_processes_that_call_each_other_is_no_deep_recursion() -> None:
    processes = "".join(
        f'<bpmn:process id="p{n}" isExecutable="true"><bpmn:startEvent id="s{n}"/><bpmn:callActivity id="c{n}">'
        f'<bpmn:extensionElements><zeebe:calledElement processId="p{n + 1}" propagateAllChildVariables="false"/>'
        "</bpmn:extensionElements></bpmn:callActivity></bpmn:process>"
        for n in range(2_500)
    )
    data = bpmn.definitions(processes)
    assert check_diagram(read_diagram(data, file="x.bpmn"), handlers=HANDLERS)
