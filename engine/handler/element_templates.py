"""Element templates: how a handler looks in Camunda Modeler's properties panel.

The form of a template is that of @camunda/zeebe-element-templates-json-schema. Committed templates stand in
`bpmn/.camunda/element-templates/`, where the modeller finds them.
"""

from __future__ import annotations

import json
from typing import Any

from engine.handler.contract import Handler
from engine.handler.inputs import Choice, Context, Input, LetterName, Lines, Value

SCHEMA = "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json"

#: What a handler can stand behind; an event must be drawn as a message event.
_APPLIES_TO = ["bpmn:SendTask", "bpmn:ServiceTask", "bpmn:IntermediateThrowEvent", "bpmn:EndEvent"]


def element_template(handler: Handler, *, version: int = 1) -> dict[str, Any]:
    """The element template of `handler`, ready for JSON."""
    return {
        "$schema": SCHEMA,
        "name": handler.title,
        "id": handler.name,
        "version": version,
        "description": handler.summary,
        "appliesTo": _APPLIES_TO,
        "groups": [
            {"id": "inputs", "label": "What it is given"},
            {"id": "outputs", "label": "What it gives back"},
            {"id": "policy", "label": "Policy"},
        ],
        "properties": [
            {
                "type": "Hidden",
                "value": handler.name,
                "binding": {"type": "zeebe:taskDefinition", "property": "type"},
            },
            *(_input_property(declared) for declared in handler.inputs),
            *(
                {
                    "id": f"output-{output.name}",
                    "label": output.label,
                    "description": "Name of the fact that keeps it. Leave empty where it is not needed.",
                    "group": "outputs",
                    "type": "String",
                    "optional": True,
                    "binding": {"type": "zeebe:output", "source": f"={output.name}"},
                }
                for output in handler.outputs
            ),
            {
                "id": "clause",
                "label": "Clauses it carries out",
                "description": "Clause ids of policy.toml, separated by commas.",
                "group": "policy",
                "type": "String",
                "optional": True,
                "binding": {"type": "zeebe:property", "name": "clause"},
            },
        ],
    }


def template_json(handler: Handler) -> str:
    """The element template as the file that is committed."""
    return json.dumps(element_template(handler), indent=2, ensure_ascii=False) + "\n"


def _input_property(declared: Input) -> dict[str, Any]:
    field: dict[str, Any] = {"id": f"input-{declared.name}", "label": declared.label}
    if declared.hint:
        field["description"] = declared.hint
    field |= {"group": "inputs", "type": "Text" if isinstance(declared, Lines | Value | Context) else "String"}
    if isinstance(declared, Choice) and declared.required:
        field |= {
            "type": "Dropdown",
            "choices": [{"name": meaning, "value": value} for value, meaning in declared.choices],
        }
    elif not isinstance(declared, LetterName):
        field["feel"] = "required" if isinstance(declared, Value | Context) else "optional"
    # A mapping of an optional input that is left empty is not written into the diagram at all.
    field |= {"constraints": {"notEmpty": True}} if declared.required else {"optional": True}
    field["binding"] = {"type": "zeebe:input", "name": declared.name}
    return field
