"""`asb figures`, `asb recalculate` and `asb export` as they are typed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document

from tests.casework.background.test_recalculation import PROCLAIMED, variant
from tests.casework.overview.test_figures import VARIANT as FIGURES
from tests.cli.calls import Asb


def write(folder: Path, files: Mapping[str, bytes]) -> str:
    for file, data in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return str(folder)


@pytest.fixture
def opened(asb: Asb, tmp_path: Path) -> str:
    """The folder of a council that has one case."""
    folder = write(tmp_path / "test_council", FIGURES.files)
    write(tmp_path, {"application.json": b"{}"})
    asb.done("make-simulation", "--now", "2026-03-02T10:15")
    asb.put_in_force(folder)
    asb.done("open", folder, str(tmp_path / "application.json"))
    return folder


def test_figures_come_as_text_csv_and_json(asb: Asb, opened: str) -> None:
    period = ["--from", "2026-03-01", "--to", "2026-03-31"]
    text = asb.done("figures", opened, *period)
    assert text.splitlines()[:2] == ["Test Council, 1 March 2026 to 31 March 2026", "     1  Applications"]
    assert "need not add up" in text
    rows = list(csv.reader(io.StringIO(asb.done("figures", opened, *period, "--format", "csv"))))
    assert rows[0] == ["figure", "label", "count", "from", "to"]
    assert rows[1] == ["applications", "Applications", "1", "2026-03-01", "2026-03-31"]
    given = asb("figures", opened, *period, "--format", "json").json
    assert (given["council"], given["from"], given["to"]) == ("test_council", "2026-03-01", "2026-03-31")
    assert given["figures"][1] == {"figure": "not_met", "label": "Not met", "count": 0, "clauses": ["L104.9"]}


def test_the_cases_behind_the_figures_are_named_with_the_days_that_count(asb: Asb, opened: str) -> None:
    period = ["--from", "2026-03-01", "--to", "2026-03-31", "--cases"]
    assert asb.done("figures", opened, *period).splitlines()[1:3] == [
        "     1  Applications",
        "        2026-03-02  T-2026-0001",
    ]
    rows = list(csv.reader(io.StringIO(asb.done("figures", opened, *period, "--format", "csv"))))
    assert rows == [["figure", "day", "case", "about"], ["applications", "2026-03-02", "T-2026-0001", ""]]
    applications, not_met, *_ = asb("figures", opened, *period, "--format", "json").json["figures"]
    assert applications["cases"] == [{"case": "T-2026-0001", "day": "2026-03-02", "about": ""}]
    assert not_met["cases"] == []


def test_figures_by_year_have_what_was_published_before_beside_them(asb: Asb, opened: str) -> None:
    with (Path(opened) / "variant.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[entered_figures]]\nlabel = "cases"\nsource = "The page"\nby_year = {"2024/25" = 7}\n')
    asb.put_in_force(opened)
    call = ["figures", opened, "--from", "2024-04-01", "--to", "2026-03-31", "--by", "year"]
    lines = asb.done(*call, "--cases").splitlines()
    assert lines[0] == "2024/25: 1 April 2024 to 31 March 2025"
    assert lines[1].startswith("  Test Council: 7 entered as “cases” (The page). Not entered: Applications;")
    year = lines.index("2025/26: 1 April 2025 to 31 March 2026")
    assert lines[year + 2].split() == ["Test", "Council", "1", "0", "0", "0"]
    assert lines[year + 3].split() == ["[1]", "2026-03-02", "T-2026-0001"]
    heading, counted, entered = csv.reader(io.StringIO(asb.done(*call, "--format", "csv")))
    assert heading[:6] == ["area", "year", "from", "to", "how", "Applications"]
    assert counted[:6] == ["Test Council", "2025/26", "2025-04-01", "2026-03-31", "counted", "1"]
    assert [*entered[:6], *entered[-3:]] == [
        "Test Council", "2024/25", "2024-04-01", "2025-03-31", "entered", "", "cases", "7", "The page",
    ]  # fmt: skip
    given = asb(*call, "--format", "json").json
    assert [(row["year"], row["count"]) for row in given["entered"]] == [("2024/25", 7)]
    assert [total["applications"] for total in given["totals"]] == [0, 1]


def test_figures_are_written_as_word_and_as_pdf(asb: Asb, opened: str, tmp_path: Path) -> None:
    call = ["figures", opened, "--from", "2026-03-01", "--to", "2026-03-31", "--out"]
    asb.done(*call, str(tmp_path / "figures.pdf"))
    assert (tmp_path / "figures.pdf").read_bytes().startswith(b"%PDF-")
    assert asb.done(*call, str(tmp_path / "Figures.DOCX")).strip().endswith("Figures.DOCX")
    (table,) = Document(str(tmp_path / "Figures.DOCX")).tables
    assert [cell.text for cell in table.rows[1].cells] == ["2025/26 (1 March 2026 to 31 March 2026)", *"1000"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            ["--out", "figures.txt"],
            "“figures.txt” is no document that is made. Name a file that ends in .docx",
        ),
        (
            ["--out", "no_such_folder/figures.pdf"],
            "no_such_folder/figures.pdf cannot be used: No such file",
        ),
        (["--out", "figures.pdf", "--cases"], "A document of the figures names no cases."),
    ],
)
def test_a_document_that_cannot_be_made_is_refused(asb: Asb, opened: str, more: list[str], sentence: str) -> None:
    refused = asb("figures", opened, "--from", "2026-03-01", "--to", "2026-03-31", *more)
    assert (refused.code, sentence in " ".join(refused.err.split())) == (2, True)


def test_a_council_is_named_once(asb: Asb, opened: str) -> None:
    refused = asb("figures", opened, opened, "--from", "2026-03-01", "--to", "2026-03-31")
    assert (refused.code, "named twice" in refused.err) == (2, True)


def test_a_period_that_ends_before_it_begins_is_refused(asb: Asb, opened: str) -> None:
    refused = asb("figures", opened, "--from", "2026-03-02", "--to", "2026-03-01")
    assert (refused.code, "before it begins" in refused.err) == (2, True)


def test_a_proclaimed_holiday_is_shown_first_and_then_moves_deadlines(asb: Asb, tmp_path: Path) -> None:
    begin = b'<bpmn:startEvent id="begin"><bpmn:extensionElements><zeebe:formDefinition formId="apply"/>'
    form = (
        b'{"type": "default", "id": "apply", "schemaVersion": 18, "components": ['
        b'{"type": "datetime", "subtype": "date", "key": "received_on", "dateLabel": "Received", "id": "a"}]}'
    )
    diagram = (
        variant()
        .files["main.bpmn"]
        .replace(b'<bpmn:startEvent id="begin"/>', begin + b"</bpmn:extensionElements></bpmn:startEvent>")
    )
    files = {**variant().files, "main.bpmn": diagram, "forms/apply.form": form}
    folder = write(tmp_path / "test_council", files)
    write(tmp_path, {"application.json": b'{"received_on": "2026-03-02"}'})
    asb.done("make-simulation", "--now", "2026-03-02T10:15")
    asb.put_in_force(folder)
    reference = asb.done("open", folder, str(tmp_path / "application.json")).strip()

    write(tmp_path / "test_council", {"variant.toml": PROCLAIMED.files["variant.toml"]})
    asb.put_in_force(folder)
    said = " ".join(asb.done("recalculate", folder, "--dry-run").split())
    assert "answer: Thursday 5 March 2026 → Friday 6 March 2026. Wednesday 4 March 2026 is a bank holiday" in said
    assert said.endswith("2 deadlines would move.")
    [first, _] = asb("recalculate", folder, "--format", "json").json
    assert first["case"] == reference
    assert (first["element"], first["limit"]) == ("answer", "answer")
    assert (first["was"], first["now"]) == ("2026-03-05", "2026-03-06")
    assert asb.done("recalculate", folder) == "0 deadlines moved.\n"
    history = " ".join(asb.done("case", reference).split())
    assert "The calendar moved the deadline of “answer” from 5 March 2026 to 6 March 2026: Wednesday" in history


def test_a_case_file_is_written_as_pdf_and_json_with_its_letters(asb: Asb, opened: str, tmp_path: Path) -> None:
    [reference] = [case["case"] for case in asb("case", "--format", "json").json]
    written = asb.done("export", reference, "--out", str(tmp_path / "files")).split()
    assert [Path(path).name for path in written] == [f"{reference}.pdf", f"{reference}.json"]
    held = json.loads(Path(written[1]).read_text())
    assert held["case"] == reference
    assert held["record"]["is_whole"]
    assert held["chain"][-1]["hash"] == held["record"]["head"]
    copied = asb("export", reference, "--out", str(tmp_path / "files"), "--for", "victim")
    assert [Path(path).name for path in copied.out.split()] == [f"{reference}-victim.pdf", f"{reference}-victim.json"]
    assert "Something is left out of this copy" in " ".join(copied.err.split())
