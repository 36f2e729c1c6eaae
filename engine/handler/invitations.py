"""Invitations to meetings, and the port through which handlers hand them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.handler.port import Port


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """What one person is told of a meeting: that it is to be, is at another time, or is not to be."""

    council_id: str
    case_reference: str
    meeting: str  #: which meeting of the case; the same words are the same meeting in everybody's calendar
    revision: int  #: what was told later has the higher one; calendars keep to that
    is_cancelled: bool
    title: str
    starts_at: datetime  #: aware
    ends_at: datetime  #: aware, after `starts_at`
    location: str  #: "" where it is not said
    words: str  #: what the person reads, in lines
    attendee: str  #: the name
    email: str
    told_at: datetime  #: aware


class Invitations(Protocol):
    """Hands invitations over to be sent by email."""

    def invite(self, invitation: Invitation, *, once_key: str) -> None:
        """Hand `invitation` over, in the name of the variant's council. A second call with the same `once_key` hands
        nothing over.

        Raises BadInputError where the council has no email address to invite from.
        """


CALENDAR: Port[Invitations] = Port(name="calendar", purpose="hand an invitation to a meeting over to be sent by email")
