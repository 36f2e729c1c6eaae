"""Time is an argument: only engine/clock.py reads the wall clock."""

import ast

import pytest

from tests.house.checkout import sources

READS_THE_WALL_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "time.strftime",
    # the database's clock is a wall clock too
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.current_date",
}


def readings(source: str) -> list[str]:
    """Each place that names a reading of the wall clock, called or handed on: `line: name`."""
    tree = ast.parse(source)
    meant: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            meant |= {name.asname or name.name: name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            meant |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}

    def full_name(node: ast.AST) -> str:
        if isinstance(node, ast.Name):
            return meant.get(node.id, "")
        if isinstance(node, ast.Attribute):
            return f"{full_name(node.value)}.{node.attr}"
        return ""

    return [
        f"{node.lineno}: {full_name(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and full_name(node) in READS_THE_WALL_CLOCK
    ]


def test_only_the_clock_reads_the_wall_clock() -> None:
    found = {path: readings(source) for path, source in sources().items() if path != "engine/clock.py"}
    assert {path: places for path, places in found.items() if places} == {}


def test_the_clock_itself_is_seen_to_read_it() -> None:
    assert readings(sources()["engine/clock.py"])


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from time import time as now\nnow()",
        "from datetime import date\nfrom dataclasses import field\nfield(default_factory=date.today)",
        "from sqlalchemy import func\nfunc.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "from time import time_ns\ntime_ns()",
    ],
)
def test_a_reading_is_seen_under_any_name(source: str) -> None:
    assert len(readings(source)) == 1


def test_a_monotonic_clock_and_a_clock_that_is_handed_in_are_no_readings() -> None:
    assert readings("import time\ntime.monotonic()\nclock.now()\nself.clock.now()") == []


def test_a_time_of_day_is_no_reading() -> None:
    assert readings("import datetime\nfrom datetime import time\ndatetime.time(12)\ntime(12)") == []
