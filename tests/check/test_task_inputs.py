"""What a user task is given is known at the task, in its form and beside it, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from engine.check.rules import facts, properties, values
from engine.variants import Variant
from tests.check.builders import Drawing, folder, form, together

ASKED = {
    "type": "number", "key": "times", "label": "How often", "id": "f9", "conditional": {"hide": "=known_reports < 3"},
}  # fmt: skip


def _folder(*, given: str = "known_reports", due: str = "=on", after: str = "=times", shows: str = "on") -> Variant:
    mapped = (
        f'<zeebe:ioMapping><zeebe:input source="=3" target="{given}"/>'
        '<zeebe:input source="=application_date" target="on"/>'
        '<zeebe:output source="=on" target="seen.on"/></zeebe:ioMapping>'
    )
    drawing = Drawing().start(form="application").user("ask", form="asked", due=due, properties={"shows": shows})
    drawing._elements["ask"]["extension"] += mapped
    drawing.script("work_out", after, "result").end().flow("received", "ask", "work_out", "closed")
    return folder(drawing, forms__asked_form=form("asked", ASKED))


def _found(variant: Variant) -> list[tuple[str, str]]:
    rules = (facts.RULE, properties.RULE, values.RULE)
    return [(each.element_id, each.sentence) for rule in rules for each in together(rule, variant)]


def test_what_the_task_is_given_is_known_there() -> None:
    assert _found(_folder()) == []


@pytest.mark.parametrize(
    ("changed", "at", "said"),
    [
        ({"given": "nown_reports"}, "f9", "known_reports"),
        ({"after": "=on"}, "work_out", "“on”"),
        ({"shows": "no"}, "ask", "“no”"),
        ({"due": "=known_reports"}, "ask", "number"),
        ({"after": "=seen.on + 1"}, "work_out", "a day"),
    ],
)
def test_a_slip_is_found(changed: dict[str, Any], at: str, said: str) -> None:
    found = _found(_folder(**changed))
    assert any(element == at and said in sentence for element, sentence in found), found
