"""Questions of inherited forms: `[[questions]]` adds some, `without` takes some out, and settings give choices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInputError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet

KEY, CHOICE_LINES = "questions", "choices"
#: The property of a choice whose choices are the entries of a list of variant.toml.
CHOICES = "choices_from"
CHOICE_LISTS = ("agencies", "teams")
_KNOWN = {"form", "after", "key", "label", "type", "choices", "required", "hint", "hide", "properties"}
_TYPES = ("textfield", "textarea", "number", "datetime", "checkbox", "radio", "select", "checklist")
_LIKE = 'form = "application", after = "asb_description", key = "under_18", label = "Is anybody under 18 involved?"'


def lay_questions(sheet: Sheet, told: Any, folder: str) -> None:
    """Put the questions of `[[questions]]` into the sheet's forms."""
    if not isinstance(told, list) or not all(isinstance(each, Mapping) for each in told):
        sheet.complain(f"[[{KEY}]]", f"Write each as a table of its own: {_LIKE}.")
        return
    for each in told:
        place = f"[[{KEY}]] {each.get('form', '')}.{each.get('key', '')}"[:80]
        try:
            _put(sheet, each, folder, place)
        except BadInputError as problem:
            sheet.complain(place, str(problem))


def lay_choice_lines(sheet: Sheet, told: Any, folder: str) -> None:
    """Add the choices of `[[choices]]` to the questions of the sheet's forms."""
    like = 'form = "acknowledge", key = "unsuitable_because", choices = { vexatious = "It is vexatious" }'
    if not isinstance(told, list) or not all(isinstance(each, Mapping) for each in told):
        sheet.complain(f"[[{CHOICE_LINES}]]", f"Write each as a table of its own: {like}.")
        return
    for each in told:
        place = f"[[{CHOICE_LINES}]] {each.get('form', '')}.{each.get('key', '')}"[:80]
        choices = each.get("choices")
        if set(each) != {"form", "key", "choices"} or not isinstance(choices, Mapping):
            sheet.complain(place, f"Write {like}, and nothing else.")
            continue
        try:
            file, tree = _form(sheet, str(each["form"]))
            component = next(found for _, found in _components(tree) if found.get("key") == each["key"])
        except (KeyError, StopIteration):
            sheet.complain(place, f"No form “{each['form']}” asks for “{each['key']}”. Check both.")
            continue
        component["values"] = [
            *component.get("values", []),
            *({"label": str(v), "value": k} for k, v in choices.items()),
        ]
        sheet.files[file] = _saved(tree)
        sentence = f"“{each['key']}” offers {', '.join(map(str, choices.values()))} too."
        sheet.edits.append(
            Edit(folder=folder, key=place, sentence=sentence, file=file, element_id=component.get("id", ""))
        )


def take_out(sheet: Sheet, form: str, key: str) -> None:
    """Take the question with this key out of a form. Raises KeyError where there is none."""
    file, tree = _form(sheet, form)
    for listed, component in _components(tree):
        if component.get("key") == key or component.get("path") == key:
            listed.remove(component)
            sheet.files[file] = _saved(tree)
            return
    raise KeyError(key)


def lay_choices(sheet: Sheet) -> None:
    """Offer, wherever a form says so, the entries of a list of the settings as they are in the end."""
    for file in [file for file in sheet.files if file.startswith("forms/")]:
        if CHOICES.encode() not in sheet.files[file]:
            continue
        tree = _tree(sheet.files[file])
        for _, component in _components(tree) if tree is not None else ():
            properties = component.get("properties")
            named = properties.get(CHOICES) if isinstance(properties, Mapping) else None
            if named in CHOICE_LISTS:
                component["values"] = _choices(sheet.settings.get(named))
        if tree is not None:
            sheet.files[file] = _saved(tree)


def _put(sheet: Sheet, told: Mapping[str, Any], folder: str, place: str) -> None:
    unknown = sorted(set(told) - _KNOWN)
    missing = [key for key in ("form", "after", "key", "label") if not isinstance(told.get(key), str) or not told[key]]
    kind = told.get("type", "textfield")
    if unknown or missing or kind not in _TYPES:
        what = (
            f"“{unknown[0]}” is not read"
            if unknown
            else f"“{missing[0]}” is missing"
            if missing
            else f"There is no type {kind}"
        )
        raise BadInputError(f"{what}. Write {_LIKE}; type is one of {', '.join(_TYPES)}.")
    try:
        file, tree = _form(sheet, told["form"])
    except KeyError:
        raise BadInputError(f"There is no form “{told['form']}”. Check its id.") from None
    for listed, component in _components(tree):
        if component.get("key") == told["after"] or component.get("path") == told["after"]:
            added = _component(told, kind)
            listed.insert(listed.index(component) + 1, added)
            sheet.files[file] = _saved(tree)
            sheet.edits.append(
                Edit(
                    folder=folder, key=place, sentence=f"The form {told['form']} asks “{told['label']}”.", file=file,
                    element_id=added["id"],
                )
            )  # fmt: skip
            return
    raise BadInputError(f"The form {told['form']} asks for no “{told['after']}” after which it could stand.")


def _component(told: Mapping[str, Any], kind: str) -> dict[str, Any]:
    component: dict[str, Any] = {"type": kind, "id": f"field_{told['key']}", "key": told["key"]}
    component |= {"dateLabel": told["label"], "subtype": "date"} if kind == "datetime" else {"label": told["label"]}
    if told.get("hint"):
        component["description"] = told["hint"]
    if isinstance(told.get("choices"), Mapping):
        component["values"] = [{"label": str(label), "value": value} for value, label in told["choices"].items()]
    if told.get("required") is True:
        component["validate"] = {"required": True}
    if told.get("hide"):
        component["conditional"] = {"hide": told["hide"]}
    if isinstance(told.get("properties"), Mapping):
        component["properties"] = dict(told["properties"])
    return component


def _form(sheet: Sheet, form: str) -> tuple[str, Any]:
    """The file and the tree of the form with this id. Raises KeyError where there is none that can be read."""
    for file in [file for file in sheet.files if file.startswith("forms/")]:
        tree = _tree(sheet.files[file])
        if tree is not None and tree.get("id") == form:
            return file, tree
    raise KeyError(form)


def _tree(data: bytes) -> Any:
    """What the file holds; None where that is no form, which whoever reads it says."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None


def _components(tree: Mapping[str, Any]) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Every component with the list that it stands in, the outer ones first."""
    waiting = [tree]
    while waiting:
        listed = waiting.pop().get("components")
        if not isinstance(listed, list):
            continue
        for component in list(listed):
            if isinstance(component, dict):
                yield listed, component
                waiting.append(component)


def _choices(entries: Any) -> list[dict[str, str]]:
    found = entries if isinstance(entries, list) else []
    return [
        {"label": str(entry.get("name", entry["id"])), "value": str(entry["id"])}
        for entry in found
        if isinstance(entry, Mapping) and entry.get("id")
    ]


def _saved(tree: Mapping[str, Any]) -> bytes:
    return (json.dumps(tree, indent=2, ensure_ascii=False) + "\n").encode()
