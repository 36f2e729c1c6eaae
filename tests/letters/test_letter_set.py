"""A variant's letter set as handlers use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.errors import LetterMissingError, PlaceholderMissingError
from engine.handler import Channel, WrittenLetter
from engine.letters import AddresseeRole, Addressees, LetterSet, LettersOfLanguage, read_letter

TEXT = b'+++\nid = "CT1"\ntitle = "We have your application"\nclauses = ["H11.1"]\n+++\nDear ((to)), ((meeting)).'
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
VALUES: Mapping[str, Any] = {"case": {"reference": "HBC-1"}, "to": "the case's own", "meeting": "Monday"}


def letters() -> LetterSet:
    return letter_set(TEXT)


def letter_set(text: bytes, *roles: AddresseeRole, **conditions: str) -> LetterSet:
    letter = read_letter(text, file="letters/ct1.md")
    return LetterSet(
        {"en": LettersOfLanguage(letters={letter.id: letter}, council={"name": "Hertsmere"})},
        addressees=Addressees(roles),
        conditions=conditions,
        with_pdf=False,
    )


def written(values: Mapping[str, Any] = VALUES, **extra: Any) -> WrittenLetter:
    return letters().write(
        "CT1",
        values,
        recipient="A. Lee",
        address="a@b.example",
        channel=Channel.EMAIL,
        roles=(),
        now=NOW,
        extra=extra,
    )


def test_what_the_element_hands_over_comes_before_the_case() -> None:
    assert "Dear A. Lee, Tuesday." in written(meeting="Tuesday").text
    assert "Dear A. Lee, Monday." in written(meeting="").text


def test_the_document_bears_the_letters_title_and_clauses() -> None:
    document = written()
    assert (document.letter_id, document.title, document.clauses) == ("CT1", "We have your application", ("H11.1",))
    assert document.pdf is None


def test_a_letter_that_the_set_does_not_have_is_named() -> None:
    with pytest.raises(LetterMissingError, match=r"CT9.*CT1"):
        letters().write("CT9", VALUES, recipient="A", address="", channel=Channel.HAND, roles=(), now=NOW, extra={})


def test_a_letter_without_the_cases_reference_is_not_written() -> None:
    with pytest.raises(PlaceholderMissingError, match=r"case\.reference"):
        written({"to": "x", "meeting": "y"})


APPLICANT = AddresseeRole(
    id="applicant", name="applicant_name", known_as="The applicant", email="applicant_email", own=("access_code",)
)
VICTIM = AddresseeRole(
    id="victim", name="victim_name", known_as="The victim", channel="safe_channel", email="victim_email",
    postal_address="victim_address", same_as="applicant", same_when='role != "third_party"',
)  # fmt: skip
CASE = {
    "case": {"reference": "HBC-1"}, "applicant_name": "Councillor G", "applicant_email": "g@b.example",
    "access_code": "K7", "victim_name": "Ms V", "safe_channel": "hand", "role": "third_party",
}  # fmt: skip
BOTH = (
    b'+++\nid = "CT4"\ntitle = "Your application"\ntitles = { "not to_applicant" = "About you" }\n'
    b'to = ["applicant", "victim"]\n+++\nDear ((to)). ((to_applicant??Code ((access_code)).))'
    b"((not to_applicant??You are not the applicant.)) ((far??Far.))"
)


def people(**other: Any) -> list[tuple[str, str, str]]:
    """To whom the letter goes: name, channel and email address."""
    found = letter_set(BOTH, APPLICANT, VICTIM).addressees("CT4", {**CASE, **other}, named=None, now=NOW)
    return [(person.name, person.channel, person.email) for person in found]


def copy_for(text: bytes, *roles: str) -> WrittenLetter:
    return letter_set(text, APPLICANT, VICTIM, far='role = "third_party"').write(
        "CT4", CASE, recipient="X", address="", channel=Channel.HAND, roles=roles, now=NOW, extra={}
    )


def test_a_letter_to_two_people_goes_to_each_by_what_is_known_of_them() -> None:
    assert people() == [("Councillor G", "", "g@b.example"), ("Ms V", "hand", "")]


def test_one_person_with_two_roles_gets_one_letter() -> None:
    assert people(role="victim") == [("Councillor G", "", "g@b.example")]


def test_somebody_whose_name_is_not_known_is_addressed_by_their_role() -> None:
    assert people(victim_name=None)[1][0] == "The victim"


def test_an_element_may_name_the_roles_and_then_they_hold() -> None:
    letters = letter_set(BOTH, APPLICANT, VICTIM)
    for named in ("victim", ["victim"]):
        assert [person.name for person in letters.addressees("CT4", CASE, named=named, now=NOW)] == ["Ms V"]
    assert letters.addressees("CT4", CASE, named="The Bishop", now=NOW) == ()


def test_each_copy_says_what_is_for_its_reader() -> None:
    theirs, other = copy_for(BOTH, "applicant"), copy_for(BOTH, "victim")
    assert (theirs.title, other.title) == ("Your application", "About you")
    assert "Dear X. Code K7. Far." in theirs.text
    assert "Dear X. You are not the applicant. Far." in other.text
    assert (theirs.roles, other.roles) == (("applicant",), ("victim",))


def test_what_is_kept_for_one_person_is_printed_for_nobody_else() -> None:
    with pytest.raises(PlaceholderMissingError, match="access_code"):
        copy_for(BOTH.replace(b"((to_applicant??Code ((access_code)).))", b"Code ((access_code))."), "victim")


def test_a_condition_of_the_variant_can_ask_who_reads_the_letter() -> None:
    head = b'+++\nid = "CT3b"\ntitle = "An appeal"\nto = ["a", "b"]\n+++\n'
    text = head + b"((own_appeal??Your appeal.))((not own_appeal??Theirs.))"
    found = letter_set(
        text,
        AddresseeRole(id="a", name="a_name", known_as="A"),
        AddresseeRole(id="b", name="b_name", known_as="B"),
        own_appeal='if appeal_by = "b" then to_b else to_a',
    )

    def read_by(role: str) -> str:
        return found.write(
            "CT3b",
            {**VALUES, "appeal_by": "b"},
            recipient=role,
            address="",
            channel=Channel.HAND,
            roles=(role,),
            now=NOW,
            extra={},
        ).text

    assert "Your appeal." in read_by("b")
    assert "Theirs." in read_by("a")
