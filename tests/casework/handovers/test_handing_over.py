"""A case that is handed over to another body, and its answer: each side in its own case, and each parcel once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.casework.background.incidents import retry_incident
from engine.casework.cases.attachments import read_attachment
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.handovers import carrier, reception
from engine.casework.step.office import Office
from engine.errors import AttachmentNotFoundError, CaseNotFoundError
from engine.model import TaskId
from engine.store import Database, incidents, parcels
from tests.casework.handovers.two_sides import (
    BODY_SAYS,
    COUNCIL_SAYS,
    body,
    cases_of,
    council,
    done,
    known_in,
    open_in,
    served,
    work,
)
from tests.in_force import put_in_force

APPLICATION = {"applicant_name": "Ms V", "application_date": "2026-03-02"}


def appealed(office: Office, *points: str, says: str = COUNCIL_SAYS) -> str:
    """A case of the council with an appeal for each of the points, handed over."""
    reference = open_case(office, council(says), APPLICATION, by="the applicant")
    for each in points:
        send_message(office, reference, "appeal", {"points": each, "appealed_on": "2026-03-02"}, by="Officer 1")
    work(office)
    return reference


def stuck(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [incident.message for incident in incidents.open_incidents(connection)]


def test_an_appeal_begins_the_others_case_and_the_answer_moves_the_councils(database: Database) -> None:
    office = served(database, council(), body())
    ours = appealed(office, "Nobody looked at the noise.")
    (theirs,) = cases_of(office, "body")
    assert open_in(office, theirs) == ["look"]
    assert known_in(office, theirs)["points"] == '"Nobody looked at the noise."'
    assert open_in(office, ours) == ["handle"]
    done(office, theirs, "look", {})
    done(office, theirs, "hear", {"appeal_outcome": "allowed", "deliberation": "Two against one."})
    assert open_in(office, ours) == ["handle", "note:appeals-1"]
    assert known_in(office, ours)["appeal_outcome"] == '"allowed"'
    assert stuck(office) == []


def test_of_two_appeals_in_one_case_each_gets_its_own_answer(database: Database) -> None:
    office = served(database, council(), body())
    ours = appealed(office, "First.", "Second.")
    first, second = cases_of(office, "body")
    done(office, second, "look", {})
    done(office, second, "hear", {"appeal_outcome": "dismissed"})
    assert open_in(office, ours) == ["handle", "note:appeals-2"]
    done(office, first, "look", {})
    done(office, first, "hear", {"appeal_outcome": "allowed"})
    assert open_in(office, ours) == ["handle", "note:appeals-1", "note:appeals-2"]


def test_the_file_goes_on_request_and_is_the_copy_that_the_agreement_names(database: Database) -> None:
    office = served(database, council(), body())
    ours = appealed(office, "Look again.")
    (theirs,) = cases_of(office, "body")
    assert file_of(office, theirs) is None
    done(office, theirs, "look", {})
    assert open_in(office, theirs) == ["hear"]
    name, data = file_of(office, theirs) or ("", b"")
    assert (name, data[:5]) == (f"{ours}-ombudsman.pdf", b"%PDF-")


def file_of(office: Office, reference: str) -> tuple[str, bytes] | None:
    """The first file of a case of the body."""
    for number in range(40):
        try:
            row, data = read_attachment(office, reference, number, council_id="body")
        except AttachmentNotFoundError:
            continue
        return row.name, data
    return None


def test_neither_side_reaches_the_others_case_and_the_deliberation_stays_where_it_was(database: Database) -> None:
    office = served(database, council(), body())
    ours = appealed(office, "Look again.")
    (theirs,) = cases_of(office, "body")
    done(office, theirs, "look", {"deliberation": "We doubt it."})
    done(office, theirs, "hear", {"appeal_outcome": "allowed", "deliberation": "Two against one."})
    assert "deliberation" not in known_in(office, ours)
    assert "applicant_name" not in known_in(office, theirs)
    for reference, other in ((theirs, "council"), (ours, "body")):
        with pytest.raises(CaseNotFoundError):
            read_attachment(office, reference, 1, council_id=other)
        with database.read() as connection:
            assert parcels.parcels_of(connection, other, reference) == []


@pytest.mark.parametrize("dies_after", ["packing", "taking in"])
def test_a_worker_that_dies_on_the_way_loses_nothing_and_doubles_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, dies_after: str
) -> None:
    office = served(database, council(), body())
    real = reception.take_in
    deaths = []

    def take_in_and_die(*given: Any, **more: Any) -> Any:
        taken = real(*given, **more) if dies_after == "taking in" else None
        if not deaths:
            deaths.append("killed")
            raise KeyboardInterrupt
        return taken if taken is not None else real(*given, **more)

    monkeypatch.setattr(carrier, "take_in", take_in_and_die)
    with pytest.raises(KeyboardInterrupt):
        appealed(office, "Once.")
    office.clock.advance(timedelta(minutes=6))  # type: ignore[attr-defined]  # its lease runs out
    work(office)
    (theirs,) = cases_of(office, "body")
    (ours,) = cases_of(office, "council")
    assert open_in(office, theirs) == ["look"]
    with database.read() as connection:
        (only,) = parcels.parcels_of(connection, "council", ours)
    assert (only.to_case, only.received_at is not None) == (theirs, True)


def test_what_goes_beyond_either_sides_agreement_is_refused_and_nothing_arrives(database: Database) -> None:
    sides = {
        "hands over no appealed_on": (council(COUNCIL_SAYS.replace(', "appealed_on"', "")), body()),
        "takes no appealed_on": (council(), body(BODY_SAYS.replace(', "appealed_on"', ""))),
        "no party of the agreement": (council(), body(BODY_SAYS.replace('"council"', '"another"'))),
        "has no agreement “appeals”": (council(), body("")),
        "do not say the same": (council(), body(BODY_SAYS.replace("opens_case = true", ""))),
    }
    for sentence, (ours, theirs) in sides.items():
        office = served(database, ours, theirs)
        reference = open_case(office, ours, APPLICATION, by="the applicant")
        answers = {"points": "Look.", "appealed_on": date(2026, 3, 2).isoformat()}
        send_message(office, reference, "appeal", answers, by="Officer 1")
        work(office)
        assert sentence in stuck(office)[-1]
    assert cases_of(office, "body") == []


def test_where_the_other_side_is_not_here_nothing_has_gone_and_nothing_says_so(database: Database) -> None:
    office = served(database, council())
    ours = appealed(office, "Look again.")
    (sentence,) = stuck(office)
    assert "“appeal” has gone nowhere. Tell them another way." in sentence
    with database.read() as connection:
        assert parcels.parcels_of(connection, "council", ours) == []
    put_in_force(office, body())
    with database.read() as connection:
        (incident,) = incidents.open_incidents(connection)
    retry_incident(office, TaskId(reference=ours, number=incident.number), by="Officer 1")
    work(office)
    assert len(cases_of(office, "body")) == 1


def test_what_was_entered_by_hand_is_answered_another_way(database: Database) -> None:
    """Nobody handed it over, so that no case of the other side has to do with it."""
    office = served(database, council(), body())
    ours = open_case(office, body(), {"points": "Came by letter.", "appealed_on": "2026-03-02"}, by="Officer 1")
    done(office, ours, "look", {})
    (sentence,) = stuck(office)
    assert "“file_requested” has gone nowhere. Tell them another way." in sentence
    with database.read() as connection:
        assert parcels.parcels_of(connection, "body", ours) == []


def test_what_the_receivers_agreement_refuses_is_not_shown_on_its_side(database: Database) -> None:
    says = COUNCIL_SAYS.replace('facts = ["appeal_outcome"]', "")
    office = served(database, council(says), body())
    ours = appealed(office, "Look again.", says=says)
    (theirs,) = cases_of(office, "body")
    done(office, theirs, "look", {})
    done(office, theirs, "hear", {"appeal_outcome": "allowed", "deliberation": "Two against one."})
    assert "takes no appeal_outcome" in stuck(office)[-1]
    with database.read() as connection:
        shown = [row.message for row in parcels.parcels_of(connection, "council", ours)]
    assert "decided" not in shown
