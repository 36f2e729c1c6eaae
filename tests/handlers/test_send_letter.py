"""Sending a letter: what is written, by which channel it goes, and when a person has to decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.errors import HandlerInputError, PlaceholderMissingError
from engine.handler import LETTERS, POST, BusinessFault, Channel, HandlerContext, HandlerResult
from engine.letters import AddresseeRole, Addressees, LetterSet, LettersOfLanguage, read_letter
from engine.ports import MemoryPost
from handlers.send_letter import ADDRESS_UNKNOWN, send_letter

CT1 = b'+++\nid = "CT1"\ntitle = "Acknowledgement"\n+++\nDear ((to)), your SPOC is ((contact_person)).'
CT4 = b'+++\nid = "CT4"\ntitle = "Met"\nto = ["applicant", "victim"]\n+++\nDear ((to)).'
APPLICANT = AddresseeRole(id="applicant", name="applicant_name", known_as="The applicant", email="applicant_email")
VICTIM = AddresseeRole(id="victim", name="victim_name", known_as="The victim", channel="safe_channel")
EMAIL = "a.lee@mail.example"
ADDRESS = "14 Aberford Road\nBorehamwood"


def send(
    post: MemoryPost | None = None, *, known: Mapping[str, Any] | None = None, **inputs: Any
) -> HandlerResult | BusinessFault:
    values: Mapping[str, Any] = {
        "case": {"reference": "HBC-1"}, "applicant_name": "Mr G", "applicant_email": EMAIL, "victim_name": "Ms V",
        **(known or {}),
    }  # fmt: skip
    return send_letter.run(
        HandlerContext(
            case_reference="HBC-1",
            council_id="hertsmere",
            once_key="job-1",
            number=4,
            inputs={"letter": "CT1", "to": "A. Lee", "contact_person": "Officer 1", **inputs},
            headers={},
            values=values,
            now=datetime(2026, 6, 1, 23, 30, tzinfo=UTC),
            ports={
                LETTERS: LetterSet(
                    {"en": LettersOfLanguage(letters=LETTERS_OF_HERTSMERE, council={"name": "Hertsmere"})},
                    addressees=Addressees([APPLICANT, VICTIM]),
                    conditions={},
                    with_pdf=False,
                ),
                POST: post if post is not None else MemoryPost(),
            },
        )
    )


LETTERS_OF_HERTSMERE = {
    "CT1": read_letter(CT1, file="letters/ct1.md"),
    "CT4": read_letter(CT4, file="letters/ct4.md"),
}


def way(**inputs: Any) -> tuple[str, str] | str:
    """The channel and address that a letter went by, or the code of the fault."""
    result = send(**inputs)
    if isinstance(result, BusinessFault):
        return result.code
    return result.outputs["sent_by"], result.outputs["sent_to"]


def test_a_letter_is_written_delivered_and_reported() -> None:
    post = MemoryPost()
    result = send(post, email=EMAIL)
    assert isinstance(result, HandlerResult)
    [document] = post.delivered
    assert result.letters == (document,)
    assert (document.letter_id, document.recipient, document.address) == ("CT1", "A. Lee", EMAIL)
    assert document.channel is Channel.EMAIL
    assert "Dear A. Lee, your SPOC is Officer 1." in document.text
    assert result.note == "CT1 sent to A. Lee by email."


def test_a_letter_sent_after_midnight_in_london_bears_the_new_day() -> None:
    result = send(email=EMAIL)  # 23:30 UTC on 1 June is 00:30 of 2 June in London
    assert isinstance(result, HandlerResult)
    assert result.outputs["sent_on"] == date(2026, 6, 2)
    assert "Date: 2 June 2026" in result.letters[0].text


def test_a_second_attempt_of_the_same_job_sends_nothing_more() -> None:
    post = MemoryPost()
    send(post, email=EMAIL)
    send(post, email=EMAIL)
    assert len(post.delivered) == 1


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"email": EMAIL, "postal_address": ADDRESS}, ("email", EMAIL)),
        ({"postal_address": ADDRESS}, ("post", ADDRESS)),
        ({"email": "", "postal_address": f" {ADDRESS} \n\n", "channel": ""}, ("post", ADDRESS)),
        ({"email": EMAIL, "postal_address": ADDRESS, "channel": "post"}, ("post", ADDRESS)),
        ({"email": EMAIL, "postal_address": ADDRESS, "channel": "email"}, ("email", EMAIL)),
        ({"email": EMAIL, "postal_address": ADDRESS, "channel": "hand"}, ("hand", ADDRESS)),
        ({"channel": "hand"}, ("hand", "")),
    ],
)
def test_a_letter_goes_as_asked_or_by_email_or_else_by_post(inputs: dict[str, str], expected: tuple[str, str]) -> None:
    assert way(**inputs) == expected


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"email": None, "postal_address": "  \n "},
        {"channel": "post", "email": EMAIL},
        {"channel": "email", "postal_address": ADDRESS},
    ],
)
def test_where_no_address_is_known_for_the_channel_a_person_decides(inputs: dict[str, Any]) -> None:
    assert way(**inputs) == ADDRESS_UNKNOWN


def test_the_fault_says_what_was_asked_for_and_what_is_missing() -> None:
    fault = send(channel="post", email=EMAIL)
    assert isinstance(fault, BusinessFault)
    assert "A. Lee asked for letters by post, and no postal address is known." in fault.message


def test_nothing_leaves_when_a_placeholder_has_no_value() -> None:
    post = MemoryPost()
    with pytest.raises(PlaceholderMissingError, match="contact_person"):
        send(post, email=EMAIL, contact_person=None)
    assert post.delivered == ()


@pytest.mark.parametrize(
    "inputs", [{"to": ""}, {"letter": None}, {"email": "a lee"}, {"channel": "fax"}, {"to": "A\nB"}]
)
def test_inputs_that_cannot_be_used_are_refused_before_anything_is_written(inputs: dict[str, Any]) -> None:
    with pytest.raises(HandlerInputError, match="send-letter cannot start"):
        send(**{"email": EMAIL, **inputs})


def test_each_of_the_people_of_the_case_gets_a_letter_by_their_own_channel() -> None:
    post = MemoryPost()
    result = send(post, letter="CT4", to=None)
    assert isinstance(result, HandlerResult)
    assert [(letter.recipient, letter.channel, letter.roles) for letter in post.delivered] == [
        ("Mr G", Channel.EMAIL, ("applicant",)),
        ("Ms V", Channel.HAND, ("victim",)),  # nobody knows how she can be written to: it is handed over
    ]
    assert result.note == "CT4 sent to Mr G by email, and printed for Ms V, to be handed over."
    assert result.letters == post.delivered
    send(post, letter="CT4", to=None)
    assert len(post.delivered) == 2


def test_several_who_are_named_with_their_addresses_get_a_letter_each() -> None:
    post = MemoryPost()
    bodies = [{"name": "Police", "email": "police@body.example"}, {"name": "Landlord", "postal_address": ADDRESS}]
    result = send(post, to=bodies)
    assert isinstance(result, HandlerResult)
    assert [(each.recipient, each.channel, each.address) for each in result.letters] == [
        ("Police", Channel.EMAIL, "police@body.example"), ("Landlord", Channel.POST, ADDRESS),
    ]  # fmt: skip
    send(post, to=bodies)
    assert len(post.delivered) == 2
    assert way(to=[*bodies, {"name": "Health"}]) == ADDRESS_UNKNOWN
    with pytest.raises(HandlerInputError, match="neither a name"):
        send(to=[{"email": EMAIL}])


def test_nobody_is_written_to_before_everybody_can_be() -> None:
    post = MemoryPost()
    fault = send(post, letter="CT4", to=None, known={"safe_channel": "post"})
    assert isinstance(fault, BusinessFault)
    assert "Ms V asked for letters by post" in fault.message
    assert post.delivered == ()


def test_a_letter_of_which_nothing_says_to_whom_it_goes_is_refused() -> None:
    with pytest.raises(HandlerInputError, match="names nobody"):
        send(to=None)
