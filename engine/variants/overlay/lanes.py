"""Teams by their ids: an inherited lane bears the name that the folder gives its team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import EngineError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import named, read_tree, written


def lay_team_names(sheet: Sheet, before: Mapping[str, Any], own: Mapping[str, bytes], folder: str) -> None:
    """Name the lanes of inherited diagrams as the teams are called now. `before` are the settings taken over."""
    renamed = _renamed(_names(before), _names(sheet.settings))
    if not renamed:
        return
    for file in sheet.inherited(".bpmn", own=own):
        try:
            root = read_tree(sheet.files[file], name=file)
        except EngineError:  # whoever reads the diagram says so
            continue
        lanes = [lane for lane in named(root, "lane") if lane.get("name") in renamed]
        for lane in lanes:
            lane.set("name", renamed[lane.get("name", "")])
        if lanes:
            sheet.files[file] = written(root)
    sheet.edits += [
        Edit(folder=folder, key="[[teams]]", sentence=f"Lanes “{old}” are called “{new}”.")
        for old, new in renamed.items()
    ]


def _names(settings: Mapping[str, Any]) -> dict[str, str]:
    teams = settings.get("teams")
    found = teams if isinstance(teams, list) else []
    return {
        team["id"]: team["name"]
        for team in found
        if isinstance(team, Mapping) and isinstance(team.get("id"), str) and isinstance(team.get("name"), str)
    }


def _renamed(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    return {name: now[team] for team, name in before.items() if team in now and now[team] != name}
