"""Inviting to a meeting: what is handed over, moved and cancelled, and that looking ahead invites nobody."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from engine.bootstrap import build_simulation_office, ports_of
from engine.casework.rehearsal import what_follows
from engine.check import check_variant
from engine.clock import LONDON
from engine.errors import BadInputError, HandlerInputError
from engine.handler import CALENDAR, BusinessFault, Effect, HandlerContext, HandlerResult, Invitation
from engine.ports import MemoryCalendar
from engine.scenarios import play as play_scenario
from engine.scenarios import read_scenario
from engine.settings import Settings
from engine.store import Database
from handlers import HANDLERS
from handlers.send_invitation import ADDRESS_UNKNOWN, send_invitation
from tests.casework.builders import Play
from tests.check.builders import SETTINGS, Drawing, folder, form

GIVEN = {
    "what": "invite", "meeting": "panel", "to": " Ms Lee ", "email": "ms.lee@mail.example", "title": "Panel meeting",
    "starts_at": datetime(2026, 5, 12, 14, 0), "ends_at": "2026-05-12T16:30",  # noqa: DTZ001  # FEEL has local ones
}  # fmt: skip


def drawing() -> Drawing:
    """Somebody is invited, the meeting is moved and then cancelled; without an address a person tells them."""
    drawn = Drawing().start(form="application").user("plan", form="meeting")
    times = {"starts_at": "=meeting_at", "ends_at": '=meeting_at + duration("PT2H")'}
    who = {"meeting": "panel", "to": "=applicant_name", "email": "=applicant_email", "title": "Panel meeting"}
    drawn.send("invite", handler="send-invitation", inputs={"what": "invite", **who, **times, "words": "Please come."})
    drawn.boundary("unknown", "invite", '<bpmn:errorEventDefinition id="ed" errorRef="error_unknown"/>')
    drawn.message("error_unknown", ADDRESS_UNKNOWN, "error", f'errorCode="{ADDRESS_UNKNOWN}"')
    drawn.user("call_it_off", form="meeting")
    drawn.send("cancel", handler="send-invitation", inputs={"what": "cancel", **who, **times})
    drawn.end().user("tell_them", form="meeting").end("told", name="Told another way")
    drawn.flow("received", "plan", "invite", "call_it_off", "cancel", "closed")
    return drawn.flow("unknown", "tell_them", "told")


QUESTION = {"type": "datetime", "subtype": "datetime", "key": "meeting_at", "dateLabel": "When", "id": "f8"}
ASKED = (
    {"type": "textfield", "key": "applicant_name", "label": "Name", "id": "f1"},
    {"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "f2"},
    {"type": "textfield", "key": "applicant_email", "label": "Email", "id": "f3"},
)
VARIANT = folder(
    drawing(), settings=SETTINGS.replace("[contact]", '[contact]\nemail = "asb@somewhere.example"'),
    forms__application_form=form("application", *ASKED), forms__meeting_form=form("meeting", QUESTION),
)  # fmt: skip
APPLICATION = {
    "applicant_name": "Ms Lee", "applicant_email": "ms.lee@mail.example", "application_date": "2026-03-01",
}  # fmt: skip
INVITED = "An invitation to “Panel meeting” goes to Ms Lee by email."
MOVED = {"meeting_at": "2026-05-12T14:00"}


def invite(**inputs: Any) -> tuple[HandlerResult | BusinessFault, tuple[Invitation, ...]]:
    calendar = MemoryCalendar(VARIANT)
    result = send_invitation.run(
        HandlerContext(
            case_reference="S-1",
            council_id="somewhere",
            once_key="somewhere/S-1/7",
            number=7,
            inputs={**GIVEN, **inputs},
            headers={},
            values={},
            now=datetime(2026, 4, 30, 23, 30, tzinfo=UTC),
            ports={CALENDAR: calendar},
        )
    )
    return result, calendar.invited


def test_an_invitation_is_handed_over_and_told_as_that() -> None:
    result, (invitation,) = invite(location=" Room 2 ", words="Please come.")
    assert isinstance(result, HandlerResult)
    assert result.outputs == {"invited_on": date(2026, 5, 1), "invited_at": "ms.lee@mail.example"}
    assert result.note == "Invitation to “Panel meeting” for Ms Lee handed over, to go by email."
    assert (invitation.attendee, invitation.location, invitation.meeting) == ("Ms Lee", "Room 2", "panel")
    assert (invitation.revision, invitation.is_cancelled) == (7, False)


def test_times_without_a_zone_are_london_s() -> None:
    _, (invitation,) = invite()
    assert invitation.starts_at == datetime(2026, 5, 12, 13, 0, tzinfo=UTC)
    assert invitation.ends_at == datetime(2026, 5, 12, 15, 30, tzinfo=UTC)
    _, (other,) = invite(starts_at=datetime(2026, 5, 12, 14, 0, tzinfo=LONDON), ends_at="2026-05-12T14:30:00+00:00")
    assert (other.starts_at, other.ends_at.hour) == (invitation.starts_at, 14)


def test_a_cancellation_is_handed_over_and_told_as_that() -> None:
    result, (invitation,) = invite(what="cancel")
    assert isinstance(result, HandlerResult)
    assert result.note == "Cancellation of “Panel meeting” for Ms Lee handed over, to go by email."
    assert invitation.is_cancelled


@pytest.mark.parametrize("unknown", [None, ""])
def test_where_no_address_is_known_a_person_decides(unknown: str | None) -> None:
    fault, invited = invite(email=unknown)
    assert isinstance(fault, BusinessFault)
    assert (fault.code, invited) == (ADDRESS_UNKNOWN, ())
    assert "No email address of Ms Lee is known." in fault.message


def test_a_meeting_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInputError, match="ends before it begins"):
        invite(ends_at="2026-05-12T14:00")


@pytest.mark.parametrize(
    "inputs",
    [
        {"what": "maybe"}, {"meeting": ""}, {"title": "a\nb"}, {"starts_at": "2026-05-12"}, {"starts_at": "at two"},
        {"starts_at": date(2026, 5, 12)}, {"ends_at": None}, {"starts_at": "2026-03-29T01:30"},
    ],
)  # fmt: skip
def test_inputs_that_cannot_be_used_are_refused_before_anything_is_handed_over(inputs: dict[str, Any]) -> None:
    with pytest.raises(HandlerInputError, match="send-invitation cannot start"):
        invite(**inputs)


# --- through an office ---


def handed_over(where: Path) -> list[Any]:
    """The calendars' entries, in the order of their numbers."""
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in where.glob("*.eml")
    ]
    parts = [part for message in messages for part in message.walk() if part.get_content_type() == "text/calendar"]
    events = [icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0] for part in parts]
    return sorted(events, key=lambda event: event["sequence"])


def test_the_check_finds_nothing_wrong_with_it() -> None:
    found = check_variant(VARIANT, handlers=HANDLERS)
    assert [each.sentence for each in found if each.rule in ("handlers", "mappings")] == []


def test_a_meeting_is_put_into_a_calendar_and_cancelled_there(database: Database, tmp_path: Path) -> None:
    ports = ports_of(Settings.from_environment({"ASB_HOME": str(tmp_path)}))
    play = Play(database, VARIANT, handlers=(send_invitation,), ports=ports, answers=APPLICATION)
    found = what_follows(play.office, play.task_id("plan"), MOVED, by="Officer 1")
    assert [effect.sentence for effect in found.effects] == [
        "An invitation to “Panel meeting” goes to Ms Lee by email."
    ]
    assert not (tmp_path / "invitations").exists()
    play.complete("plan", MOVED)
    play.complete("call_it_off", {"meeting_at": "2026-05-13T10:00"})
    assert play.case().status == "closed"
    invited, cancelled = handed_over(tmp_path / "invitations")
    assert invited["uid"] == cancelled["uid"]
    assert invited["sequence"] < cancelled["sequence"]
    assert (invited["status"], cancelled["status"]) == ("CONFIRMED", "CANCELLED")
    assert invited["dtstart"].dt == datetime(2026, 5, 12, 13, 0, tzinfo=UTC)
    notes = [content["note"] for kind, content in play.record() if kind == "job done"]
    assert notes[0] == "Invitation to “Panel meeting” for Ms Lee handed over, to go by email."


SCENARIO = """
title = "A meeting is planned"
[application]
at = 2026-03-02T10:15:00
[application.answers]
applicant_name = "Ms Lee"
{address}
application_date = 2026-03-01
[[step]]
at = 2026-03-03T09:00:00
by = "Officer 1"
task = "plan"
answers.meeting_at = "2026-05-12T14:00"
then.tasks = ["{task}"]
"""


@pytest.mark.parametrize(
    ("address", "task", "told"),
    [
        ('applicant_email = "ms.lee@mail.example"', "call_it_off", [INVITED]),
        ("", "tell_them", []),
    ],
)  # fmt: skip
def test_a_worked_example_invites_nobody(
    address: str, task: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    noted: list[Effect] = []
    scenario = read_scenario(SCENARIO.format(address=address, task=task).encode(), file="scenarios/planned.toml")
    assert play_scenario(scenario, VARIANT, build_simulation_office(note=noted.append)).misses == ()
    assert [effect.sentence for effect in noted] == told
    assert list(tmp_path.rglob("*.eml")) == []
