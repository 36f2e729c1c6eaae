"""`[use]`: which process runs in a slot, a call for which the base ships more than one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from engine.errors import EngineError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.limit_lines import take_out_limits
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


def _alternatives(slot: Any) -> list[str]:
    named_so = slot.get("alternatives") if isinstance(slot, Mapping) else None
    return [each for each in named_so if isinstance(each, str)] if isinstance(named_so, list) else []


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


def drop_unused(sheet: Sheet, files: Mapping[str, bytes], settings: Mapping[str, Any]) -> None:
    """Take out the diagrams of processes that could stand in a slot and do not, those that only they call, and the
    limits that only they ask for.

    `files` and `settings` are the folder's own: what it draws stays, and whoever ships alternatives keeps them all.
    """
    slots, own_slots = sheet.settings.get(SLOTS), settings.get(SLOTS)
    shipped = own_slots if isinstance(own_slots, Mapping) else {}
    tables = dict(slots) if isinstance(slots, Mapping) else {}
    used = {_now_used(slot) for slot in tables.values()}
    unused = {process for name, slot in tables.items() if name not in shipped for process in _alternatives(slot)} - used
    diagrams = {file: _Calls(sheet.files[file], file) for file in sheet.files if file.endswith(".bpmn")}
    limits: set[str] = set()
    while unused:
        found = [file for file, each in diagrams.items() if file not in files and each.is_within(unused)]
        gone = [diagrams.pop(file) for file in found]
        for file in found:
            data = sheet.files.pop(file)
            limits |= _limits_of(data)
            sheet.untold |= told_in(data, file)
            del sheet.origin[file]
        called = {process for each in diagrams.values() for process in each.called}
        unused = {process for each in gone for process in each.called} - called
    for data in sheet.files.values():
        limits -= _limits_of(data)
    take_out_limits(sheet, limits)


def _limits_of(data: bytes) -> set[str]:
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


class _Calls:
    """Which processes a diagram holds, and which they call; none where it cannot be read, which its reader says."""

    def __init__(self, data: bytes, file: str) -> None:
        self.processes: set[str] = set()
        self.called: set[str] = set()
        try:
            root = read_tree(data, name=file)
        except EngineError:
            return
        self.processes = {each.get("id", "") for each in named(root, "process")}
        self.called = {each.get("processId", "") for each in named(root, "calledElement")}

    def is_within(self, processes: set[str]) -> bool:
        """Whether it holds nothing but these."""
        return bool(self.processes) and self.processes <= processes
