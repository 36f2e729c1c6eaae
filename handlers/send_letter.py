"""Send a letter of the variant's letter set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.clock import local_date
from engine.errors import HandlerInputError
from engine.handler import (
    LETTERS,
    POST,
    Addressee,
    BusinessFault,
    Channel,
    Choice,
    Email,
    HandlerContext,
    HandlerResult,
    LetterName,
    Lines,
    Output,
    Recipients,
    handler,
)

ADDRESS_UNKNOWN = "address-unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """How a copy goes to one person."""

    to: Addressee
    channel: Channel
    address: str


@handler(
    name="send-letter",
    title="Send a letter",
    ports=(LETTERS, POST),
    inputs=(
        LetterName(name="letter", label="Letter", hint="Id of a letter of the letter set, such as CT1."),
        Recipients(
            name="to",
            label="Recipient",
            hint="Name of the person or body. Empty where the letter itself says which people of the case it is for.",
            required=False,
        ),
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
        Output(name="sent_on", label="Day it was sent", types=(date,)),
        Output(name="sent_by", label="Channel it went by", types=(str,)),
        Output(name="sent_to", label="Address it went to", types=(str,)),
    ),
    faults=(ADDRESS_UNKNOWN,),
    takes_more_inputs=True,
)
def send_letter(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Write a letter of the variant's letter set, to each person it is for, and hand it to the post."""
    ways = [_way_to(person) for person in _people(context)]
    unknown = [way for way in ways if isinstance(way, BusinessFault)]
    if unknown:  # nobody is written to before everybody can be
        return unknown[0]
    found = [way for way in ways if isinstance(way, _Way)]
    letters = tuple(
        context.port(LETTERS).write(
            context.inputs["letter"],
            context.values,
            recipient=way.to.name,
            address=way.address,
            channel=way.channel,
            roles=way.to.roles,
            language=way.to.language,
            now=context.now,
            extra=context.inputs,
        )
        for way in found
    )
    for place, letter in enumerate(letters):
        part = letter.roles[:1] or ([str(place)] if len(letters) > 1 else [])
        context.port(POST).deliver(letter, once_key="/".join([context.once_key, *part]))
    went = ", and ".join(letter.went for letter in letters)
    return HandlerResult(
        outputs={
            "sent_on": local_date(context.now),
            "sent_by": ", ".join(dict.fromkeys(letter.channel.value for letter in letters)),
            "sent_to": "\n\n".join(letter.address for letter in letters if letter.address),
        },
        letters=letters,
        note=f"{context.inputs['letter']} {went}.",
    )


def _people(context: HandlerContext) -> tuple[Addressee, ...]:
    """Raises HandlerInputError where nobody is named."""
    inputs, named = context.inputs, context.inputs.get("to")
    if isinstance(named, list) and named and all(isinstance(each, Mapping) for each in named):
        return tuple(_somebody(each["name"], each) for each in named)
    people = context.port(LETTERS).addressees(inputs["letter"], context.values, named=named, now=context.now)
    if people:
        return people
    if not isinstance(named, str) or not named.strip():
        raise HandlerInputError(
            handler="send-letter",
            sentences=(
                "“Recipient” (to) names nobody. Give it a name, or let the letter say which people of the case it is "
                'for: to = ["applicant"].',
            ),
        )
    return (_somebody(named, inputs),)


def _somebody(name: str, told: Mapping[str, Any]) -> Addressee:
    """Somebody who is none of the people of the case, at the address that is told with the name."""
    ways = {key: (told.get(key) or "").strip() for key in ("channel", "email", "postal_address")}
    return Addressee(roles=(), name=name.strip(), **ways)


def _way_to(person: Addressee) -> _Way | BusinessFault:
    """How the letter goes; a fault where nobody knows where to.

    A channel that the recipient asked for is kept: a letter on the mat, or in a shared mailbox, can put a victim at
    risk. So another address that happens to be known is no substitute; a person decides. A letter to somebody of the
    case of whom nothing is known is printed, to be handed over.
    """
    email, asked = person.email.strip(), person.channel
    postal = "\n".join(line.strip() for line in person.postal_address.splitlines() if line.strip())
    if asked == Channel.HAND:
        return _Way(to=person, channel=Channel.HAND, address=postal)
    if email and asked in ("", Channel.EMAIL):
        return _Way(to=person, channel=Channel.EMAIL, address=email)
    if postal and asked in ("", Channel.POST):
        return _Way(to=person, channel=Channel.POST, address=postal)
    if person.roles and not asked:
        return _Way(to=person, channel=Channel.HAND, address="")
    return BusinessFault(code=ADDRESS_UNKNOWN, message=_what_to_record(person))


def _what_to_record(person: Addressee) -> str:
    if person.channel:
        address = "email" if person.channel == Channel.EMAIL else "postal"
        return (
            f"{person.name} asked for letters by {person.channel}, and no {address} address is known. "
            "Record it, or agree another channel with them."
        )
    return f"No address of {person.name} is known. Record an email or postal address, or hand the letter over."
