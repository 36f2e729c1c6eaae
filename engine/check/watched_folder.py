"""Checking a variant as its folder stands on disk, or as it would with what somebody has open in an editor."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.check.finding import Finding
from engine.check.machine import Progress, in_order
from engine.check.places import placed
from engine.check.rule import Rule
from engine.check.rules import RULES, readable
from engine.check.variant import check_in_folder
from engine.errors import EngineError
from engine.handler import Handler
from engine.variants import SETTINGS_FILE, base_today, belongs, load_variant, named_where_it_fails

#: What the modeller opens, and so the only files that are judged as they are open in it.
_OPENED = (".bpmn", ".dmn", ".form")


def check_folder(
    folder: Path,
    *,
    root: Path | None,
    handlers: Sequence[Handler] | None,
    today: date | None,
    unsaved: Mapping[str, bytes] | None = None,
    rules: Sequence[Rule] = RULES,
    on_progress: Progress | None = None,
) -> list[Finding]:
    """Everything that is to be said of the variant in `folder`; files are named by paths that can be opened from here.

    `unsaved` as in `load_variant`, the other arguments as in `check_in_folder`. What keeps the folder from being read
    is a finding.
    """
    try:
        with named_where_it_fails(folder):
            variant = load_variant(folder, root=root, unsaved=unsaved)
            findings = check_in_folder(
                variant, folder, root=root, handlers=handlers, base_today=base_today(folder, root), today=today,
                rules=rules, on_progress=on_progress,
            )  # fmt: skip
            return [placed(finding, variant, folder) for finding in findings]
    except EngineError as error:
        return [Finding(rule=readable.RULE.name, file=str(folder / SETTINGS_FILE), sentence=str(error))]


@dataclass(frozen=True, kw_only=True)
class OpenFileFindings:
    """What is to be said of a folder with a file as somebody has it open."""

    file: str  #: how the findings name that file
    findings: tuple[Finding, ...]
    new: tuple[int, ...]  #: which of them were not there when the folder began to be watched, from 0

    def to_json(self) -> dict[str, Any]:
        """`findings` as `asb check --format json` prints them."""
        found = [each.to_json() for each in self.findings]
        return {"file": self.file, "findings": found, "new": list(self.new)}


class WatchedFolder:
    """A folder whose files somebody has open: each is judged in it, with all else as it then lies."""

    def __init__(self, folder: Path, *, handlers: Sequence[Handler], today: date) -> None:
        self.folder = folder
        self.findings = check_folder(folder, root=None, handlers=handlers, today=today)  #: as it lay at the beginning
        self._handlers = handlers
        self._homes = {folder.absolute(), folder.resolve()}  # the modeller names its files by the one or the other

    def file_at(self, path: str) -> str | None:
        """How the folder calls its diagram, table or form at `path`; None for whatever else.

        Nothing is looked for on disk: a path that somebody made up leads nowhere.
        """
        named = Path(os.path.normpath(path))
        for home in self._homes:
            if named.is_relative_to(home):
                file = named.relative_to(home).as_posix()
                return file if file.endswith(_OPENED) and belongs(file) else None
        return None

    def judge(self, file: str, data: bytes, *, today: date) -> OpenFileFindings:
        """What `asb check` would say of the folder, were the file saved with this content."""
        found = check_folder(self.folder, root=None, handlers=self._handlers, today=today, unsaved={file: data})
        findings, known = tuple(in_order(dict.fromkeys(found))), frozenset(self.findings)
        new = tuple(number for number, each in enumerate(findings) if each not in known)
        return OpenFileFindings(file=str(self.folder / file), findings=findings, new=new)
