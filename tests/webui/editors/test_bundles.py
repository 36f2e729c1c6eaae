"""The editors as they are served are what their sources and packages make, byte for byte. Needs Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.checkout import ROOT
from tests.modeller.node_folder import require_node

SOURCES = ROOT / "webui" / "editors"
SERVED = ROOT / "webui" / "static" / "editors"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_node()
    installed, made = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("made") / "editors"
    for name in ("package.json", "package-lock.json", "build.mjs", "notice.mjs"):
        shutil.copy(SOURCES / name, installed)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(["npm", "ci", *quiet], cwd=installed, capture_output=True, check=False, text=True)
    assert done.returncode == 0, f"npm could not install what the editors are made of:\n{done.stderr}"
    subprocess.run(["node", installed / "build.mjs", SOURCES, made], capture_output=True, check=True)
    return made


def test_to_bundle_them_again_gives_the_same_files(built: Path) -> None:
    there = {path.name: path.read_bytes() for path in SERVED.iterdir()}
    made = {path.name: path.read_bytes() for path in built.iterdir()}
    assert sorted(made) == sorted(there)
    assert [name for name in there if made[name] != there[name]] == []
