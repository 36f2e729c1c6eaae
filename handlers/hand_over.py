"""Hand a case over to another council or body."""

from __future__ import annotations

from datetime import date

from engine.clock import local_date
from engine.handler import (
    PARCELS,
    BusinessFault,
    Ended,
    HandlerContext,
    HandlerResult,
    NotReceived,
    Output,
    Parcel,
    ParcelUnderWay,
    Text,
    UnderWay,
    handler,
)

NOT_HERE = "not-here"

#: What the handler itself takes; every other input is a fact that goes along.
_OWN = ("agreement", "message", "to")


@handler(
    name="hand-over",
    title="Hand over to another council or body",
    ports=(PARCELS,),
    inputs=(
        Text(name="agreement", label="Agreement", hint="Its name in variant.toml, such as appeals."),
        Text(name="message", label="What is told", hint="As the agreement names it, such as appeal."),
        Text(
            name="to",
            label="To whom",
            hint="Id of the other side's folder. Empty where the agreement is with one, or for an answer.",
            required=False,
        ),
    ),
    outputs=(
        Output(name="handed_over_on", label="Day on which it was handed over", types=(date,)),
        Output(name="handed_over_to", label="Who gets it, by name", types=(str,)),
        Output(name="their_reference", label="Reference of their case; null where it is only tried out", types=(str,)),
    ),
    faults=(NOT_HERE,),
    takes_more_inputs=True,
)
def hand_over(context: HandlerContext) -> Ended:
    """Hand a case over to another council or body under an agreement, or answer what was handed over."""
    parcel = Parcel(
        council_id=context.council_id,
        case_reference=context.case_reference,
        item_id=context.item_id,
        agreement=context.inputs["agreement"].strip(),
        message=context.inputs["message"].strip(),
        to=(context.inputs.get("to") or "").strip(),
        facts={name: value for name, value in context.inputs.items() if name not in _OWN and value is not None},
        packed_at=context.now,
    )
    handed = context.port(PARCELS).hand_over(parcel, once_key=context.once_key)
    if isinstance(handed, NotReceived):
        return BusinessFault(code=NOT_HERE, message=_not_received(parcel, handed))
    if isinstance(handed, ParcelUnderWay):
        return UnderWay(
            note=f"“{parcel.message}” is in a file for {handed.to}, and is handed over once their receipt is here."
        )
    with_what = ", ".join([*parcel.facts, *(["a copy of the case file"] if handed.case_file else [])])
    return HandlerResult(
        outputs={
            "handed_over_on": local_date(handed.received_at or context.now),
            "handed_over_to": handed.to,
            "their_reference": handed.reference or None,
        },
        note=f"“{parcel.message}” handed over to {handed.to}{f', with {with_what}' if with_what else ''}.",
    )


def _not_received(parcel: Parcel, handed: NotReceived) -> str:
    if handed.is_given_up:
        return (
            f"No receipt has come for the file with “{parcel.message}”, and nobody waits for it any more. Tell them "
            "another way."
        )
    return (
        f"The other side of the agreement “{parcel.agreement}” is not in this installation, or has no case there that "
        f"this one has to do with, so that “{parcel.message}” has gone nowhere. Tell them another way."
    )
