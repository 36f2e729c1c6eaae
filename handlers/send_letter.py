"""Send a letter of the variant's letter set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.clock import local_date
from engine.handler import (
    LETTERS,
    POST,
    BusinessFault,
    Channel,
    Choice,
    Email,
    HandlerContext,
    HandlerResult,
    LetterName,
    Lines,
    Output,
    Text,
    handler,
)

ADDRESS_UNKNOWN = "address-unknown"


@handler(
    name="send-letter",
    title="Send a letter",
    ports=(LETTERS, POST),
    inputs=(
        LetterName(name="letter", label="Letter", hint="Id of a letter of the letter set, such as CT1."),
        Text(name="to", label="Recipient", hint="Name of the person or body."),
        Email(name="email", label="Email address", hint="Empty where none is known.", required=False),
        Lines(
            name="postal_address",
            label="Postal address",
            hint="A line each, without the name. Empty where none is known.",
            required=False,
        ),
        Choice(
            name="channel",
            label="Channel",
            hint="How the recipient asked to be written to: email, post or hand. Empty: email, or else post.",
            required=False,
            choices=(
                (Channel.EMAIL, "By email"),
                (Channel.POST, "By post"),
                (Channel.HAND, "Handed over by a person"),
            ),
        ),
    ),
    outputs=(
        Output(name="sent_on", label="Day it was sent"),
        Output(name="sent_by", label="Channel it went by"),
        Output(name="sent_to", label="Address it went to"),
    ),
    faults=(ADDRESS_UNKNOWN,),
    takes_more_inputs=True,
)
def send_letter(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Write a letter of the variant's letter set and hand it to the post."""
    recipient = context.inputs["to"].strip()
    way = _channel_and_address(context.inputs)
    if way is None:
        return BusinessFault(code=ADDRESS_UNKNOWN, message=_what_to_record(recipient, context.inputs))
    channel, address = way
    sent_on = local_date(context.now)
    letter = context.port(LETTERS).write(
        context.inputs["letter"],
        context.values,
        recipient=recipient,
        address=address,
        channel=channel,
        on=sent_on,
        extra=context.inputs,
    )
    context.port(POST).deliver(letter, once_key=context.once_key)
    return HandlerResult(
        outputs={"sent_on": sent_on, "sent_by": channel.value, "sent_to": address},
        letters=(letter,),
        note=f"{letter.letter_id} sent to {recipient} by {channel}.",
    )


def _channel_and_address(inputs: Mapping[str, Any]) -> tuple[Channel, str] | None:
    """How the letter goes; None where nobody knows where to.

    A channel that the recipient asked for is kept: a letter on the mat, or in a shared mailbox, can put a victim at
    risk. So another address that happens to be known is no substitute; a person decides.
    """
    email = (inputs.get("email") or "").strip()
    postal = "\n".join(line.strip() for line in (inputs.get("postal_address") or "").splitlines() if line.strip())
    asked = inputs.get("channel")
    if asked == Channel.HAND:
        return Channel.HAND, postal
    if email and asked in (None, "", Channel.EMAIL):
        return Channel.EMAIL, email
    if postal and asked in (None, "", Channel.POST):
        return Channel.POST, postal
    return None


def _what_to_record(recipient: str, inputs: Mapping[str, Any]) -> str:
    asked = inputs.get("channel")
    if asked:
        address = "email" if asked == Channel.EMAIL else "postal"
        return (
            f"{recipient} asked for letters by {asked}, and no {address} address is known. "
            "Record it, or agree another channel with them."
        )
    return f"No address of {recipient} is known. Record an email or postal address, or hand the letter over."
