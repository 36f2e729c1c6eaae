"""The public cases of the DMN Technology Compatibility Kit, compliance level 2 (github.com/dmn-tck/tck)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.dmn import load

_CHECKOUT = Path(__file__).resolve().parents[2]
#: The kit is no part of the repository: it stands in a folder beside the checkout.
_KIT = next(_CHECKOUT.parent.glob("*/dmn-tck-level-2"), None)
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
#: The kit writes its expected numbers with fewer digits than a decimal holds.
_TOLERANCE = Decimal("1e-8")


def _cases() -> Iterator[Any]:
    if _KIT is None:
        return
    for file in sorted(_KIT.glob("*/*-test-*.xml")):
        for case in etree.parse(str(file)).getroot().iter("{*}testCase"):
            yield pytest.param(file, case, id=f"{file.parent.name} {case.get('id')}")


def _value(element: etree._Element) -> Any:
    """The value that an `inputNode`, `component`, `item` or `expected` holds."""
    components = element.findall("{*}component")
    if components:
        return {component.get("name"): _value(component) for component in components}
    items = element.find("{*}list")
    if items is not None:
        return [_value(item) for item in items.findall("{*}item")]
    value = element.find("{*}value")
    if value is None or value.get(_NIL) == "true":
        return None
    text = value.text or ""
    match (value.get(_TYPE) or "string").rsplit(":", 1)[-1]:
        case "decimal" | "double" | "integer":
            return Decimal(text)
        case "boolean":
            return text == "true"
        case "string":
            return text
        case other:
            raise AssertionError(f"The kit has a value of the kind {other}, which this runner does not read.")


def _agree(actual: Any, expected: Any) -> bool:
    if isinstance(expected, Decimal):
        return isinstance(actual, Decimal) and abs(actual - expected) <= _TOLERANCE * max(1, abs(expected))
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(actual) == len(expected)
            and all(_agree(one, other) for one, other in zip(actual, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and actual.keys() == expected.keys()
            and all(_agree(actual[key], expected[key]) for key in expected)
        )
    return type(actual) is type(expected) and bool(actual == expected)


@pytest.mark.skipif(_KIT is None, reason="the folder dmn-tck-level-2 does not stand beside the checkout")
@pytest.mark.parametrize(("file", "case"), list(_cases()))
def test_every_case_of_the_kit_gives_the_expected_result(file: Path, case: etree._Element) -> None:
    model = case.getroottree().getroot().findtext("{*}modelName")
    assert model is not None
    definitions = load((file.parent / model).read_bytes(), name=model)
    assert not [problem for problem in definitions.problems if problem.severity == "error"]
    inputs = {str(node.get("name")): _value(node) for node in case.findall("{*}inputNode")}
    results = case.findall("{*}resultNode")
    assert results
    for result in results:
        expected = result.find("{*}expected")
        assert expected is not None
        actual = definitions.decide(str(result.get("name")), inputs)
        assert _agree(actual, _value(expected)), f"{result.get('name')} is {actual}"


@pytest.mark.skipif(_KIT is None, reason="the folder dmn-tck-level-2 does not stand beside the checkout")
def test_the_kit_has_its_116_cases() -> None:
    assert len(list(_cases())) == 116
