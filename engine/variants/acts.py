"""What folders say of the Act: their guards, floors, what is owed, and figures of it, its clauses, and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.errors import EngineError
from engine.toml import read_toml
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE
from engine.variants.overlay import decisions_by_guard
from engine.variants.overlay.xml_files import inside, named, read_tree
from engine.variants.pin import BaseFolder
from engine.variants.policy import clause_tables, is_of_the_act

#: What of a guard holds the Act; the rest are words.
_HOLDS = ("before", "when", "unless", "own_tables")
#: What of a decision says how it comes out, by itself or by what it requires.
_DECIDES = ("decisionTable", "output", "variable", "requiredDecision", "requiredInput", "text")
_NOTES = "annotationEntry"


def said_of_the_act(folders: Sequence[BaseFolder]) -> Mapping[str, object]:
    """Each thing by what people call it, “[guards.bodies_decide]”; its value differs where it says something else.

    What cannot be read says nothing of the Act.
    """
    found: dict[str, object] = {}
    for folder in reversed(folders):
        settings, clauses = _table(folder, SETTINGS_FILE), clause_tables(_table(folder, POLICY_FILE))
        found |= dict(_of_settings(settings))
        found |= {f"the clause {clause}": None for clause, _ in clauses if is_of_the_act(clause)}
        found |= dict(_of_tables(settings, folder.files))
    return found


def _of_settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key in ("guards", "floors", "owed", "published", "figures"):
        table = settings.get(key)
        for name, told in table.items() if isinstance(table, Mapping) else ():
            if not isinstance(told, Mapping):
                continue
            clauses = told.get("clauses") if key == "figures" else [told.get("clause")]
            if any(map(is_of_the_act, clauses if isinstance(clauses, list) else ())):
                holds = {"guards": {each: told.get(each) for each in _HOLDS}, "figures": None}
                yield f"[{key}.{name}]", holds.get(key, told)


def _of_tables(settings: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[tuple[str, object]]:
    held = {name for names in decisions_by_guard(settings, files).values() for name in names}
    for file, data in files.items() if held else ():
        if not file.endswith(".dmn"):
            continue
        try:
            decisions = list(named(read_tree(data, name=file), "decision"))
        except EngineError:  # whoever reads the file says so
            continue
        if held & {each.get("id") for each in decisions}:
            yield from ((f"the decision “{each.get('id')}”", _decided(each)) for each in decisions)


def _decided(decision: Any) -> tuple[object, ...]:
    notes = {text for entry in named(decision, _NOTES) for text in inside(entry, "text")}
    return tuple(
        (name, (element.text or "").strip(), *(element.get(key) for key in ("href", "hitPolicy", "name")))
        for name in _DECIDES
        for element in named(decision, name)
        if element not in notes
    )


def _table(folder: BaseFolder, file: str) -> Mapping[str, Any]:
    try:
        return read_toml(folder.files.get(file, b""), name=file)
    except EngineError:
        return {}
