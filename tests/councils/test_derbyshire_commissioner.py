"""The Commissioner for Derbyshire hears the appeals of nine areas: sound, shown by examples, and with Derby City in one
installation each side in its own case."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.casework.step.office import Office
from engine.check import Severity, check_paths
from engine.errors import CaseNotFoundError
from engine.scenarios import Scenario, play
from engine.settings import Settings
from engine.staff.sessions import Account, start_session
from engine.store import Database, cases, parcels, staff
from engine.variants import Variant
from tests.casework.handovers.shipped import office_serving
from tests.councils.two_bodies import (
    AREAS,
    BPMN,
    COMMISSIONER,
    DERBY,
    OF_DERBY,
    SCENARIOS,
    act,
    open_in,
    references,
    until_the_appeal,
)
from tests.in_force import put_in_force
from tests.webui.office import make_app


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, COMMISSIONER, build_simulation_office())
    assert [f"{miss.where}: {miss.sentence}" for miss in outcome.misses] == []


def test_it_has_no_error_and_its_base_names_nobody() -> None:
    handlers = tuple(handlers_by_name().values())
    findings = check_paths([BPMN / "derbyshire_commissioner", BPMN / "model_appeals"], handlers=handlers)
    assert [each.sentence for each in findings if each.severity is Severity.ERROR] == []
    of_base = [path for path in (BPMN / "model_appeals").rglob("*") if path.is_file()]
    named = [path.name for path in of_base if re.search("Derby|Police and Crime|Commissioner for", path.read_text())]
    assert named == []


def test_the_nine_areas_can_be_appealed_from_and_six_have_a_published_form() -> None:
    area = next(each for each in COMMISSIONER.forms["appeal"].fields if each.key == "area")
    assert tuple(option.label for option in area.options) == AREAS
    assert len([each for each in COMMISSIONER.settings.areas if each.form.endswith("/community-trigger")]) == 6


#: What the page refers to and does not say, as the folder writes it.
OF_THE_DOCUMENT = (
    "appeal_grounds", "appeal_hearing", "file_holds", '"take in"', '"file from the council"', '"appeal heard"',
    '"appeal outcome"',
)  # fmt: skip


@pytest.mark.parametrize("left_out", [OF_THE_DOCUMENT, OF_THE_DOCUMENT[:1], OF_THE_DOCUMENT[3:4]])
def test_a_folder_without_what_the_appeals_document_says_is_refused_and_each_is_named(
    tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    for name in ("derbyshire_commissioner", "model_appeals"):
        copytree(BPMN / name, tmp_path / name, ignore=ignore_patterns("scenarios"))
    file = tmp_path / "derbyshire_commissioner" / "variant.toml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if not line.startswith(left_out)))
    findings = check_paths([file.parent], handlers=tuple(handlers_by_name().values()))
    missing = {each.element_id for each in findings if each.rule == "settings" and each.severity is Severity.ERROR}
    limits, contacts = [key for key in left_out if '"' in key], [key for key in left_out if '"' not in key]
    assert missing == {f"limits.{key}".replace('"', "") for key in limits} | {f"contact.{key}" for key in contacts}


def test_an_appeal_at_derby_is_heard_by_the_commissioner_and_its_review_starts_anew() -> None:
    """P-4 and P-5: handed over, the file on request, upheld, and back."""
    office = office_serving(DERBY, COMMISSIONER)
    appealed, theirs = until_the_appeal(OF_DERBY["12_appeal_goes_to_the_commissioner"]), SCENARIOS["01_upheld"]
    outcome = play(appealed, DERBY, office)
    assert outcome.misses == ()
    ours = outcome.reference or ""
    (heard,) = references(office, "derbyshire_commissioner")
    assert open_in(office, heard) == ["take_in"]
    act(office, heard, theirs, "take_in")
    assert open_in(office, ours) == ["await_appeal_answer", "hand_file_over"]
    act(office, ours, OF_DERBY["12_appeal_goes_to_the_commissioner"], "hand_file_over")
    assert open_in(office, heard) == ["arrange_hearing"]
    act(office, heard, theirs, "arrange_hearing")
    act(office, heard, theirs, "hear_appeal")
    assert open_in(office, heard) == []
    assert open_in(office, ours) == ["answer_request", "contact_victim"]
    with office.database.read() as connection:
        messages = sorted(row.message for row in parcels.parcels_of(connection, "derby_city", ours))
        theirs_too = sorted(row.message for row in parcels.parcels_of(connection, "derbyshire_commissioner", heard))
    assert messages == theirs_too == ["appeal", "appeal_decided", "case_file", "file_requested"]
    for council, reference in (("derby_city", heard), ("derbyshire_commissioner", ours)):
        with office.database.read() as connection, pytest.raises(CaseNotFoundError):
            cases.find_case(connection, reference, council)


def test_whoever_took_part_at_derby_is_known_at_the_commissioners() -> None:
    office = office_serving(DERBY, COMMISSIONER)
    play(until_the_appeal(OF_DERBY["12_appeal_goes_to_the_commissioner"]), DERBY, office)
    (heard,) = references(office, "derbyshire_commissioner")
    with office.database.read() as connection:
        (parcel,) = parcels.parcels_of(connection, "derbyshire_commissioner", heard)
    assert '"took_part":"' in parcel.content
    assert "Officer 1" in parcel.content


def test_each_side_reads_what_was_handed_over_on_the_page_of_its_own_case(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(BPMN)})
    office = office_serving(DERBY, COMMISSIONER, database=Database(settings.database_url))
    put_in_force(office, DERBY, COMMISSIONER)
    app = make_app(settings, office=office)
    ours = play(until_the_appeal(OF_DERBY["12_appeal_goes_to_the_commissioner"]), DERBY, office).reference or ""
    (heard,) = references(office, "derbyshire_commissioner")
    act(office, heard, SCENARIOS["01_upheld"], "take_in")
    pages = {
        council.id: {
            reference: signed_in(app, office, council).get(f"/cases/{reference}/handed-over")
            for reference in (ours, heard)
        }
        for council in (DERBY, COMMISSIONER)
    }
    at_derby, at_the_commissioners = pages["derby_city"][ours].text, pages["derbyshire_commissioner"][heard].text
    assert f"To Police and Crime Commissioner for Derbyshire, whose reference is {heard}" in at_derby
    assert f"From Derby City Council, whose reference is {ours}" in at_the_commissioners
    assert "My first report was not counted." in at_the_commissioners
    for page in (at_derby, at_the_commissioners):
        assert page.index("File requested") < page.index(">Appeal")
    assert pages["derby_city"][heard].status_code == 404
    assert pages["derbyshire_commissioner"][ours].status_code == 404


def signed_in(app: Flask, office: Office, council: Variant) -> FlaskClient:
    """A browser of somebody of the council who may see every case of it."""
    name, now = f"Reader of {council.name}", office.clock.now()
    with office.database.begin() as connection:
        if staff.person_named(connection, council.id, name) is None:
            staff.add_person(
                connection, council.id, name=name, email=f"reader@{council.id.replace('_', '-')}.example",
                roles="manager", teams=council.settings.teams[0].id, line_manager=None, head_of_service=None,
                added_at=now,
            )  # fmt: skip
            staff.note_change(connection, council.id, now)
        found = staff.person_named(connection, council.id, name)
    assert found is not None
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = start_session(office.database, office.clock, Account.of(found))
    return client
