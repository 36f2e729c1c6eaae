"""Questions of inherited forms: `[[questions]]` adds some, `without` takes some out, and settings give choices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInputError
from engine.language import ENGLISH, LANGUAGES
from engine.variants.kinds_of_files import names_in
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.translated_files import in_other_languages

KEY, CHOICE_LINES = "questions", "choices"
#: The property of a choice whose choices are the entries of a list of variant.toml.
CHOICES = "choices_from"
CHOICE_LISTS = ("agencies", "areas", "languages", "teams")
_KNOWN = {"form", "after", "key", "label", "type", "choices", "required", "hint", "hide", "properties"}
_TEXTS = ("form", "after", "key", "label", "type", "hint", "hide")
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
        readable = isinstance(choices, Mapping) and all(isinstance(label, str) for label in choices.values())
        if set(each) != {"form", "key", "choices"} or not isinstance(choices, Mapping) or not readable:
            sheet.complain(place, f"Write {like}, and nothing else.")
            continue
        try:
            file, tree = _form(sheet, str(each["form"]))
            component = next(found for _, found in _components(tree) if found.get("key") == each["key"])
        except (KeyError, StopIteration):
            sheet.complain(place, f"No form “{each['form']}” asks for “{each['key']}”. Check both.")
            continue
        before = component.get("values")
        added = [{"label": label, "value": value} for value, label in choices.items()]
        component["values"] = [*(before if isinstance(before, list) else []), *added]
        sheet.files[file] = _saved(tree)
        sentence = f"“{each['key']}” offers {', '.join(choices.values())} too."
        sheet.edits.append(
            Edit(folder=folder, key=place, sentence=sentence, file=file, element_id=str(component.get("id", "")))
        )


def take_out(sheet: Sheet, form: str, key: str) -> None:
    """Take the question with this key out of a form. Raises KeyError where there is none."""
    file, tree = _form(sheet, form)
    if not _taken_out(sheet, file, tree, key):
        raise KeyError(key)
    for translated in in_other_languages(sheet.files, file):
        its_tree = tree_of_form(sheet.files[translated])
        if its_tree is not None:
            _taken_out(sheet, translated, its_tree, key)


def _taken_out(sheet: Sheet, file: str, tree: Mapping[str, Any], key: str) -> bool:
    for listed, component in _components(tree):
        if component.get("key") == key or component.get("path") == key:
            listed.remove(component)
            sheet.files[file] = _saved(tree)
            return True
    return False


def lay_choices(sheet: Sheet) -> None:
    """Offer, wherever a form says so, the entries of a list of the settings as they are in the end."""
    for file in [file for file in sheet.files if file.startswith("forms/")]:
        if CHOICES.encode() not in sheet.files[file]:
            continue
        tree = tree_of_form(sheet.files[file])
        for _, component in _components(tree) if tree is not None else ():
            properties = component.get("properties")
            named = properties.get(CHOICES) if isinstance(properties, Mapping) else None
            if named in CHOICE_LISTS:
                component["values"] = _choices(sheet.settings.get(named, [ENGLISH] if named == "languages" else None))
        if tree is not None:
            sheet.files[file] = _saved(tree)


def _put(sheet: Sheet, told: Mapping[str, Any], folder: str, place: str) -> None:
    _require_readable(told)
    try:
        file, tree = _form(sheet, told["form"])
    except KeyError:
        raise BadInputError(f"There is no form “{told['form']}”. Check its id.") from None
    for listed, component in _components(tree):
        if component.get("key") == told["after"] or component.get("path") == told["after"]:
            added = _component(told)
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


def _require_readable(told: Mapping[str, Any]) -> None:
    """Raises BadInputError where a question says too little, too much, or something that no form can hold."""
    unknown = [key for key in told if key not in _KNOWN]
    missing = [key for key in ("form", "after", "key", "label") if not told.get(key)]
    no_text = [key for key in _TEXTS if key in told and not isinstance(told[key], str)]
    tables = {key: told[key] for key in ("choices", "properties") if key in told}
    no_table = [
        key
        for key, value in tables.items()
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values())
    ]
    if unknown:
        what = f"“{unknown[0]}” is not read"
    elif missing:
        what = f"“{missing[0]}” is missing"
    elif no_text:
        what = f"“{no_text[0]}” is no text"
    elif no_table:
        what = f"“{no_table[0]}” is no table of texts"
    elif told.get("type", _TYPES[0]) not in _TYPES:
        what = f"There is no type {told['type']}"
    elif not isinstance(told.get("required", False), bool):
        what = "“required” is neither true nor false"
    else:
        return
    raise BadInputError(f"{what}. Write {_LIKE}; type is one of {', '.join(_TYPES)}.")


def _component(told: Mapping[str, Any]) -> dict[str, Any]:
    kind = told.get("type", _TYPES[0])
    component: dict[str, Any] = {"type": kind, "id": f"field_{told['key']}", "key": told["key"]}
    component |= {"dateLabel": told["label"], "subtype": "date"} if kind == "datetime" else {"label": told["label"]}
    if told.get("hint"):
        component["description"] = told["hint"]
    if "choices" in told:
        component["values"] = [{"label": label, "value": value} for value, label in told["choices"].items()]
    if told.get("required"):
        component["validate"] = {"required": True}
    if told.get("hide"):
        component["conditional"] = {"hide": told["hide"]}
    if "properties" in told:
        component["properties"] = dict(told["properties"])
    return component


def _form(sheet: Sheet, form: str) -> tuple[str, Any]:
    """The file and the tree of the form with this id. Raises KeyError where there is none that can be read."""
    for file in names_in(sheet.files, "forms/", ".form"):
        tree = tree_of_form(sheet.files[file])
        if tree is not None and tree.get("id") == form:
            return file, tree
    raise KeyError(form)


def facts_of_form(data: bytes) -> set[str]:
    """The names under which a form asks, in items too; none where the file holds no form."""
    asked = (component.get(name) for _, component in _components(tree_of_form(data) or {}) for name in ("key", "path"))
    return {name for name in asked if isinstance(name, str)}


def answers_of_form(data: bytes) -> Iterator[tuple[str, str]]:
    """Each text that a question can be answered with, or begins with, behind the name of the fact that it is."""
    for _, component in _components(tree_of_form(data) or {}):
        key, choices = component.get("key"), component.get("values")
        offered = [each.get("value") for each in choices if isinstance(each, dict)] if isinstance(choices, list) else []
        for answer in (*offered, component.get("defaultValue")):
            if isinstance(key, str) and isinstance(answer, str):
                yield key, answer


def tree_of_form(data: bytes) -> Any:
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
    named = [{"id": code, "name": LANGUAGES[code].own_name} for code in found if code in tuple(LANGUAGES)]
    return [
        {"label": str(entry.get("name", entry["id"])), "value": str(entry["id"])}
        for entry in (*found, *named)
        if isinstance(entry, Mapping) and entry.get("id")
    ]


def _saved(tree: Mapping[str, Any]) -> bytes:
    return (json.dumps(tree, indent=2, ensure_ascii=False) + "\n").encode()
