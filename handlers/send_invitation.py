"""Invite somebody to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.clock import instant_of, local_date
from engine.errors import BadInputError
from engine.handler import (
    CALENDAR,
    BusinessFault,
    Choice,
    Email,
    HandlerContext,
    HandlerResult,
    Invitation,
    Lines,
    Moment,
    Output,
    Text,
    handler,
)

ADDRESS_UNKNOWN = "address-unknown"

_INVITE, _CANCEL = "invite", "cancel"


@handler(
    name="send-invitation",
    title="Invite to a meeting",
    ports=(CALENDAR,),
    inputs=(
        Choice(
            name="what",
            label="What it says",
            choices=((_INVITE, "Come, or come at another time"), (_CANCEL, "The meeting is cancelled")),
        ),
        Text(
            name="meeting",
            label="Which meeting",
            hint="The same words are the same meeting when it is moved or cancelled, such as panel.",
        ),
        Text(name="to", label="Who is invited", hint="Name of the person."),
        Email(name="email", label="Email address", hint="Empty where none is known.", required=False),
        Text(name="title", label="What the meeting is called", hint="As it stands in a calendar."),
        Moment(name="starts_at", label="When it begins", hint="A day and a time, in London."),
        Moment(name="ends_at", label="When it ends", hint="A day and a time, in London."),
        Text(name="location", label="Where it is", hint="A place, or the link of an online meeting.", required=False),
        Lines(name="words", label="What the person reads", hint="Above the day and the place.", required=False),
    ),
    outputs=(
        Output(name="invited_on", label="Day the invitation was handed over", types=(date,)),
        Output(name="invited_at", label="Email address it goes to", types=(str,)),
    ),
    faults=(ADDRESS_UNKNOWN,),
)
def send_invitation(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Invite somebody to a meeting by an email that puts it into their calendar, and move or cancel it there."""
    inputs = context.inputs
    attendee, address = inputs["to"].strip(), (inputs.get("email") or "").strip()
    if not address:
        return BusinessFault(
            code=ADDRESS_UNKNOWN,
            message=f"No email address of {attendee} is known. Record one, or tell them of the meeting another way.",
        )
    invitation = _invitation(context, inputs, attendee, address)
    context.port(CALENDAR).invite(invitation, once_key=context.once_key)
    what = "Cancellation of" if invitation.is_cancelled else "Invitation to"
    return HandlerResult(
        outputs={"invited_on": local_date(context.now), "invited_at": address},
        note=f"{what} “{invitation.title}” for {attendee} handed over, to go by email.",
    )


def _invitation(context: HandlerContext, inputs: Mapping[str, Any], attendee: str, address: str) -> Invitation:
    """Raises BadInputError for a meeting that ends before it begins."""
    starts_at, ends_at = _instant(inputs["starts_at"]), _instant(inputs["ends_at"])
    if ends_at <= starts_at:
        raise BadInputError(f"The meeting “{inputs['title']}” ends before it begins. Correct one of the two times.")
    return Invitation(
        council_id=context.council_id,
        case_reference=context.case_reference,
        meeting=inputs["meeting"].strip(),
        revision=context.number,
        is_cancelled=inputs["what"] == _CANCEL,
        title=inputs["title"].strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        location=(inputs.get("location") or "").strip(),
        words=(inputs.get("words") or "").strip(),
        attendee=attendee,
        email=address,
        told_at=context.now,
    )


def _instant(moment: datetime | str) -> datetime:
    return instant_of(moment if isinstance(moment, datetime) else datetime.fromisoformat(moment.strip()))
