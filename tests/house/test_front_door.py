"""`make help` lists what there is, and what the pages tell people to type exists."""

import re
import subprocess

import pytest

from tests.house.checkout import ROOT, texts


def targets() -> set[str]:
    """Every target that a person can name."""
    return set(re.findall(r"^([a-z][\w-]*):", texts()["Makefile"], flags=re.MULTILINE))


def helped() -> dict[str, str]:
    """What bare `make` prints: target → its sentence."""
    # What an outer make hands down would change what this one prints.
    shown = subprocess.run(
        ["env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "make", "--no-print-directory"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return dict(line.removeprefix("make ").split("\t", maxsplit=1) for line in shown.splitlines())


def test_bare_make_lists_every_target_in_one_line() -> None:
    assert helped().keys() == targets()


def test_no_target_is_taken_for_a_file() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", texts()["Makefile"], flags=re.MULTILINE)
    assert set(phony.split()) == targets()


@pytest.mark.parametrize("path", [".ci/run", *sorted(path for path in texts() if path.endswith(".md"))])
def test_every_make_target_that_a_page_names_exists(path: str) -> None:
    # At the start of a line in a block to type, or in backticks in the text
    named = set(re.findall(r"(?:^|`)make ([a-z]+)(?=[`\s])", texts()[path], flags=re.MULTILINE))
    assert named <= targets()


def test_continuous_integration_runs_lint_and_test() -> None:
    assert re.findall(r"^make (\w+)$", texts()[".ci/run"], flags=re.MULTILINE) == ["lint", "test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
