"""The port `calendar`: where invitations to meetings go when they leave the building."""

from __future__ import annotations

import email.policy
from pathlib import Path

from engine.handler import CALENDAR, Effect, Invitation, Invitations, Note
from engine.ports.handover import key_in_names, put_file
from engine.ports.invitation_email import Organiser, email_of, organiser_of
from engine.ports.outlet import Outlet
from engine.variants import Variant


def calendar_outlet(folder: Path) -> Outlet[Invitations]:
    """Puts invitations into `folder`; its stand-in puts them nowhere."""
    return Outlet(
        port=CALENDAR,
        real=lambda variant: FolderCalendar(folder, variant),
        stand_in=MemoryCalendar,
    )


class FolderCalendar:
    """Invitations as files: a whole email each (`.eml`), ready to be sent by whatever sends the council's email.

    Named after its once_key, so that it is there once, and there whole.
    """

    def __init__(self, folder: Path, variant: Variant) -> None:
        self._folder = folder
        self._variant = variant

    def invite(self, invitation: Invitation, *, once_key: str) -> None:
        """See `Invitations.invite`. Raises OSError where the folder cannot be written to."""
        message = email_of(invitation, _organiser(self._variant), once_key=once_key)
        kind = "cancellation" if invitation.is_cancelled else "invitation"
        policy = email.policy.SMTP if invitation.email.isascii() else email.policy.SMTPUTF8
        put_file(self._folder, f"{kind}-{key_in_names(once_key)}.eml", message.as_bytes(policy=policy))


class MemoryCalendar:
    """The calendar of rehearsals and tests: it keeps what it is given, and `note` hears of it."""

    def __init__(self, variant: Variant, note: Note = lambda _effect: None) -> None:
        self._variant = variant
        self._note = note
        self._invited: dict[str, Invitation] = {}

    def invite(self, invitation: Invitation, *, once_key: str) -> None:
        """Keep `invitation`, if it could be handed over. A second call with the same `once_key` keeps nothing."""
        message = email_of(invitation, _organiser(self._variant), once_key=once_key)
        if once_key in self._invited:
            return
        self._invited[once_key] = invitation
        what = f"“{invitation.title}”"
        plain = message.get_body(("plain",))
        self._note(
            Effect(
                port=CALENDAR.name,
                sentence=f"{invitation.attendee} is told by email that {what} is cancelled."
                if invitation.is_cancelled
                else f"An invitation to {what} goes to {invitation.attendee} by email.",
                details="" if plain is None else str(plain.get_content()).strip(),
            )
        )

    @property
    def invited(self) -> tuple[Invitation, ...]:
        """What was handed over, in order."""
        return tuple(self._invited.values())


def _organiser(variant: Variant) -> Organiser:
    return organiser_of(variant.settings.council)
