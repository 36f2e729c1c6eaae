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
            sheet.settings = {**sheet.settings, SLOTS: {**known, slot: {**known[slot], KEY: process}}}
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


def drop_unused(sheet: Sheet, own: Mapping[str, bytes]) -> None:
    """Take out the diagrams of processes that could stand in a slot and do not, those that only they call, and the
    limits that only they ask for.

    `own` are the files of the folder itself: what it draws of its own stays.
    """
    slots = sheet.settings.get(SLOTS)
    tables = [slot for slot in (slots.values() if isinstance(slots, Mapping) else ()) if isinstance(slot, Mapping)]
    used = {_now_used(slot) for slot in tables}
    unused = {process for slot in tables for process in slot.get("alternatives", ()) if process not in used}
    diagrams = {file: _Calls(sheet.files[file], file) for file in sheet.files if file.endswith(".bpmn")}
    limits: set[str] = set()
    while unused:
        files = [file for file, each in diagrams.items() if file not in own and each.is_within(unused)]
        gone = [diagrams.pop(file) for file in files]
        for file in files:
            data = sheet.files.pop(file)
            limits |= _limits_of(data)
            sheet.untold |= _told_in(data, file)
            del sheet.origin[file]
        called = {process for each in diagrams.values() for process in each.called}
        unused = {process for each in gone for process in each.called} - called
    for data in sheet.files.values():
        limits -= _limits_of(data)
    take_out_limits(sheet, limits)


def _limits_of(data: bytes) -> set[str]:
    """The limits that a file asks for by name, with `due("…")`."""
    return set(_DUE.findall(unescape(data.decode("utf-8", "replace"))))


def _told_in(data: bytes, file: str) -> set[str]:
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
