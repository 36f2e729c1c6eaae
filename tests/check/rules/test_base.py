"""A council is told where its base is not pinned, and where it has moved on; what runs stays what was pinned."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.check import check_paths
from engine.check.rules.base import RULE
from engine.errors import VariantNotFoundError
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


_GUARD = """[guards.bind]
before = { ends = ["*"] }
unless = "floor = true"
sentence = "Three bind."
clause = "L104.4"
"""
_FLOOR = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
    '<decision id="floor" name="Floor"><variable name="floor"/><literalExpression><text>complaints &gt;= %d</text>'
    "</literalExpression></decision></definitions>"
)


@pytest.mark.parametrize(
    ("file", "pinned", "today", "how"),
    [
        ("variant.toml", SETTINGS, SETTINGS + _GUARD, "does not hold what the Act asks for today: [guards.bind]"),
        (
            "variant.toml",
            SETTINGS + _GUARD.replace("floor = true", "1 = 1"),
            SETTINGS + _GUARD,
            "holds otherwise what the Act asks for today: [guards.bind]",
        ),
        (
            "policy.toml",
            "",
            '["L104.6"]\ntext = "Told."',
            "does not hold what the Act asks for today: the clause L104.6",
        ),
        ("floor.dmn", _FLOOR % 30, _FLOOR % 3, "holds otherwise what the Act asks for today: the decision “floor”"),
        ("floor.dmn", "", _FLOOR % 3, "does not hold what the Act asks for today: the decision “floor”"),
        (
            "variant.toml",
            SETTINGS,
            f'{SETTINGS}[floors."threshold.complaints"]\nmost = 3\nclause = "L104.4"\nsentence = "Three."\n',
            "does not hold what the Act asks for today: [floors.threshold.complaints]",
        ),
    ],
)
def test_what_binds_every_council_is_as_the_base_has_it_today(
    council: Path, file: str, pinned: str, today: str, how: str
) -> None:
    base = council.parent / "base"
    if file == "floor.dmn":
        (base / "variant.toml").write_text(SETTINGS + _GUARD)
    for text in (pinned, today):
        (base / file).write_text(text)
        if text is pinned:
            _pin(council)
    [(severity, sentence), moved] = _found(council)
    assert (severity, how in sentence) == ("error", True), sentence
    assert moved[0] == "warning"
    assert "`asb update council --write`" in sentence


def test_a_pinned_base_that_lies_nowhere_is_pointed_out(council: Path) -> None:
    _pin(council)
    shutil.rmtree(council.parent / "base")
    [(severity, sentence)] = _found(council)
    assert severity == "warning"
    assert sentence.startswith("base, which is pinned, lies nowhere here")


def test_other_words_for_what_binds_are_no_error(council: Path) -> None:
    base = council.parent / "base"
    (base / "variant.toml").write_text(SETTINGS + _GUARD)
    (base / "floor.dmn").write_text(_FLOOR % 3)
    _pin(council)
    (base / "variant.toml").write_text(SETTINGS + _GUARD.replace("Three bind.", "Three complaints bind."))
    (base / "floor.dmn").write_text((_FLOOR % 3).replace('name="Floor"', 'name="The floor"'))
    assert [severity for severity, _ in _found(council)] == ["warning"]


def test_a_pin_without_one_of_the_folders_is_refused(council: Path) -> None:
    (council.parent / "law").mkdir()
    (council.parent / "law/variant.toml").write_text('name = "Law"\n')
    (council.parent / "base/variant.toml").write_text(f'extends = "law"\n{SETTINGS}')
    pin = Pin(folders=bases_beside(council, None)[:1], pinned_on=date(2026, 3, 2))
    write_together(council, pin, {})
    with pytest.raises(VariantNotFoundError, match=r"base\.lock does not hold every folder that base is made of"):
        load_variant(council)


def test_what_is_wrong_in_a_base_as_it_was_pinned_is_told_of_the_pin(council: Path) -> None:
    base = council.parent / "base"
    (base / "pages").mkdir()
    (base / "pages/more.md").write_text("# More\n\nRing ((council.nothing)).\n")
    _pin(council)
    (base / "pages/more.md").write_text("# More\n\nRing us.\n")
    [found] = [each for each in check_paths([council]) if each.rule == "pages" and "nothing" in each.sentence]
    assert found.file == str(council / "base.lock")
    assert found.sentence.startswith("In base/pages/more.md: ")
