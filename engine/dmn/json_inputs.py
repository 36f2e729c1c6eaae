"""Inputs that come as JSON, which knows no days: a text becomes a day where the file declares one, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.dmn.cells import tables
from engine.dmn.model import Decision, InputData
from engine.dmn.types import TypeTable
from engine.feel import evaluate, from_json

#: FEEL's own reading of a text, by the type that the file declares.
_READ: Mapping[str, str] = {
    "date": "date(text)",
    "time": "time(text)",
    "date and time": "date and time(text)",
    "days and time duration": "duration(text)",
    "years and months duration": "duration(text)",
}


def read_json_inputs(
    values: Mapping[str, Any], declared: Iterable[InputData], decisions: Iterable[Decision], types: TypeTable
) -> dict[str, Any]:
    """FEEL values by name. A type is declared by the input data, or by a column that looks at just this name."""
    type_names = {
        column.expression.text: column.type_name
        for decision in decisions
        if decision.logic is not None
        for table in tables(decision.logic)
        for column in table.inputs
    }
    type_names |= {data.name: data.type_name for data in declared if data.type_name is not None}
    return {name: _read(from_json(value), type_names.get(name), types) for name, value in values.items()}


def _read(value: Any, type_name: str | None, types: TypeTable) -> Any:
    """A text that cannot be read stays one: the decision then refuses it and says what it must be."""
    if isinstance(value, list):
        return [_read(part, type_name, types) for part in value]
    if isinstance(value, dict):
        components = types.components(type_name)
        return {name: _read(part, components.get(name), types) for name, part in value.items()}
    reading = _READ.get(types.simple(type_name) or "")
    if reading is None or not isinstance(value, str):
        return value
    found = evaluate(reading, {"text": value})
    return value if found is None else found
