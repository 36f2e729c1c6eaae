"""An invitation as an email that calendars understand (RFC 5545, 5546, 6047)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import icalendar

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.handler import Invitation
from engine.words import spoken_time, weekday_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Organiser:
    """In whose name people are invited."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


def organiser_of(council: Mapping[str, str]) -> Organiser:
    """The council, by its contact. Raises BadInputError where that has no email address."""
    if not council.get("email"):
        raise BadInputError(
            "The council has no email address to invite people from. Write one under [contact] in variant.toml."
        )
    return Organiser(name=council["name"], email=council["email"])


def email_of(invitation: Invitation, organiser: Organiser, *, once_key: str) -> EmailMessage:
    """The email, with the meeting as a calendar's entry both beside the words and as a file to open.

    It names nobody but the one who is invited: who else comes is not everybody's to know.
    """
    title = _line(invitation.title)
    message = EmailMessage()
    message["From"] = _address(organiser.name, organiser.email)
    message["To"] = _address(invitation.attendee, invitation.email)
    message["Subject"] = f"Cancelled: {title}" if invitation.is_cancelled else title
    message["Date"] = format_datetime(invitation.told_at.astimezone(UTC))
    message["Message-ID"] = f"<{_digest(once_key)}@{organiser.domain}>"
    message.set_content(_words(invitation))
    entry, method = _entry(invitation, organiser), _method(invitation)
    message.add_alternative(entry, maintype="text", subtype="calendar", params={"method": method, "charset": "utf-8"})
    message.add_attachment(entry, maintype="application", subtype="ics", filename="meeting.ics")
    return message


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")  # taken apart here, as the library refuses letters beyond plain ones
    return Address(_line(name), username=local, domain=domain)


def _words(invitation: Invitation) -> str:
    """What the policy says to the person, and under it what a calendar would show."""
    starts, ends = (at.astimezone(LONDON) for at in (invitation.starts_at, invitation.ends_at))
    until = f"{'' if ends.date() == starts.date() else f'{weekday_in_words(ends)}, '}{spoken_time(ends)}"
    lines = [
        *([f"Cancelled: {_line(invitation.title)}", ""] if invitation.is_cancelled else []),
        *([invitation.words.strip(), ""] if invitation.words.strip() else []),
        f"When: {weekday_in_words(starts)}, {spoken_time(starts)} to {until} (London time)",
        *([f"Where: {_line(invitation.location)}"] if invitation.location.strip() else []),
        f"Reference: {invitation.case_reference}",
    ]
    return "\n".join(lines) + "\n"


def _entry(invitation: Invitation, organiser: Organiser) -> bytes:
    """Times are in UTC, which every calendar shows in its own: rules of a zone, written out, end some day."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//ASB case review//Invitations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", _method(invitation))
    event = icalendar.Event()
    event.add("uid", _digest(_meeting(invitation)))  # of the meeting alone: the council's address may change meanwhile
    event.add("sequence", invitation.revision)
    event.add("status", "CANCELLED" if invitation.is_cancelled else "CONFIRMED")
    event.add("dtstamp", invitation.told_at.astimezone(UTC))
    event.add("dtstart", invitation.starts_at.astimezone(UTC))
    event.add("dtend", invitation.ends_at.astimezone(UTC))
    event.add("summary", _line(invitation.title))
    event.add("description", _words(invitation).strip())
    if invitation.location.strip():
        event.add("location", _line(invitation.location))
    event.add("organizer", _somebody(organiser.name, organiser.email))
    attendee = _somebody(invitation.attendee, invitation.email)
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    event.add("attendee", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _method(invitation: Invitation) -> str:
    return "CANCEL" if invitation.is_cancelled else "REQUEST"


def _meeting(invitation: Invitation) -> str:
    return f"{invitation.council_id}/{invitation.case_reference}/{invitation.meeting}"


def _somebody(name: str, address: str) -> icalendar.vCalAddress:
    somebody = icalendar.vCalAddress(f"mailto:{address}")
    somebody.params["CN"] = _line(name)
    return somebody


def _line(text: str) -> str:
    """On one line and printable: no name may add a header or a property."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _digest(text: str) -> str:
    """An id that does not spell the case out. It is no secret: the email names the case to the one who is invited."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
