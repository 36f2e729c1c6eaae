"""A council is told where its base is not pinned, and where it has moved on; what runs stays what was pinned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.check import check_paths
from engine.check.rules.base import RULE
from engine.variants import Pin, bases_beside, load_variant, write_together
from tests.check.builders import SETTINGS, limits, plain


@pytest.fixture
def council(tmp_path: Path) -> Path:
    for name, text in (("base", SETTINGS), ("council", 'name = "C"\nextends = "base"\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "variant.toml").write_text(text)
    (tmp_path / "base/main.bpmn").write_bytes(plain().xml())
    _say_days(tmp_path / "base", 2)
    return tmp_path / "council"


def _say_days(base: Path, days: int) -> None:
    (base / "time_limits.dmn").write_bytes(limits(("acknowledge", days, "working days", "application_date")))


def _found(folder: Path) -> list[tuple[str, str]]:
    return [(each.severity.value, each.sentence) for each in check_paths([folder]) if each.rule == RULE.name]


def _pin(council: Path) -> None:
    write_together(council, Pin(folders=bases_beside(council, None), pinned_on=date(2026, 3, 2)), {})


def test_a_base_that_is_not_pinned_is_pointed_out(council: Path) -> None:
    assert _found(council) == [
        (
            "warning",
            "The base, base, is not pinned: what it changes arrives unseen. `asb update council --write` pins it as it "
            "is now.",
        )
    ]


def test_a_base_alone_is_not_asked_for_a_pin(council: Path) -> None:
    assert _found(council.parent / "base") == []


def test_a_base_as_it_was_pinned_is_not_mentioned(council: Path) -> None:
    _pin(council)
    assert _found(council) == []


def test_a_base_that_moved_is_pointed_out_and_does_not_run(council: Path) -> None:
    _pin(council)
    before = load_variant(council)
    _say_days(council.parent / "base", 9)
    assert _found(council) == [
        (
            "warning",
            "base has changed since 2 March 2026, and the council runs on it as it was then. `asb update council` "
            "shows what it changed and what that asks.",
        )
    ]
    now = load_variant(council)
    assert now.limits["acknowledge"].limit.amount == 2
    assert now.digest == before.digest


def test_what_is_wrong_in_a_base_as_it_was_pinned_is_told_of_the_pin(council: Path) -> None:
    base = council.parent / "base"
    (base / "pages").mkdir()
    (base / "pages/more.md").write_text("# More\n\nRing ((council.nothing)).\n")
    _pin(council)
    (base / "pages/more.md").write_text("# More\n\nRing us.\n")
    [found] = [each for each in check_paths([council]) if each.rule == "pages" and "nothing" in each.sentence]
    assert found.file == str(council / "base.lock")
    assert found.sentence.startswith("In base/pages/more.md: ")
