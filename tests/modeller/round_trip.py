"""Files read and saved again by what Camunda Modeler reads and saves them with. Needs Node."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "modeller"
SOURCES = ("package.json", "package-lock.json", "read.js", "lint.js", "linter.js")
#: the first that loads the form editor's packages as they are published
OLDEST_NODE = (20, 19)


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
    _require_node()
    asked = json.dumps([str(path) for path in paths])
    ran = subprocess.run(["node", script], cwd=_installed(), input=asked, capture_output=True, check=True, text=True)
    return {Path(path): told for path, told in json.loads(ran.stdout).items()}


def _require_node() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node is not installed. It is needed for this test alone.")
    said = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version < OLDEST_NODE:
        pytest.skip(f"Node {'.'.join(map(str, OLDEST_NODE))} or later is needed, for this test alone.")


def _installed() -> Path:
    """The folder with the readers in it: filled once for each content of the sources."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:16]
    folder = BUILD / digest
    if folder.exists():
        return folder
    # Filled beside its place and renamed, so that it is whole or not there, also where two tests fill it at once.
    filling = BUILD / f"{digest}.{os.getpid()}"
    filling.mkdir(parents=True)
    for name in SOURCES:
        shutil.copy(HERE / name, filling)
    # Nothing that a package would run on being installed is needed; one of them would report to its maker.
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(["npm", "ci", *quiet], cwd=filling, capture_output=True, check=False, text=True)
    assert done.returncode == 0, f"npm could not install what the modeller reads with:\n{done.stderr}"
    try:
        filling.rename(folder)
    except OSError:
        shutil.rmtree(filling)
    return folder
