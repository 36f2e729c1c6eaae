"""An installation of its own for each test."""

from pathlib import Path

import pytest

from tests.cli.calling import APPLICATION, Asb


@pytest.fixture
def asb(tmp_path: Path) -> Asb:
    return Asb(home=tmp_path / "home", more={})


@pytest.fixture
def simulated(asb: Asb) -> Asb:
    """A database for simulation on 2 March 2026 in which one case is open."""
    asb.done("make-simulation", "--now", "2026-03-02T10:15")
    asb.done("open", "hertsmere", str(APPLICATION))
    return asb
