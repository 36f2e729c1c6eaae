"""The functions that the editors complete and explain in an expression: those of our FEEL, and the calendar's.

`make editors` runs this module first, so that webui/editors/functions.json is what the engine runs.
"""

from __future__ import annotations

import json

from engine.calendar.signatures import SIGNATURES
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.builtins.signature import CallForm
from tests.house.checkout import ROOT

FUNCTIONS = ROOT / "webui" / "editors" / "functions.json"


def functions() -> str:
    """What functions.json says: each function's name, its parameters, and every way of calling it."""
    listed = [
        {
            "name": name,
            "params": [each.name for each in function.forms[0].parameters],
            "ways": list(dict.fromkeys(_call(name, form) for form in function.forms)),
        }
        for name, function in BUILTIN_FUNCTIONS.items()
    ]
    listed += [
        {"name": name, "params": list(signature.takes), "ways": [f"{name}({', '.join(signature.takes)})"]}
        for name, signature in SIGNATURES.items()
    ]
    listed.append({"name": "due", "params": ["limit"], "ways": ["due(limit)", "due(limit, start)"]})
    listed.sort(key=lambda each: str(each["name"]))
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in listed) + "\n]\n"


def _call(name: str, form: CallForm) -> str:
    named = [f"[{each.name}]" if each.optional else each.name for each in form.parameters]
    return f"{name}({', '.join(named)}{', …' if form.variadic else ''})"


if __name__ == "__main__":
    FUNCTIONS.write_text(functions(), encoding="utf-8")
