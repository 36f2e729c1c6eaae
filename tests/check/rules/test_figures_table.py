from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.check import check_paths
from engine.check.rules.figures_table import RULE
from handlers import HANDLERS
from tests.check.builders import SETTINGS, about, folder, plain, together
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
APPLICATIONS = '[figures.applications]\nlabel = "Applications"\nfact = "applicant_name"\n'
AREA = '[[areas]]\nid = "north"\nname = "North"\n'
ENTERED = (
    '[[entered_figures]]\nlabel = "cases"\nsource = "The page"\nentered_by = "Officer 1"\nentered_on = 2026-01-01\n'
)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            '[figures_table.figures]\naplications = "Applications"\n',
            "a line “aplications”, which nobody counts or",
        ),
        ('[figures_table]\nfootnotes = ["X1"]\n', "a footnote on “X1”, about which policy.toml lists no conflict"),
        (f'{APPLICATIONS}by_area = "area"\n', "[figures.applications] is by area, and there are no [[areas]]"),
        ('[figures.late]\nlabel = "Late"\nlate = "acknowlege"\n', "late by the limit “acknowlege”. Is “acknowledge” m"),
        (f'{AREA}{ENTERED}by_year = {{ "2021/22" = {{ nort = 1 }} }}\n', "of the area “nort”. Is “north” meant?"),
    ],
)
def test_a_slip_in_the_table_is_named(lines: str, sentence: str) -> None:
    findings = together(RULE, folder(plain(), settings=f"{SETTINGS}\n{lines}"))
    assert {severity for _, severity in about(findings)} == {"error"}
    assert sentence in findings[0].sentence


def test_a_table_of_what_is_counted_and_entered_is_left_alone() -> None:
    lines = (
        f'{APPLICATIONS}by_area = "area"\n{AREA}{ENTERED}figure = "reviews"\n'
        'by_year = { "2021/22" = { north = 1 } }\n[figures_table.figures]\napplications = "A"\nreviews = "R"\n'
        '[figures.late]\nlabel = "Late"\nlate = "acknowledge"\n'
    )
    assert together(RULE, folder(plain(), settings=f"{SETTINGS}\n{lines}")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((), ""),
        (
            ("derbyshire_commissioner", 'figures_of = "derby_city"', 'figures_of = "derby_cty"'),
            "Is “derby_city” mean",
        ),
        (("derby_city", "public = true", "public = false"), "which publishes none, so that none is taken"),
    ],
)
def test_the_council_of_an_area_is_there_and_publishes(tmp_path: Path, change: tuple[str, ...], sentence: str) -> None:
    for name in ("derbyshire_commissioner", "derby_city", "model_appeals", "model", "statutory"):
        shutil.copytree(BPMN / name, tmp_path / name, ignore=shutil.ignore_patterns("scenarios"))
    if change:
        name, before, after = change
        file = tmp_path / name / "variant.toml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
    found = [
        each
        for each in check_paths([tmp_path / "derbyshire_commissioner"], handlers=HANDLERS)
        if each.rule == "figures-table"
    ]
    assert [each.severity.value for each in found] == (["warning"] if sentence else [])
    assert all(sentence in each.sentence for each in found)
