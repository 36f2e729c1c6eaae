"""Several councils in one installation, from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.bootstrap import build_office
from engine.cli import main
from engine.settings import Settings
from engine.store.cases import store_version
from engine.store.policy_versions import PolicyVersionRow, add_policy_version, next_number
from engine.variants import load_variant
from tests.cli.calls import APPLICATION, Asb
from tests.house.checkout import ROOT

CASE = "HBC-2026-0001"


def from_before(asb: Asb, council: str) -> None:
    """In force, without asking whether another council has the same references."""
    settings = Settings.from_environment(asb.environment)
    variant = load_variant(settings.variants / council, root=settings.variants)
    office = build_office(settings)
    now = office.clock.now()
    with office.database.begin() as connection:
        store_version(connection, digest=variant.digest, council_id=council, pack=variant.pack(), now=now)
        row = PolicyVersionRow(
            council_id=council, number=next_number(connection, council), digest=variant.digest, source_digest=None,
            prefix="HBC", in_force_from=office.today, put_at=now, put_by="the system", why="It was served.",
            approved_by=None, again=None, judgement="{}", commit_id=None, commit_has_all=None,
        )  # fmt: skip
        add_policy_version(connection, row)
    office.database.close()


@pytest.fixture
def councils(tmp_path: Path) -> Asb:
    """Two councils whose cases have the same references, as an installation may have them from before."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    shutil.copytree(tmp_path / "bpmn" / "hertsmere", tmp_path / "bpmn" / "othershire")
    asb = Asb(home=tmp_path / "home", more={"ASB_VARIANTS": str(tmp_path / "bpmn")})
    asb.done("make-simulation", "--now", "2026-03-02T10:15")
    for council in ("hertsmere", "othershire"):
        from_before(asb, council)
        assert asb.done("open", council, str(APPLICATION)).strip() == CASE
    return asb


def test_what_is_about_a_case_a_task_or_an_incident_takes_a_council() -> None:
    about_a_case = {
        name
        for name, command in main.commands.items()
        for given in command.params
        if given.param_type_name == "argument" and given.name in ("case", "reference", "task", "incident", "what")
    } - {"draw"}
    with_council = {
        name for name, command in main.commands.items() if "--council" in {o for p in command.params for o in p.opts}
    }
    assert with_council == about_a_case | {"tasks", "parcels", "give-up"}


def test_two_cases_of_one_reference_are_told_apart_by_their_council(councils: Asb) -> None:
    refused = councils("case", CASE)
    assert refused.code == 2
    assert "hertsmere, othershire" in refused.err
    assert "--council" in refused.err
    assert councils("case", CASE, "--council", "othershire", "--format", "json").json["council"] == "othershire"
    assert len(councils("case", "--council", "othershire", "--format", "json").json) == 1
    (task,) = {each["task"] for each in councils("tasks", "--council", "othershire", "--format", "json").json}
    answers = '{"csio_name": "Officer 1", "immediate_risk": "no"}'
    councils.done("complete", task, "--as", "Officer 1", "--answers", answers, "--council", "othershire")
    assert councils("case", CASE, "--council", "othershire", "--format", "json").json["letters"] != []
    assert councils("case", CASE, "--council", "hertsmere", "--format", "json").json["letters"] == []
    assert councils.done("verify", "--council", "othershire").strip() == "1 case verified: whole."


def test_a_letter_of_an_open_case_has_the_phone_that_is_in_force_today(councils: Asb, tmp_path: Path) -> None:
    file = tmp_path / "bpmn" / "othershire" / "variant.toml"
    file.write_text(file.read_text().replace("020 8207 7801", "01234 000000"))
    from_before(councils, "othershire")
    (task,) = {each["task"] for each in councils("tasks", "--council", "othershire", "--format", "json").json}
    answers = '{"csio_name": "Officer 1", "immediate_risk": "no"}'
    councils.done("complete", task, "--as", "Officer 1", "--answers", answers, "--council", "othershire")
    councils.done("export", CASE, "--out", str(tmp_path / "out"), "--council", "othershire")
    (file,) = (tmp_path / "out").glob("*.json")
    assert "01234 000000" in file.read_text()
    assert "020 8207 7801" not in file.read_text()
