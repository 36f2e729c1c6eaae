"""Forms for tests: a form-js file with the components that matter, the rest as the modeller saves it."""

from __future__ import annotations

import json
from typing import Any

from engine.forms import Form, read_form


def component(kind: str = "textfield", key: str | None = "answer", **settings: Any) -> dict[str, Any]:
    named = {} if key is None else {"path" if kind == "dynamiclist" else "key": key}
    return {
        "type": kind,
        "id": f"field_{key or kind}",
        "label": (key or kind).replace("_", " ").title(),
        **named,
        **settings,
    }


def choosing(kind: str, *values: str, key: str = "answer", **settings: Any) -> dict[str, Any]:
    return component(kind, key, values=[{"value": value, "label": value.title()} for value in values], **settings)


def form_of(*components: dict[str, Any], **top: Any) -> Form:
    content = {"id": "form", "type": "default", "schemaVersion": 18, "components": list(components), **top}
    return read_form(json.dumps(content).encode(), file="forms/form.form")


def sound_form(*components: dict[str, Any]) -> Form:
    form = form_of(*components)
    assert form.problems == ()
    return form
