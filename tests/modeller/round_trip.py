"""Files read and saved again by what Camunda Modeler reads and saves them with. Needs Node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.modeller.node_folder import node_folder, told_by_node

HERE = Path(__file__).parent
SOURCES = (
    "package.json", "package-lock.json", "read.js", "lint.js", "linter.js", "desktop.js", "bundle_desktop.js",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    warnings: tuple[str, ...]
    saved: bytes  #: empty where the modeller would not open the file


def read_by_modeller(paths: Iterable[Path]) -> dict[Path, Reading]:
    """Each file as the modeller would read it and save it. Skips the test where Node is absent."""
    return {
        path: Reading(warnings=tuple(each["warnings"]), saved=each.get("saved", "").encode())
        for path, each in _told_by("read.js", paths).items()
    }


def linted_by_modeller(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """What the modeller's own linter says of each diagram, on the desktop and on the web. Skips as above."""
    return _told_by("lint.js", paths)


def _told_by(script: str, paths: Iterable[Path]) -> dict[Path, Any]:
    told = told_by_node(node_folder(HERE, SOURCES), script, given=json.dumps([str(path) for path in paths]))
    return {Path(path): each for path, each in json.loads(told).items()}
