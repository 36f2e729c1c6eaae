"""A translation is its original in other words: nothing else differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.check.finding import Place, error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.language import LANGUAGES
from engine.problems import Problem
from engine.variants import Variant
from engine.variants.translated_files import language_of, original_of

#: What of a component of a form is a text, or says where it stands; all else has to be the same.
_TEXTS = frozenset({"label", "dateLabel", "timeLabel", "description", "text", "layout", "values", "components"})
_TEXT_PROPERTIES = frozenset({"public_label", "public_hint", "public_entry"})


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    for file in variant.files:
        code = language_of(file)
        if code not in variant.settings.languages[1:]:
            continue
        original = original_of(file)
        if original not in variant.files:
            yield error(
                Place(file=file, element_id="", element_name=""),
                f"This is said in {LANGUAGES[code].name} alone: there is no {original}. Give both the same name.",
            )
        elif file.startswith("letters/"):
            yield from _letter(variant, code, file, original)
        elif file.startswith("pages/"):
            yield from _page(variant, code, file, original)
        else:
            yield from _form(variant, file, original)


def _letter(variant: Variant, code: str, file: str, original: str) -> Iterator[Problem]:
    there = next((each for each in variant.translations[code].letters.values() if each.file == file), None)
    own = next((each for each in variant.letters.values() if each.file == original), None)
    if there is None or own is None:
        return  # it cannot be read, and that is said elsewhere
    place = Place(file=file, element_id=there.id, element_name=there.title)
    if there.id != own.id:
        yield error(place, f'It has the id “{there.id}”, and {original} “{own.id}”. Write id = "{own.id}".')
    if there.roles != own.roles:
        yield error(place, f"It is to others than {original}. Write the same “to”.")
    yield from _placeholders(place, set(there.placeholders), set(own.placeholders), original)


def _page(variant: Variant, code: str, file: str, original: str) -> Iterator[Problem]:
    there = next((each for each in variant.translations[code].pages.values() if each.file == file), None)
    own = next((each for each in variant.pages.values() if each.file == original), None)
    if there is not None and own is not None:
        place = Place(file=file, element_id=there.id, element_name=there.title)
        yield from _placeholders(place, set(there.placeholders), set(own.placeholders), original)


def _placeholders(place: Place, there: set[str], own: set[str], original: str) -> Iterator[Problem]:
    for path in sorted(own - there):
        yield error(place, f"It says nothing of (({path})), which {original} prints or asks. Say it here too.")
    for path in sorted(there - own):
        yield error(place, f"It reads (({path})), which {original} does not. Take it out, or say it there too.")


def _form(variant: Variant, file: str, original: str) -> Iterator[Problem]:
    own, there = (_components(variant.files[each]) for each in (original, file))
    if own is None or there is None:
        return  # it cannot be read, and that is said elsewhere
    for name, component in there.items():
        place = Place(
            file=file, element_id=str(component.get("id", "")), element_name=str(component.get("label", name))
        )
        twin = own.get(name)
        if twin is None:
            yield error(place, f"It asks for “{name}”, and {original} does not. Take it out.")
            continue
        for what in sorted(_differences(component, twin)):
            yield error(place, f"“{name}” has another {what} than in {original}. Only texts may differ: copy it.")


def _differences(there: Mapping[str, Any], own: Mapping[str, Any]) -> set[str]:
    found = {key for key in {*there, *own} - _TEXTS - {"properties"} if there.get(key) != own.get(key)}
    said, of_own = (_table(each.get("properties")) for each in (there, own))
    found |= {key for key in {*said, *of_own} - _TEXT_PROPERTIES if said.get(key) != of_own.get(key)}
    if not set(_values(there)) <= set(_values(own)):
        found.add("choice")
    return found


def _values(component: Mapping[str, Any]) -> Iterator[str]:
    listed = component.get("values")
    yield from (str(_table(each).get("value")) for each in (listed if isinstance(listed, list) else ()))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _components(data: bytes) -> dict[str, Mapping[str, Any]] | None:
    """The components by key, those in a list as `reports.incident_on`; None where it is no form."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return None
    found: dict[str, Mapping[str, Any]] = {}
    waiting = [("", tree)]
    while waiting:
        around, holder = waiting.pop()
        listed = _table(holder).get("components")
        for component in listed if isinstance(listed, list) else ():
            named = _table(component)
            name = f"{around}{named.get('key') or named.get('path') or named.get('id', '')}"
            found[name] = named
            waiting.append((f"{name}." if named.get("path") else around, named))
    return found


RULE = Rule(
    name="translations",
    summary="A translation is its original in other words, and nothing else of it differs.",
    look=look,
    needs_variant=True,
)
