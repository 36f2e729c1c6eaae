"""`asb open --original`: what a mail system stamped is kept with the email, as on the page where staff enter it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.casework.cases.test_originals import EMAIL
from tests.cli.calls import Asb
from tests.house.checkout import ROOT

BY = ("--by", "Officer 1")


@pytest.fixture
def asb_of_2021(asb: Asb) -> Asb:
    asb.done("make-simulation", "--now", "2021-03-30T10:15")
    for council in ("coventry", "selby"):
        asb.put_in_force(council)
    return asb


def written(folder: Path, *, email: bytes = EMAIL, **answers: Any) -> tuple[str, str]:
    """The files of an application to Coventry, without the day of its receipt, and of the email with which it came."""
    told = tomllib.loads((ROOT / "bpmn/coventry/scenarios/01_three_reports_one_problem.toml").read_text("utf-8"))
    said = {key: value for key, value in told["application"]["answers"].items() if key != "received_on"}
    (folder / "application.json").write_text(json.dumps({**said, **answers}, default=str), encoding="utf-8")
    (folder / "asked.eml").write_bytes(email)
    return str(folder / "application.json"), str(folder / "asked.eml")


def test_the_day_of_receipt_is_the_stamped_one_and_the_email_is_kept(asb_of_2021: Asb, tmp_path: Path) -> None:
    application, email = written(tmp_path)
    reference = asb_of_2021.done("open", "coventry", application, *BY, "--original", email).strip()
    assert reference == "COV-2021-0001"
    told = " ".join(asb_of_2021.done("case", reference).split())
    assert "“asked.eml” was received on 8 March 2021 at 16:02, as mx.coventry.example stamped it" in told
    facts = asb_of_2021("case", reference, "--format", "json").json
    assert '"2021-03-08"' in json.dumps(facts)
    refused = asb_of_2021(
        "correct", reference, "received_on", '"2021-03-29"', "--reason", "It was later", "--as", "Officer 1"
    )
    assert refused.code == 2
    assert "stamped" in refused.err


@pytest.mark.parametrize(
    ("council", "how", "more", "sentence"),
    [
        ("coventry", {"received_on": "2021-03-29"}, BY, "cannot be typed over"),
        ("coventry", {"email": b"%PDF-1.4"}, BY, "asked.eml"),
        ("coventry", {"email": EMAIL.replace(b"mx.coventry.example", b"mx.elsewhere.example")}, BY, "was not stamped"),
        ("coventry", {"email": EMAIL.replace(b"08 Mar 2021", b"08 Mar 2022")}, BY, "to come"),
        ("coventry", {}, (), "Say who enters what came by email: --by NAME"),
        ("coventry", {}, ("--by", "Nobody"), "Nobody is not among the people"),
        ("selby", {}, BY, "Write servers under [mail]"),
    ],
)
def test_what_is_refused_on_the_page_is_refused_here(
    asb_of_2021: Asb, tmp_path: Path, council: str, how: dict[str, Any], more: tuple[str, ...], sentence: str
) -> None:
    application, email = written(tmp_path, **how)
    answer = asb_of_2021("open", council, application, *more, "--original", email)
    assert answer.code == 2
    assert sentence in " ".join(answer.err.split())
    assert asb_of_2021.done("tasks").strip() in ("", "No task is open.", "No tasks are open.")


def test_a_file_that_is_not_there_is_named(asb_of_2021: Asb, tmp_path: Path) -> None:
    application, _ = written(tmp_path)
    answer = asb_of_2021("open", "coventry", application, *BY, "--original", "no.eml")
    assert (answer.code, "There is no file “no.eml”" in answer.err) == (2, True)
