"""An installation of its own for each test."""

import shutil
from pathlib import Path

import pytest

from tests.cli.calls import APPLICATION, Asb


@pytest.fixture
def asb(tmp_path: Path) -> Asb:
    return Asb(home=tmp_path / "home", more={})


@pytest.fixture(scope="session")
def simulated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation for simulation on 2 March 2026 in which one case is open, to copy."""
    made = Asb(home=tmp_path_factory.mktemp("simulated") / "home", more={})
    made.done("make-simulation", "--now", "2026-03-02T10:15")
    made.put_in_force("hertsmere")
    made.done("open", "hertsmere", str(APPLICATION))
    return made.home


@pytest.fixture
def simulated(asb: Asb, simulated_home: Path) -> Asb:
    """A database for simulation on 2 March 2026 in which one case is open."""
    shutil.copytree(simulated_home, asb.home)
    return asb
