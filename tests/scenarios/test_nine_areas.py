"""The table that the Commissioner for Derbyshire published for 2021/22 comes out of sixteen played applications."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.bootstrap import build_simulation_office
from engine.casework.overview import YearlyFigures, yearly_figures
from engine.casework.overview.figures_sheet import figures_sheet
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import BadInputError
from engine.scenarios import play, scenarios_of
from engine.variants import Variant, load_variant
from tests.model.test_model import FOLDER, VARIANTS

#: Of the model's examples: how an application comes out.
NOT_MET, REVIEWED, WITHDRAWN = "02_not_met", "30_review_to_the_close", "40_withdrawn_before_the_panel"
AREAS = {
    "Amber Valley": [NOT_MET, NOT_MET],
    "Bolsover": [REVIEWED, REVIEWED],
    "Chesterfield": [],
    "Derby City": [],
    "Derbyshire Dales": [],
    "Erewash": [NOT_MET, REVIEWED],
    "High Peak": [NOT_MET, NOT_MET, NOT_MET],
    "North East Derbyshire": [NOT_MET, REVIEWED, NOT_MET, NOT_MET, REVIEWED, NOT_MET, WITHDRAWN],
    "South Derbyshire": [],
}
#: As it was published: applications, not met, reviews, with recommendations, appeals.
PUBLISHED = {
    "Amber Valley": [2, 2, 0, 0, 0],
    "Bolsover": [2, 0, 2, 2, 0],
    "Chesterfield": [0, 0, 0, 0, 0],
    "Derby City": [0, 0, 0, 0, 0],
    "Derbyshire Dales": [0, 0, 0, 0, 0],
    "Erewash": [2, 1, 1, 1, 0],
    "High Peak": [3, 3, 0, 0, 0],
    "North East Derbyshire": [7, 4, 2, 2, 0],
    "South Derbyshire": [0, 0, 0, 0, 0],
}
#: The rows in the words of the published page.
ROWS = [
    "The number of applications for ASB Case Reviews",
    "The number of applications for ASB Case Reviews that did not meet the threshold",
    "The number of ASB Case Reviews conducted",
    "The number of ASB Case Reviews that resulted in recommendations being made",
    "The number of Community Trigger appeals received",
]
PUBLIC = "[figures_table]\npublic = true\n"
#: A figure of the log of second reports, which is no row of the published table.
LOG = "explained_at_second_report"
THE_YEAR = {"first": date(2021, 4, 1), "last": date(2022, 3, 31)}
_A_DAY = re.compile(r"20\d\d-\d\d-\d\d")


def test_sixteen_applications_give_the_published_table(tmp_path: Path) -> None:
    office = build_simulation_office()
    councils = {area: council(tmp_path, area, weeks_earlier(240), lines=PUBLIC) for area in AREAS}
    for area, played in AREAS.items():
        for name in played:
            apply(office, councils[area], name)

    table = yearly_figures(office, list(councils.values()), **THE_YEAR)

    assert {
        row.area: [each.count for each in row.counted if each.figure.id != LOG] for row in table.counted
    } == PUBLISHED
    (year,) = table.years
    assert year.name == "2021/22"
    assert [table.total(year, figure) for figure in table.figures] == [16, 10, 5, 5, 0, 0]
    assert [figure.id for figure in table.figures] == [
        "applications", "threshold_not_met", "reviews", "recommendations", "appeals", LOG,
    ]  # fmt: skip

    # P3, P3b: the same on the Commissioner's own table, as it is published, of the nine councils' folders.
    commissioner = commissioner_with(tmp_path, councils)
    by_id = {variant.id: variant for variant in councils.values()}
    theirs = yearly_figures(office, [commissioner], **THE_YEAR, council_of=by_id.get)
    sheet = figures_sheet(theirs, [commissioner], made_on=date(2022, 5, 3), language="en")
    (counted,) = sheet.tables
    assert counted.caption == "Counted, 2021/22"
    assert counted.heading == ("Figure", *AREAS)
    assert [row.head for row in counted.rows] == ROWS
    assert {
        area: [int(row.cells[place].text) for row in counted.rows] for place, area in enumerate(AREAS)
    } == PUBLISHED  # fmt: skip
    assert any(note.endswith("made: 5.") and "ASB Case Reviews: 16;" in note for note in sheet.notes)
    # Of the councils' cases there is nothing but numbers.
    told = repr((theirs, sheet))
    assert len(references(office)) == 16
    assert not [case for case in references(office) if case in told]
    assert all(each.cases == () for row in theirs.counted for each in row.counted)

    # Who does not publish is not counted there, and what is lacking is named.
    del by_id["high_peak"]
    by_id["erewash"] = council(tmp_path / "silent", "Erewash", weeks_earlier(240))
    less = yearly_figures(office, [commissioner], **THE_YEAR, council_of=by_id.get)
    lacking = [row.area for row in less.counted if [each.figure.id for each in row.counted] == ["appeals"]]
    assert lacking == ["Erewash", "High Peak"]
    notes = figures_sheet(less, [commissioner], made_on=date(2022, 5, 3), language="en").notes
    assert any(note.startswith("Not known here, 2021/22, of Erewash and High Peak: ") for note in notes)


def test_an_application_and_the_decision_on_it_count_in_two_years(tmp_path: Path) -> None:
    days = {
        "2026-03-02": "2022-03-30",
        "2026-03-03": "2022-03-31",
        "2026-03-09": "2022-04-05",
        "2026-03-12": "2022-04-12",
    }
    office = build_simulation_office()
    area = council(tmp_path, "Erewash", lambda day: days.get(day) or weeks_earlier(205)(day), examples=NOT_MET)
    apply(office, area, NOT_MET)

    table = yearly_figures(office, [area], first=date(2021, 4, 1), last=date(2023, 3, 31))

    assert {row.year.name: [each.count for each in row.counted] for row in table.counted} == {
        "2021/22": [1, 0, 0, 0, 0, 0],
        "2022/23": [0, 1, 0, 0, 0, 0],
    }
    assert [case.day for row in table.counted for each in row.counted for case in each.cases] == [
        date(2022, 3, 30), date(2022, 4, 12),
    ]  # fmt: skip


def test_what_was_published_before_the_system_stands_beside_and_in_no_total(tmp_path: Path) -> None:
    selby = load_variant(VARIANTS / "selby", root=VARIANTS)
    table = yearly_figures(
        build_simulation_office(),
        [selby, council(tmp_path, "Erewash", str)],
        first=date(2016, 4, 1),
        last=date(2022, 3, 31),
    )

    assert {row.year.name: row.count for row in table.entered} == {
        "2016/17": 2, "2017/18": 1, "2018/19": 1, "2019/20": 0, "2020/21": 2,
    }  # fmt: skip
    # S6: one number was published; the four of the Act are asked for beside it.
    assert all("ASB case reviews carried out" in row.missing and len(row.missing) == 7 for row in table.entered)
    assert years_counted(table, "Selby District Council") == ["2021/22"]
    assert len(years_counted(table, "Erewash")) == 6
    assert {table.total(year, figure) for year in table.years for figure in table.figures} == {0}


def test_years_that_begin_on_another_day_are_no_rows_of_the_same_table(tmp_path: Path) -> None:
    by_the_calendar = council(tmp_path, "Erewash", str, lines='[calendar]\nyear_begins = "01-01"\n')
    table = yearly_figures(build_simulation_office(), [by_the_calendar], first=date(2021, 3, 1), last=date(2022, 6, 30))
    assert [(year.name, year.first, year.last) for year in table.years] == [
        ("2021", date(2021, 3, 1), date(2021, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 6, 30)),
    ]
    other = council(tmp_path, "Bolsover", str)
    with pytest.raises(BadInputError, match="begin on different days"):
        yearly_figures(build_simulation_office(), [by_the_calendar, other], **THE_YEAR)


def commissioner_with(tmp_path: Path, councils: Mapping[str, Variant]) -> Variant:
    """The Commissioner where all nine councils are in the installation, and nothing was published before."""
    folder = tmp_path / "derbyshire_commissioner"
    shutil.copytree(VARIANTS / "derbyshire_commissioner", folder)
    file = folder / "variant.toml"
    before, *entered = (
        file.read_text(encoding="utf-8").replace('figures_of = "derby_city"\n', "").split("[[entered_figures]]\n")
    )
    words = before + entered[-1][entered[-1].index("[[teams]]") :]
    for area, variant in councils.items():
        words = words.replace(f'name = "{area}"\n', f'name = "{area}"\nfigures_of = "{variant.id}"\n')
    file.write_text(words, encoding="utf-8")
    variant = load_variant(folder, root=VARIANTS)
    assert variant.problems == ()
    assert variant.settings.entered_figures == ()
    return variant


def references(office: Office) -> list[str]:
    with office.database.read() as connection:
        return list(connection.execute(text("SELECT reference FROM cases")).scalars())


def apply(office: Office, variant: Variant, name: str) -> None:
    scenario = next(each for each in scenarios_of(variant) if each.name == name)
    # Each application has the year to itself: they overlap, and a clock does not go back.
    outcome = play(scenario, variant, replace(office, clock=SettableClock(scenario.applied_at)))
    assert [f"{miss.where}: {miss.sentence}" for miss in outcome.misses] == []


def council(tmp_path: Path, area: str, moved: Callable[[str], str], *, lines: str = "", examples: str = "*") -> Variant:
    """A council on the model like Examplia, with the model's examples on other days."""
    folder = tmp_path / area.lower().replace(" ", "_")
    shutil.copytree(FOLDER, folder)
    settings = folder / "variant.toml"
    told = settings.read_text(encoding="utf-8").replace('name = "Examplia Council"', f'name = "{area}"', 1)
    prefix = "".join(word[:2].upper() for word in area.split())
    told = told.replace('reference_prefix = "EXA"', f'reference_prefix = "{prefix}"')
    settings.write_text(told.replace("\n[contact]\n", f"\n{lines}\n[contact]\n", 1), encoding="utf-8")
    (folder / "scenarios").mkdir()
    for file in (VARIANTS / "model" / "scenarios").glob(f"{examples}.toml"):
        words = _A_DAY.sub(lambda found: moved(found[0]), file.read_text(encoding="utf-8"))
        (folder / "scenarios" / file.name).write_text(words, encoding="utf-8")
    return load_variant(folder, root=VARIANTS)


def weeks_earlier(weeks: int) -> Callable[[str], str]:
    return lambda day: (date.fromisoformat(day) - timedelta(weeks=weeks)).isoformat()


def years_counted(table: YearlyFigures, area: str) -> list[str]:
    return [row.year.name for row in table.counted if row.area == area]
