"""Files that are no honest hand-over: each is refused in a sentence, and nothing of it is in any case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.casework.handovers.arrival import take_in_file
from engine.casework.handovers.told import ToldFile, ToldParcel, ToldReceipt, read, write
from engine.errors import (
    EngineError,
    FormAnswersError,
    HandoverRefusedError,
    NobodyWaitsError,
    NotAllowedError,
    ParcelRefusedError,
)
from engine.seals import LARGEST_FILE, OwnKeys, open_sealed, seal
from engine.seals.sealed_file import _FIRST_LINE, _SUITE
from engine.store import Database
from tests.casework.handovers.two_installations import (
    BY,
    Installation,
    appealed,
    elsewhere,
    keys_in,
    two_installations,
)
from tests.casework.handovers.two_sides import BODY_SAYS, body, cases_of, done, open_in
from tests.in_force import put_in_force


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """The council, which has handed an appeal over, and the body, which has it not yet."""
    database = Database(f"sqlite:///{tmp_path / 'council.sqlite'}")
    database.create_all()
    found = two_installations(database, tmp_path)
    appealed(found[0], "Look again.")
    yield found
    for each in found:
        each.office.database.close()


def parcel(sides: tuple[Installation, Installation]) -> ToldParcel:
    """What the council tells the body."""
    told = read(open_sealed(sides[0].to_bring()[0], sides[1].office.keys).told)
    assert isinstance(told, ToldParcel)
    return told


def signed(sides: tuple[Installation, Installation], told: Any, *, by: OwnKeys | None = None, to: int = 1) -> bytes:
    """Signed by the council (or with other keys) for the body (or the council)."""
    data = told if isinstance(told, bytes) else write(told)
    keys = by if by is not None else sides[1 - to].office.keys
    return seal(data, own=keys.last(), to=sides[to].office.keys.last().public)


def refused(at: Installation, data: bytes, error: type[EngineError] = ParcelRefusedError) -> str:
    before = cases_of(at.office, at.council_id)
    with pytest.raises(error) as raised:
        at.take_in(data)
    assert cases_of(at.office, at.council_id) == before
    return str(raised.value)


def test_whoever_is_not_trusted_is_refused_with_the_fingerprint_of_their_key(sides: Any, tmp_path: Path) -> None:
    stranger = keys_in(tmp_path / "stranger")
    sentence = refused(sides[1], signed(sides, parcel(sides), by=stranger))
    assert "is not signed with the key that the agreement has of them" in sentence
    assert stranger.last().public.fingerprint in sentence
    unknown = signed(sides, replace(parcel(sides), from_council="selby"), by=stranger)
    assert "“selby”, with whom the agreement “appeals” exchanges no files" in refused(sides[1], unknown)


def test_an_altered_byte_is_seen_wherever_it_is(sides: Any) -> None:
    (file,) = sides[0].to_bring()
    for place in (0, 11, 20, 61, 62, 100, len(file) // 2, len(file) - 1):
        refused(sides[1], file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :])
    for part in (b"", file[:5], file[:61], file[:62], file[:100], file[:-1], file + b"x"):
        refused(sides[1], part)


def test_a_signature_that_was_made_for_somebody_else_is_none_here(sides: Any, tmp_path: Path) -> None:
    """Who was sent a file cannot seal it again for a third, as if its sender had sent it there."""
    third = keys_in(tmp_path / "third")
    to_third = seal(write(parcel(sides)), own=sides[0].office.keys.last(), to=third.last().public)
    opened = open_sealed(to_third, third)
    own = sides[1].office.keys.last().public
    head = _FIRST_LINE + own.fingerprint.encode() + b"\n"
    inner = _SUITE.decrypt(to_third[to_third.index(b"\n", 20) + 1 :], third.last().opening,
                           info=to_third[: to_third.index(b"\n", 20) + 1])  # fmt: skip
    assert inner.endswith(opened.told)
    assert "altered" in refused(sides[1], head + _SUITE.encrypt(inner, own.for_sealing, info=head))


def test_what_is_for_another_receiver_is_refused(sides: Any, tmp_path: Path) -> None:
    third = keys_in(tmp_path / "third")
    to_third = seal(write(parcel(sides)), own=sides[0].office.keys.last(), to=third.last().public)
    assert "sealed for another installation" in refused(sides[1], to_third)
    other = signed(sides, replace(parcel(sides), to_council="selby"))
    assert "“selby”, not for your council" in refused(sides[1], other)
    with pytest.raises(ParcelRefusedError, match="not served here"):
        take_in_file(sides[1].office, other, by=BY)


def test_what_the_agreement_does_not_cover_is_refused(sides: Any) -> None:
    told = parcel(sides)
    assert "has none of that name" in refused(sides[1], signed(sides, replace(told, agreement="remedies")))
    more = replace(told, facts={**told.facts, "deliberation": "Two against one."})
    assert "takes no deliberation" in refused(sides[1], signed(sides, more), HandoverRefusedError)
    another = replace(told, message="gossip")
    assert "“gossip” is taken" in refused(sides[1], signed(sides, another), HandoverRefusedError)
    wrong = replace(told, facts={"points": "Look.", "appealed_on": "never"})
    refused(sides[1], signed(sides, wrong), FormAnswersError)
    nested: Any = "x"
    for _ in range(60):
        nested = [nested]
    refused(sides[1], signed(sides, replace(told, facts={"points": nested, "appealed_on": "2026-03-02"})), EngineError)


def test_who_is_none_of_the_councils_people_takes_nothing_in(sides: Any) -> None:
    with pytest.raises(NotAllowedError):
        take_in_file(sides[1].office, sides[0].to_bring()[0], by="Somebody")


def test_a_file_that_is_too_large_or_nested_or_no_parcel_at_all_is_refused(sides: Any) -> None:
    assert "at most 20 MB" in refused(sides[1], b"ASB-PARCEL 1\n" + b"x" * LARGEST_FILE)
    assert "another installation" in refused(sides[1], b"PK\x03\x04" + bytes(100))
    for told in (b"[" * 1_000_000, b"{}", b"[]", b"null", b'{"what":"letter"}', b'{"what":NaN}', b"\xff",
                 b'{"what":' + b"9" * 10_000 + b"}"):  # fmt: skip
        assert "What is in this file" in refused(sides[1], signed(sides, told))
    table = json.loads(write(parcel(sides)))
    changes: tuple[dict[str, Any], ...] = (
        {"parcel": "../../etc"}, {"parcel": 7}, {"conversation": None}, {"opens_case": "yes"}, {"facts": []},
        {"facts": {"A b": 1}}, {"files": [{"name": "x"}]}, {"files": [{}] * 21}, {"receipts": [{}]}, {"more": 1},
        {"sent_at": "yesterday"}, {"sent_at": "2026-03-02T10:00:00"}, {"sent_at": "0001-01-01T00:00:00+00:00"},
        {"from_case": "x" * 61}, {"from_case": "a\nb"}, {"message": "Appeal!"},
        {"files": [{"name": "a.pdf", "media_type": "application/pdf", "data": "%%%"}]},
    )  # fmt: skip
    for change in changes:
        sentence = refused(sides[1], signed(sides, json.dumps({**table, **change}).encode()))
        assert "What is in this file" in sentence, change


def test_a_file_in_it_is_what_it_says_or_is_not_taken(sides: Any) -> None:
    told = parcel(sides)
    for name, media_type, data in (
        ("a.pdf", "application/pdf", b"MZ\x90\x00"), ("../a.pdf", "application/pdf", b"%PDF-1.7 x"),
        ("a.html", "text/html", b"<script>"), ("a.png", "image/png", b"%PDF-1.7 x"),
    ):  # fmt: skip
        with_it = replace(told, files=(ToldFile(name=name, media_type=media_type, data=data),))
        refused(sides[1], signed(sides, with_it), EngineError)


def test_a_moment_that_is_still_to_come_is_refused(sides: Any) -> None:
    told = parcel(sides)
    later = replace(told, sent_at=told.sent_at + timedelta(days=400))
    assert "still to come" in refused(sides[1], signed(sides, later))


def test_an_answer_to_a_case_that_is_not_there_is_refused_and_can_come_later(sides: Any) -> None:
    ours, theirs = sides
    (file,) = ours.to_bring()
    answer = replace(parcel(sides), parcel_id="f" * 32, message="file", opens_case=False, facts={})
    assert "Take in first what was sent before it" in refused(theirs, signed(sides, answer))
    taken = theirs.take_in(file)
    refused(theirs, signed(sides, answer), NobodyWaitsError)
    done(theirs.office, taken.reference, "look", {})
    asked = ours.take_in(theirs.to_bring("file_requested")[0])
    theirs.take_in(ours.file(asked.parcel_id).data)  # it has asked once that is received
    theirs.take_in(signed(sides, answer))
    assert open_in(theirs.office, taken.reference) == ["hear"]


def test_a_trusted_side_reaches_no_case_but_those_it_has_to_do_with(sides: Any, tmp_path: Path) -> None:
    """A third side, trusted under the same agreement, answers what was handed over to another."""
    ours, theirs = sides
    theirs.take_in(ours.to_bring()[0])
    third = keys_in(tmp_path / "third")
    says = BODY_SAYS.replace('with = ["council"]', 'with = ["council", "third"]')
    says += elsewhere("council", "The Council", ours.office.keys) + elsewhere("third", "A Third", third)
    put_in_force(theirs.office, body(says))
    told = replace(parcel(sides), from_council="third", message="file", opens_case=False, facts={})
    file = seal(write(replace(told, parcel_id="a" * 32)), own=third.last(), to=theirs.office.keys.last().public)
    assert "never handed over between the two sides" in refused(theirs, file)
    file = seal(write(told), own=third.last(), to=theirs.office.keys.last().public)
    assert "Another file of the same number" in refused(theirs, file)


def test_the_number_of_a_parcel_stands_for_one_content(sides: Any) -> None:
    ours, theirs = sides
    told = parcel(sides)
    theirs.take_in(ours.to_bring()[0])
    other = replace(told, facts={**told.facts, "points": "Something else."})
    assert "Another file of the same number" in refused(theirs, signed(sides, other))


def test_a_receipt_is_for_what_was_sent_and_says_what_came(sides: Any) -> None:
    ours, theirs = sides
    taken = theirs.take_in(ours.to_bring()[0])
    receipt = read(open_sealed(theirs.file(taken.parcel_id).data, ours.office.keys).told)
    assert isinstance(receipt, ToldReceipt)
    for change, words in (
        ({"digest": "0" * 64}, "the digests differ"),
        ({"parcel_id": "0" * 32}, "never sent from here"),
        ({"received_at": receipt.received_at - timedelta(days=30)}, "before it was sent"),
        ({"received_at": receipt.received_at + timedelta(days=30)}, "still to come"),
    ):  # fmt: skip
        changed = replace(receipt, **change)  # type: ignore[arg-type]
        assert words in refused(ours, signed(sides, changed, to=0))
    assert [each.is_waited_for for each in ours.files()] == [True]
    ours.take_in(signed(sides, receipt, to=0))
    moved = replace(receipt, from_case="B-2026-9999")
    assert "has said before" in refused(ours, signed(sides, moved, to=0))
    assert "never sent from here" in refused(theirs, signed(sides, replace(receipt, from_council="council",
                                                                          to_council="body")))  # fmt: skip


def test_a_key_that_was_given_up_counts_for_what_was_signed_before(sides: Any, tmp_path: Path) -> None:
    ours, theirs = sides
    (file,) = ours.to_bring()
    old = ours.office.keys.last().public.text
    ours.office.keys.make()
    own = elsewhere("council", "The Council", ours.office.keys)
    for until, is_taken in (("2026-03-01", False), ("2026-03-02", True)):
        old_keys = f'[[agreements.appeals.elsewhere.council.old_keys]]\nkey = "{old}"\nuntil = {until}\n'
        put_in_force(theirs.office, body(BODY_SAYS + own + old_keys))
        if is_taken:
            assert theirs.take_in(file).is_new
        else:
            assert "is not signed with the key" in refused(theirs, file)
    assert not theirs.take_in(ours.to_bring()[0]).is_new  # signed with the new one


def test_what_was_sealed_for_a_key_before_the_last_is_opened_all_the_same(sides: Any) -> None:
    ours, theirs = sides
    (file,) = ours.to_bring()
    theirs.office.keys.make()
    assert theirs.take_in(file).is_new


def test_nothing_of_a_case_stands_in_clear_in_the_file(sides: Any) -> None:
    (file,) = sides[0].to_bring()
    head = file.split(b"\n", 2)
    assert head[:2] == [b"ASB-PARCEL 1", sides[1].office.keys.last().public.fingerprint.encode()]
    assert b"Look again" not in file
    assert b"C-2026-0001" not in file


def test_a_key_that_others_may_read_is_not_used(sides: Any, tmp_path: Path) -> None:
    (file,) = sides[0].to_bring()
    (tmp_path / "body_keys" / "1.key").chmod(0o640)
    assert "chmod 600" in refused(sides[1], file, EngineError)
