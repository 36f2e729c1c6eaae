"""The wall clock is read in one place, so that a test, a scenario or a story can move it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READS = {
    "now": {"datetime"},
    "utcnow": {"datetime"},
    "today": {"date", "datetime"},
    "time": {"time"},
    "time_ns": {"time"},
    "localtime": {"time"},
    "gmtime": {"time"},
}


def wall_clock_reads(source: str) -> list[int]:
    """The lines on which the wall clock is read."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in READS:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", None)
            if owner in READS[node.attr] and not is_datetime_time(node):
                lines.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            lines += [node.lineno for name in node.names if name.name in READS]
    return lines


def is_datetime_time(node: ast.Attribute) -> bool:
    # `datetime.time` is a type; `time.time` reads the clock.
    return node.attr == "time" and isinstance(node.value, ast.Attribute)


@pytest.mark.parametrize("folder", ["engine", "handlers", "webui"])
def test_only_the_clock_reads_the_wall_clock(folder: str) -> None:
    reads = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in (ROOT / folder).rglob("*.py")
        if path != ROOT / "engine" / "clock.py"
        for line in wall_clock_reads(path.read_text(encoding="utf-8"))
    }
    assert not reads, "Take the time as an argument, from an engine.clock.Clock at the top."


def test_the_clock_itself_is_seen_to_read_it() -> None:
    assert len(wall_clock_reads((ROOT / "engine" / "clock.py").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("datetime.now(UTC)", 1),
        ("datetime.datetime.utcnow()", 1),
        ("date.today()", 1),
        ("time.time()", 1),
        ("from time import time_ns", 1),
        ("clock.now()", 0),
        ("time.monotonic()", 0),
        ("datetime.time(12)", 0),
    ],
)
def test_a_read_is_told_from_what_only_looks_like_one(source: str, reads: int) -> None:
    assert len(wall_clock_reads(source)) == reads
