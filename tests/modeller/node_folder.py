"""Folders of scripts for Node with the packages that their lock names, filled once for each content."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[2] / "build" / "modeller"
#: the first that loads the form editor's packages as they are published
OLDEST_NODE = (20, 19)


def node_folder(home: Path, sources: Sequence[str]) -> Path:
    """A copy of these files of `home` with their packages beside them. Skips the test where Node is absent."""
    require_node()
    digest = hashlib.sha256(b"".join((home / name).read_bytes() for name in sources)).hexdigest()[:16]
    folder = BUILD / digest
    if folder.exists():
        return folder
    # Filled beside its place and renamed, so that it is whole or not there, also where two tests fill it at once.
    filling = BUILD / f"{digest}.{os.getpid()}"
    for name in sources:
        (filling / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(home / name, filling / name)
    # Nothing that a package would run on being installed is needed; one of them would report to its maker.
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(["npm", "ci", *quiet], cwd=filling, capture_output=True, check=False, text=True)
    assert done.returncode == 0, f"npm could not install what {home.name} names:\n{done.stderr}"
    try:
        filling.rename(folder)
    except OSError:
        shutil.rmtree(filling)
    return folder


def told_by_node(folder: Path, *arguments: str, given: str = "") -> str:
    """What Node prints there. Raises CalledProcessError where it fails."""
    ran = subprocess.run(["node", *arguments], cwd=folder, input=given, capture_output=True, check=True, text=True)
    return ran.stdout


def require_node() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node is not installed. It is needed for this test alone.")
    said = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version < OLDEST_NODE:
        pytest.skip(f"Node {'.'.join(map(str, OLDEST_NODE))} or later is needed, for this test alone.")
