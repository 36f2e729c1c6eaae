"""Element templates of message events that tell the case something, or wait for it: what the modeller's linter asks for
is filled in with them, and means what is so anyhow. A message is told to one case, which its reference names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.diagram import OF_THE_CASE, TELLS_THE_CASE
from engine.handler.element_templates import SCHEMA

_THROWN = "Tell the case"
_HEARD = "Told to the case"


def message_templates() -> Mapping[str, str]:
    """The templates as the files that are committed, by the name of the file without its ending."""
    return {template["id"]: json.dumps(template, indent=2, ensure_ascii=False) + "\n" for template in _templates()}


def _templates() -> Iterator[dict[str, Any]]:
    yield _template("tell-case-on-the-way", _THROWN, "bpmn:IntermediateThrowEvent", tells=True)
    yield _template("tell-case-at-the-end", _THROWN, "bpmn:EndEvent", tells=True)
    yield _template("told-on-the-way", _HEARD, "bpmn:IntermediateCatchEvent")
    yield _template("told-meanwhile", _HEARD, "bpmn:BoundaryEvent")


def _template(id: str, name: str, element: str, *, tells: bool = False) -> dict[str, Any]:
    hidden: list[tuple[str, dict[str, str]]] = [
        (OF_THE_CASE, {"type": "bpmn:Message#zeebe:subscription#property", "name": "correlationKey"})
    ]
    if tells:
        hidden.append((TELLS_THE_CASE, {"type": "zeebe:taskDefinition", "property": "type"}))
    return {
        "$schema": SCHEMA,
        "name": name,
        "id": id,
        "version": 1,
        "description": "What else waits in the case for this message hears it."
        if tells
        else "A person or another diagram tells it to the case.",
        "appliesTo": [element],
        "elementType": {"value": element, "eventDefinition": "bpmn:MessageEventDefinition"},
        "groups": [{"id": "message", "label": "What is told"}],
        "properties": [
            {
                "id": "message",
                "label": "Message",
                "description": "The same name stands at both ends.",
                "group": "message",
                "type": "String",
                "constraints": {"notEmpty": True},
                "binding": {"type": "bpmn:Message#property", "name": "name"},
            },
            *({"type": "Hidden", "value": value, "binding": binding} for value, binding in hidden),
        ],
    }
