"""One folder laid over what it inherits: what it does without first, then its files, then its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.problems import Problem
from engine.variants.folder import SETTINGS_FILE
from engine.variants.guards import merge_guards
from engine.variants.overlay import act_lines, citations, components, lanes, limit_lines, omissions, slots, table_rows
from engine.variants.overlay.named_lists import merge_clauses, merge_settings
from engine.variants.overlay.sheet import Sheet
from engine.variants.translated_files import original_of

#: What is said line by line, in the order in which it is laid: a slot may bring the limit or the question in.
_LINES: Mapping[str, Callable[[Sheet, Any, str], None]] = {
    slots.KEY: slots.lay_slots,
    limit_lines.KEY: limit_lines.lay_limits,
    components.KEY: components.lay_questions,
    components.CHOICE_LINES: components.lay_choice_lines,
    table_rows.KEY: table_rows.lay_rows,
}
#: What XML cannot hold.
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")


def lay_over(
    sheet: Sheet,
    files: Mapping[str, bytes],
    settings: Mapping[str, Any],
    clauses: Mapping[str, Any],
    *,
    folder: str,
    is_alone: bool,
) -> None:
    """Lay a folder over the sheet: its `files`, and what its variant.toml and policy.toml say.

    `is_alone` where no other folder is laid: then no guard is anybody else's.
    """
    if omissions.KEY in settings:
        omissions.lay_without(sheet, settings[omissions.KEY], folder)
    _drop_outdated_translations(sheet, files)
    sheet.files |= files
    sheet.origin |= dict.fromkeys(files, folder)
    before = sheet.settings
    own = {key: value for key, value in settings.items() if key not in (*_LINES, omissions.KEY)}
    sheet.settings = merge_settings(before, own)
    if not is_alone:
        sheet.settings |= _guards(sheet, before, settings, folder)
        act_lines.keep_the_acts(sheet, before, settings)
    clauses = act_lines.own_clauses(sheet, clauses)
    if _hold_a_control(settings, clauses):
        sheet.clauses = merge_clauses(sheet.clauses, clauses)
        sheet.complain("", "It, or policy.toml, holds a control character, such as \\u0000. Take it out.")
        return
    citations.lay_citations(sheet, files, clauses, folder)
    sheet.clauses = merge_clauses(sheet.clauses, clauses)
    lanes.lay_team_names(sheet, before, files, folder)
    for key, lay in _LINES.items():
        if key in settings:
            lay(sheet, settings[key], folder)


def _drop_outdated_translations(sheet: Sheet, files: Mapping[str, bytes]) -> None:
    """A letter, page or form of one's own takes the place of the base's, and so of what that is in other languages."""
    for file in [file for file in sheet.files if file.count("/") == 2]:
        if original_of(file) in files and file not in files:
            del sheet.files[file], sheet.origin[file]


def _hold_a_control(*tables: Mapping[str, Any]) -> bool:
    """Whether some text or key holds a character that no diagram or table can hold (XML 1.0, 2.2)."""
    waiting: list[Any] = [*tables]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and _CONTROL.search(value):
            return True
        if isinstance(value, Mapping):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return False


def _guards(sheet: Sheet, before: Mapping[str, Any], settings: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """The guards of both, where there is something to merge; those of the Act stay as the base gives them."""
    base, own = before.get("guards", {}), settings.get("guards", {})
    if not isinstance(own, Mapping):
        sheet.complain("[guards]", "This is no table, so that the base's guards hold. Write each as [guards.name].")
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return {"guards": base} if "guards" in before else {}
    guards, refused = merge_guards(base, own, folder)
    sheet.problems += [Problem(file=SETTINGS_FILE, sentence=sentence) for sentence in refused]
    return {"guards": guards} if guards else {}
