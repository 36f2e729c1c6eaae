"""`[use]`: which process runs in a slot, a call for which the base ships more than one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from engine.errors import EngineError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import named, read_tree, written

KEY, SLOTS = "use", "slots"
_DUE = re.compile(r'\bdue\("([^"]+)"')


def lay_slots(sheet: Sheet, told: Any, folder: str) -> None:
    """Have every call of a slot in the sheet's diagrams call what `[use]` names instead."""
    slots = sheet.settings.get(SLOTS)
    known = slots if isinstance(slots, Mapping) else {}
    if not isinstance(told, Mapping):
        sheet.complain(
            f"[{KEY}]", 'Write it as a table, a slot and a process a line: completion = "completion_chased".'
        )
        return
    for slot, process in told.items():
        key = f"[{KEY}] {slot}"[:80]
        if slot not in known:
            there_are = ", ".join(known) or "none"
            sheet.complain(key, f"There is no slot “{slot[:60]}”. There are: {there_are}.")
        elif not isinstance(process, str):
            sheet.complain(key, 'Name one process: completion = "completion_chased".')
        else:
            before = _now_used(known[slot])
            _call(sheet, before, process)
            slot_now = {**(known[slot] if isinstance(known[slot], Mapping) else {}), KEY: process}
            sheet.settings = {**sheet.settings, SLOTS: {**known, slot: slot_now}}
            known = sheet.settings[SLOTS]
            sheet.edits.append(Edit(folder=folder, key=key, sentence=f"“{slot}” is “{process}” instead of “{before}”."))


def _now_used(slot: Any) -> str:
    return str(slot.get(KEY, "")) if isinstance(slot, Mapping) else ""


def _call(sheet: Sheet, before: str, process: str) -> None:
    for file in [file for file in sheet.files if file.endswith(".bpmn")]:
        try:
            root = read_tree(sheet.files[file], name=file)
        except EngineError:  # whoever reads the diagram says so
            continue
        calls = [each for each in named(root, "calledElement") if each.get("processId") == before]
        for call in calls:
            call.set("processId", process)
        if calls:
            sheet.files[file] = written(root)


def limits_of(data: bytes) -> set[str]:
    """The limits that a file asks for by name, with `due("…")`."""
    return set(_DUE.findall(unescape(data.decode("utf-8", "replace"))))


def told_in(data: bytes, file: str) -> set[str]:
    """The facts that a diagram tells by itself, and the ids of its tasks; what its forms ask, the forms tell."""
    root = read_tree(data, name=file)
    told = {each.get("target", "") for each in named(root, "output")}
    told |= {each.get("id", "") for each in named(root, "userTask")}
    return told | {
        each.get("value", "") for each in named(root, "property") if each.get("name") in ("done_by", "happened_on")
    }
