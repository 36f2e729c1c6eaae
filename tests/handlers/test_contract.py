"""What a handler declares, and what becomes of it: the check, the element template, the docs page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.errors import HandlerInputError, HandlerResultError, PortRefusedError
from engine.handler import (
    BusinessFault,
    Choice,
    Email,
    Handler,
    HandlerContext,
    HandlerResult,
    Input,
    LetterName,
    Lines,
    Output,
    Port,
    Text,
    handler,
    template_json,
)
from engine.workshop.message_templates import message_templates
from handlers import HANDLERS

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "bpmn" / ".camunda" / "element-templates"


#: A port that a council could add.
REGISTER: Port[list[str]] = Port(name="register", purpose="tell the register")


def context(inputs: Mapping[str, Any], ports: Mapping[Port[Any], object] | None = None) -> HandlerContext:
    return HandlerContext(
        case_reference="HBC-1",
        council_id="hertsmere",
        once_key="job-1",
        number=4,
        inputs=inputs,
        headers={},
        values={},
        now=datetime(2026, 5, 5, 12, tzinfo=UTC),
        ports=ports or {},
    )


def returning(result: Any, *, ports: tuple[Port[Any], ...] = (), **declared: Any) -> Handler:
    def function(context: HandlerContext) -> Any:
        """Return what the test wants.

        More words.
        """
        return result

    return handler(name="example", title="Example", ports=ports, **declared)(function)


def test_the_summary_is_the_first_line_of_the_docstring() -> None:
    assert returning(HandlerResult()).summary == "Return what the test wants."


def test_a_declared_fault_and_declared_outputs_come_back_as_they_are() -> None:
    fault = BusinessFault(code="gone", message="It is gone.")
    assert returning(fault, faults=("gone",)).run(context({})) is fault
    result = HandlerResult(outputs={"day": 1})
    assert returning(result, outputs=(Output(name="day", label="Day"),)).run(context({})) is result


@pytest.mark.parametrize(
    "result", [None, "sent", BusinessFault(code="other", message="x"), HandlerResult(outputs={"other": 1})]
)
def test_anything_else_is_a_fault_of_the_handler(result: Any) -> None:
    with pytest.raises(HandlerResultError):
        returning(result, faults=("gone",)).run(context({}))


def test_all_that_is_wrong_with_the_inputs_is_said_before_anything_is_done() -> None:
    declared = (Text(name="to", label="Recipient"), Email(name="email", label="Email", required=False))
    with pytest.raises(HandlerInputError) as raised:
        returning(HandlerResult(), inputs=declared).run(context({"email": "nobody", "tø": "x"}))
    assert len(raised.value.sentences) == 3


def test_an_optional_input_may_be_empty() -> None:
    declared = (Email(name="email", label="Email", required=False),)
    for inputs in ({}, {"email": None}, {"email": ""}):
        assert isinstance(returning(HandlerResult(), inputs=declared).run(context(inputs)), HandlerResult)


def asking(*, ports: tuple[Port[Any], ...]) -> Handler:
    @handler(name="ask", title="Ask", ports=ports)
    def ask(context: HandlerContext) -> HandlerResult:
        """Ask for the register."""
        context.port(REGISTER).append(context.once_key)
        return HandlerResult()

    return ask


def test_a_handler_is_given_the_ports_that_it_declares() -> None:
    told: list[str] = []
    asking(ports=(REGISTER,)).run(context({}, {REGISTER: told}))
    assert told == ["job-1"]


def test_a_handler_is_given_no_port_that_it_does_not_declare() -> None:
    told: list[str] = []
    with pytest.raises(PortRefusedError, match="asks for the port “register” and does not declare it"):
        asking(ports=()).run(context({}, {REGISTER: told}))
    assert told == []


def test_a_handler_says_which_ports_it_uses_even_where_it_uses_none() -> None:
    with pytest.raises(TypeError, match="ports"):
        handler(name="ask", title="Ask")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        (Text(name="x", label="X"), "one line", "two\nlines"),
        (Text(name="x", label="X"), "one line", 3),
        (Lines(name="x", label="X"), "two\nlines", "\n".join("abcdefghijk")),
        (Email(name="x", label="X"), "a.b+c@council.gov.uk", "a@b"),
        (Email(name="x", label="X"), "a@b.example", "A <a@b.example>"),
        (LetterName(name="x", label="X"), "CT3a", "../ct3"),
        (Choice(name="x", label="X", choices=(("post", "By post"),)), "post", "fax"),
        (Text(name="x", label="X"), "x", None),
    ],
)
def test_each_kind_of_input_knows_a_good_value_from_a_bad_one(declared: Input, good: Any, bad: Any) -> None:
    assert declared.problem(good) is None
    sentence = declared.problem(bad)
    assert sentence is not None
    assert sentence.endswith(".")
    assert "X" in sentence


def test_the_committed_element_templates_are_those_that_the_handlers_declare() -> None:
    committed = {path.name: path.read_text() for path in TEMPLATES.glob("*.json")}
    of_handlers = {f"{each.name}.json": template_json(each) for each in HANDLERS}
    of_messages = {f"{name}.json": text for name, text in message_templates().items()}
    assert committed == of_handlers | of_messages


@pytest.mark.parametrize("each", HANDLERS, ids=lambda each: each.name)
def test_an_element_template_keeps_to_the_modellers_schema(each: Handler) -> None:
    template = json.loads(template_json(each))
    assert {"name", "id", "appliesTo", "properties"} <= template.keys()
    groups = {group["id"] for group in template["groups"]}
    for field in template["properties"]:
        assert field["type"] in ("String", "Text", "Hidden", "Dropdown", "Boolean", "Number")
        assert field.get("group") in groups or field["type"] == "Hidden"
        # As the schema has it: an optional value may not be constrained to be there, and FEEL is for typed-in values.
        assert not (field.get("optional") and field.get("constraints", {}).get("notEmpty"))
        assert "feel" not in field or field["type"] in ("String", "Text")
        assert ("choices" in field) == (field["type"] == "Dropdown")
    bound = [field["binding"] for field in template["properties"]]
    assert {"type": "zeebe:taskDefinition", "property": "type"} in bound
    assert [b["name"] for b in bound if b["type"] == "zeebe:input"] == [declared.name for declared in each.inputs]


@pytest.mark.parametrize("each", HANDLERS, ids=lambda each: each.name)
def test_each_handler_has_a_page_with_its_inputs_outputs_and_faults(each: Handler) -> None:
    page = (ROOT / "docs" / "handlers" / f"{each.name}.md").read_text()
    rows = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    assert rows == [
        *(declared.name for declared in each.inputs), *(output.name for output in each.outputs), *each.faults
    ]  # fmt: skip
    assert page.startswith(f"# {each.name}\n\n{each.summary}\n")
    for declared in each.inputs:
        [row] = [line for line in page.splitlines() if line.startswith(f"| `{declared.name}` |")]
        assert f"| {declared.kind} |" in row
        assert ("needed" in row) == declared.required


def test_handlers_declare_only_results_that_the_contract_knows() -> None:
    for each in HANDLERS:
        returned = each.function.__annotations__["return"]
        assert set(returned.split(" | ")) <= {"HandlerResult", "BusinessFault", "Ended"}
