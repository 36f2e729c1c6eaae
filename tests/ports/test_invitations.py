"""An invitation as it leaves: an email that calendars understand, whole and once in its folder."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.handler import Effect, Invitation
from engine.ports import FolderCalendar, MemoryCalendar, calendar_outlet
from engine.variants import Variant
from tests.check.builders import SETTINGS, folder, plain

VARIANT = folder(plain(), settings=SETTINGS.replace("[contact]", '[contact]\nemail = "asb@somewhere.example"'))
INVITATION = Invitation(
    council_id="somewhere",
    case_reference="S-2026-0001",
    meeting="panel",
    revision=12,
    is_cancelled=False,
    title="Panel meeting",
    starts_at=datetime(2026, 5, 12, 14, 0, tzinfo=LONDON),
    ends_at=datetime(2026, 5, 12, 16, 30, tzinfo=LONDON),
    location="Civic Offices, Room 2",
    words="Dear Ms Lee\n\nPlease come.",
    attendee="Ms Lee",
    email="ms.lee@mail.example",
    told_at=datetime(2026, 5, 1, 9, 0, tzinfo=UTC),
)


def handed_over(where: Path) -> list[EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)  # type: ignore[misc]
        for path in sorted(where.glob("*.eml"))
    ]


def invite(where: Path, *invitations: Invitation, variant: Variant = VARIANT) -> list[EmailMessage]:
    for number, invitation in enumerate(invitations):
        FolderCalendar(where, variant).invite(invitation, once_key=f"somewhere/S-2026-0001/{number}")
    return handed_over(where)


def entry(message: EmailMessage) -> Any:
    part = message.get_body(("calendar",)) or next(
        each for each in message.walk() if each.get_content_type() == "text/calendar"
    )
    (event,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


def part(message: EmailMessage, kind: str) -> EmailMessage:
    (found,) = [each for each in message.walk() if each.get_content_type() == kind]
    return found  # type: ignore[return-value]


def words_of(message: EmailMessage) -> str:
    return str(part(message, "text/plain").get_content()).replace("\r\n", "\n")


def test_an_invitation_is_an_email_with_the_meeting_beside_the_words_and_as_a_file(tmp_path: Path) -> None:
    (message,) = invite(tmp_path, INVITATION)
    assert (message["From"], message["To"]) == ("Somewhere <asb@somewhere.example>", "Ms Lee <ms.lee@mail.example>")
    assert message["Subject"] == "Panel meeting"
    assert words_of(message) == (
        "Dear Ms Lee\n\nPlease come.\n\nWhen: Tuesday 12 May 2026, 2pm to 4:30pm (London time)\n"
        "Where: Civic Offices, Room 2\nReference: S-2026-0001\n"
    )
    calendar = part(message, "text/calendar")
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar["Content-Type"].params["charset"] == "utf-8"
    assert part(message, "application/ics").get_filename() == "meeting.ics"
    assert part(message, "application/ics").get_content() == calendar.get_payload(decode=True)


def test_the_entry_says_when_where_who_and_in_whose_name(tmp_path: Path) -> None:
    (message,) = invite(tmp_path, INVITATION)
    event = entry(message)
    assert event["dtstart"].dt == datetime(2026, 5, 12, 13, 0, tzinfo=UTC)  # summer in London
    assert event["dtend"].dt == datetime(2026, 5, 12, 15, 30, tzinfo=UTC)
    assert (event["summary"], event["location"]) == ("Panel meeting", "Civic Offices, Room 2")
    assert "Please come." in event["description"]
    assert (str(event["organizer"]), event["organizer"].params["CN"]) == ("mailto:asb@somewhere.example", "Somewhere")
    assert (str(event["attendee"]), event["attendee"].params["CN"]) == ("mailto:ms.lee@mail.example", "Ms Lee")
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 12)
    assert event["dtstamp"].dt == INVITATION.told_at


def test_a_meeting_in_winter_is_at_its_own_hour(tmp_path: Path) -> None:
    winter = replace(
        INVITATION,
        starts_at=datetime(2026, 12, 1, 14, 0, tzinfo=LONDON),
        ends_at=datetime(2026, 12, 2, 0, 0, tzinfo=LONDON),
    )
    (message,) = invite(tmp_path, winter)
    assert entry(message)["dtstart"].dt == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert "2pm to Wednesday 2 December 2026, 12am" in words_of(message)


def test_a_meeting_that_is_moved_and_then_cancelled_keeps_its_id_with_a_higher_number(tmp_path: Path) -> None:
    moved = replace(INVITATION, revision=15, starts_at=datetime(2026, 5, 12, 15, 0, tzinfo=LONDON))
    off = replace(moved, revision=21, is_cancelled=True, words="")
    events = sorted((entry(each) for each in invite(tmp_path, INVITATION, moved, off)), key=lambda e: e["sequence"])
    assert len({event["uid"] for event in events}) == 1
    assert [(event["sequence"], event["status"]) for event in events] == [
        (12, "CONFIRMED"), (15, "CONFIRMED"), (21, "CANCELLED"),
    ]  # fmt: skip
    (cancellation,) = [each for each in handed_over(tmp_path) if each["Subject"] == "Cancelled: Panel meeting"]
    assert part(cancellation, "text/calendar")["Content-Type"].params["method"] == "CANCEL"
    assert words_of(cancellation).startswith("Cancelled: Panel meeting\n\nWhen: ")
    assert [path.name.partition("-")[0] for path in sorted(tmp_path.iterdir())] == [
        "cancellation", "invitation", "invitation",
    ]  # fmt: skip


def test_a_council_that_changes_its_address_can_still_cancel_what_it_invited_to(tmp_path: Path) -> None:
    moved = folder(plain(), settings=SETTINGS.replace("[contact]", '[contact]\nemail = "asb@elsewhere.example"'))
    (before,) = invite(tmp_path / "before", INVITATION)
    (after,) = invite(tmp_path / "after", replace(INVITATION, is_cancelled=True), variant=moved)
    assert entry(before)["uid"] == entry(after)["uid"]
    assert entry(before)["organizer"] != entry(after)["organizer"]


def test_another_meeting_case_or_council_has_another_id_and_none_tells_which(tmp_path: Path) -> None:
    others = [
        replace(INVITATION, meeting="appeal"),
        replace(INVITATION, case_reference="S-2026-0002"),
        replace(INVITATION, council_id="elsewhere"),
    ]
    ids = {entry(each)["uid"] for each in invite(tmp_path, INVITATION, *others)}
    assert len(ids) == 4
    assert all("S-2026" not in each and "panel" not in each for each in ids)


def test_several_people_at_one_meeting_share_its_id_and_none_reads_of_the_other(tmp_path: Path) -> None:
    other = replace(INVITATION, attendee="Mr Noise", email="noise@mail.example", words="")
    first, second = invite(tmp_path, INVITATION, other)
    assert entry(first)["uid"] == entry(second)["uid"]
    names = {"Ms Lee": "Noise", "Mr Noise": "Lee"}
    for message in (first, second):
        assert names[message["To"].addresses[0].display_name] not in message.as_string()


def test_an_invitation_is_handed_over_once_and_whole(tmp_path: Path) -> None:
    where = tmp_path / "invitations"
    for title in ("Panel meeting", "Changed"):
        FolderCalendar(where, VARIANT).invite(replace(INVITATION, title=title), once_key="k")
    (message,) = handed_over(where)
    assert message["Subject"] == "Panel meeting"
    assert [path.suffix for path in where.iterdir()] == [".eml"]


@pytest.mark.parametrize("name", ['Ann "The" Lee', "Ann\r\nBcc: all@mail.example", "Änn; Łee, née: O’Neill", "Ann\x07"])
def test_no_name_or_title_adds_a_header_or_a_property(name: str, tmp_path: Path) -> None:
    (message,) = invite(tmp_path, replace(INVITATION, attendee=name, title=name, location=name, words=name))
    assert message["Bcc"] is None
    assert message["To"].addresses[0].addr_spec == "ms.lee@mail.example"
    event = entry(message)
    assert set(event.keys()) == {
        "UID", "SEQUENCE", "STATUS", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER",
        "ATTENDEE",
    }  # fmt: skip
    assert str(event["attendee"]) == "mailto:ms.lee@mail.example"


def test_an_address_beyond_plain_letters_is_written_as_it_is(tmp_path: Path) -> None:
    invite(tmp_path, replace(INVITATION, email="änn@mail.example"))
    (file,) = tmp_path.iterdir()
    assert "To: Ms Lee <änn@mail.example>\r\n".encode() in file.read_bytes()


def test_a_council_without_an_address_cannot_invite_neither_really_nor_in_a_rehearsal(tmp_path: Path) -> None:
    nameless = folder(plain())
    for calendar in (FolderCalendar(tmp_path, nameless), MemoryCalendar(nameless)):
        with pytest.raises(BadInputError, match=r"under \[contact\] in variant.toml"):
            calendar.invite(INVITATION, once_key="k")
    assert list(tmp_path.iterdir()) == []


def test_a_rehearsal_hands_nothing_over_and_tells_who_would_be_told_what(tmp_path: Path) -> None:
    noted: list[Effect] = []
    stand_in = calendar_outlet(tmp_path / "invitations").stand_in(VARIANT, noted.append)
    stand_in.invite(INVITATION, once_key="1")
    stand_in.invite(INVITATION, once_key="1")
    stand_in.invite(replace(INVITATION, is_cancelled=True), once_key="2")
    assert [effect.sentence for effect in noted] == [
        "An invitation to “Panel meeting” goes to Ms Lee by email.",
        "Ms Lee is told by email that “Panel meeting” is cancelled.",
    ]
    assert "When: Tuesday 12 May 2026, 2pm to 4:30pm (London time)" in noted[0].details
    assert list(tmp_path.iterdir()) == []
