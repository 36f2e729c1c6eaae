"""The public cases of the DMN Technology Compatibility Kit (github.com/dmn-tck/tck): read, run and counted.

The kit is no part of the repository. A folder of it, `dmn-tck-level-2` or `dmn-tck-level-3` (what the kit has under
`TestCases/compliance-level-…`), is looked for in the folders beside the checkout.

    python -m tests.dmn.kit

prints, by folder of the kit, how many cases came out right, were refused, came out null, or as another value.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from engine.dmn import Definitions, load
from engine.errors import DmnError
from engine.feel import FeelRange, evaluate
from engine.feel.notation import write_value
from engine.feel.run import Run

_CHECKOUT = Path(__file__).resolve().parents[2]
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
#: The kit writes its expected numbers with fewer digits than a decimal holds.
_TOLERANCE = Decimal("1e-8")
#: FEEL's own reading of the kit's texts, by the kind of value that they stand for
_READ = {
    **dict.fromkeys(("date", "time"), "{}(text)"),
    "dateTime": "date and time(text)",
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), "duration(text)"),
}


class KitError(Exception):
    """A file of the kit that cannot be read, in a sentence."""


class Outcome(StrEnum):
    """How a case came out."""

    RIGHT = "right"
    REFUSED = "refused"
    NULL = "null"
    OTHER = "another value"


@dataclass(frozen=True, kw_only=True)
class KitCase:
    """One case of the kit: what is told, and what each decision must give."""

    file: Path
    model: str
    inputs: dict[str, Any]
    expected: tuple[tuple[str, Any], ...]
    name: str

    @property
    def part(self) -> str:
        """The folder of the kit that it stands in."""
        return self.file.parent.name


def kit_folder(level: int) -> Path | None:
    """The folder of that compliance level beside the checkout, or None."""
    return next(_CHECKOUT.parent.glob(f"*/dmn-tck-level-{level}"), None)


def cases(level: int) -> Iterator[KitCase]:
    """Every case of that level, in the order of the kit; none where the folder is not there."""
    folder = kit_folder(level)
    for file in sorted(folder.glob("*/*-test-*.xml")) if folder is not None else ():
        try:
            root = etree.parse(str(file)).getroot()
        except (etree.XMLSyntaxError, OSError) as error:
            raise KitError(f"{file} cannot be read ({error}). Fetch the kit again.") from None
        model = root.findtext("{*}modelName") or ""
        for case in root.iter("{*}testCase"):
            yield KitCase(
                file=file,
                model=model,
                inputs={str(node.get("name")): _value(node) for node in case.findall("{*}inputNode")},
                expected=tuple(
                    (str(result.get("name")), _value(result.find("{*}expected")))
                    for result in case.findall("{*}resultNode")
                ),
                name=f"{file.parent.name} {case.get('id')}",
            )


def _value(element: etree._Element | None) -> Any:
    """The value that an `inputNode`, `component`, `item` or `expected` holds."""
    if element is None:
        return None
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
    if value.get(_TYPE) is None:
        return _without_type(text)
    kind = str(value.get(_TYPE)).rsplit(":", 1)[-1]
    if kind in ("decimal", "double", "integer", "int", "long", "float"):
        return Decimal(text)
    if kind == "boolean":
        return text == "true"
    if kind == "string":
        return text
    if kind in _READ:
        return evaluate(_READ[kind].format(kind), {"text": text})
    raise KitError(f"The kit has a value of the kind {kind}, which this runner does not read.")


def _without_type(text: str) -> Any:
    """A value of which the kit does not say what it is: a number or a truth value where it looks like one."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


@lru_cache(maxsize=8)
def _definitions(path: Path) -> Definitions:
    try:
        return load(path.read_bytes(), name=path.name)
    except OSError as error:
        raise KitError(f"{path} cannot be read ({error.strerror}). Fetch the kit again.") from None


def run(case: KitCase) -> tuple[Outcome, str]:
    """How the case came out, and in words what came out."""
    for name, expected in case.expected:
        try:
            actual = _definitions(case.file.parent / case.model).decide(name, case.inputs)
        except DmnError as error:
            return Outcome.REFUSED, f"{name}: {error}"
        if not agree(actual, expected):
            shown = write_value(actual, Run("", {}, None, None, None), 1)
            return Outcome.NULL if actual is None else Outcome.OTHER, f"{name} is {shown}"
    return Outcome.RIGHT, ""


def agree(actual: Any, expected: Any) -> bool:
    """Whether two values are the same, numbers as far as the kit writes them; a range by its properties."""
    if isinstance(actual, FeelRange):
        actual = {
            "start": actual.start,
            "start included": actual.start_included,
            "end": actual.end,
            "end included": actual.end_included,
        }
    if isinstance(expected, Decimal):
        return isinstance(actual, Decimal) and abs(actual - expected) <= _TOLERANCE * max(1, abs(expected))
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(actual) == len(expected)
            and all(agree(one, other) for one, other in zip(actual, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and actual.keys() == expected.keys()
            and all(agree(actual[key], expected[key]) for key in expected)
        )
    return type(actual) is type(expected) and bool(actual == expected)


def main() -> None:
    for level in (2, 3):
        counted: dict[str, Counter[Outcome]] = {}
        for case in cases(level):
            counted.setdefault(case.part, Counter())[run(case)[0]] += 1
        if not counted:
            print(f"Level {level}: no folder dmn-tck-level-{level} beside the checkout.")
            continue
        total = sum(counted.values(), Counter())
        print(f"Level {level}: {total.total()} cases, " + ", ".join(f"{total[one]} {one}" for one in Outcome))
        for part, counts in counted.items():
            print(f"  {part}: {counts.total()}, " + ", ".join(f"{counts[one]} {one}" for one in Outcome if counts[one]))


if __name__ == "__main__":
    try:
        main()
        sys.stdout.flush()
    except KitError as error:
        sys.exit(str(error))
    except BrokenPipeError:
        # whoever read has seen enough; what is left is written nowhere, or the interpreter complains at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
