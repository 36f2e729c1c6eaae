"""A case that is handed over to another installation by file: it is handed over once the receipt is there, and once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.casework.cases.attachments import read_attachment
from engine.casework.handovers import arrival
from engine.casework.handovers.dispatch import give_up_parcel
from engine.casework.step.office import Office
from engine.errors import AttachmentNotFoundError, BadInputError, ParcelRefusedError
from engine.store import Database, cases, incidents, record
from tests.casework.handovers.two_installations import BY, appealed, two_installations
from tests.casework.handovers.two_sides import cases_of, done, known_in, open_in, work


def told(office: Office, reference: str) -> list[str]:
    with office.database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        return [str(entry.kind) for entry in record.entries_of(connection, case_id)]


def stuck(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [incident.message for incident in incidents.open_incidents(connection)]


def test_nothing_is_handed_over_before_the_receipt_is_there(database: Database, tmp_path: Path) -> None:
    ours, theirs = two_installations(database, tmp_path)
    reference = appealed(ours, "Nobody looked at the noise.")
    assert "job under way" in told(ours.office, reference)
    assert "job done" not in told(ours.office, reference)
    (sent,) = ours.files()
    assert (sent.is_waited_for, sent.other, sent.their_reference) == (True, "Appeals Body", "")
    (file,) = ours.to_bring()
    taken = theirs.take_in(file)
    assert (taken.is_new, taken.is_receipt, taken.other, taken.message) == (True, False, "The Council", "appeal")
    assert cases_of(theirs.office, "body") == [taken.reference]
    assert known_in(theirs.office, taken.reference)["points"] == '"Nobody looked at the noise."'
    assert "job done" not in told(ours.office, reference)
    receipt = theirs.file(taken.parcel_id)
    settled = ours.take_in(receipt.data)
    assert (settled.reference, settled.is_receipt, settled.is_new) == (reference, True, True)
    assert told(ours.office, reference)[-2:] == ["parcel received", "job done"]
    (sent,) = ours.files()
    assert (sent.is_waited_for, sent.their_reference) == (False, taken.reference)
    assert stuck(ours.office) == stuck(theirs.office) == []


def test_the_answer_goes_back_into_the_case_and_starts_what_it_orders(database: Database, tmp_path: Path) -> None:
    ours, theirs = two_installations(database, tmp_path)
    reference = appealed(ours, "Look again.")
    taken = theirs.take_in(ours.to_bring()[0])
    done(theirs.office, taken.reference, "look", {})
    asked = theirs.to_bring("file_requested")[0]
    # The receipt got lost: the answer brings it, and what waits for the answer hears it.
    assert ours.take_in(asked).reference == reference
    (file,) = ours.to_bring("file")
    theirs.take_in(file)
    name, data = first_file(theirs.office, taken.reference)
    assert (name, data[:5]) == (f"{reference}-ombudsman.pdf", b"%PDF-")
    assert open_in(theirs.office, taken.reference) == ["hear"]
    done(theirs.office, taken.reference, "hear", {"appeal_outcome": "allowed", "deliberation": "Two against one."})
    ours.take_in(theirs.to_bring("decided")[0])
    assert known_in(ours.office, reference)["appeal_outcome"] == '"allowed"'
    assert "deliberation" not in known_in(ours.office, reference)
    assert open_in(ours.office, reference) == ["handle", "note:appeals-1"]
    assert stuck(ours.office) == stuck(theirs.office) == []


def first_file(office: Office, reference: str) -> tuple[str, bytes]:
    for number in range(60):
        try:
            row, data = read_attachment(office, reference, number, council_id="body")
        except AttachmentNotFoundError:
            continue
        return row.name, data
    raise AssertionError


def test_of_two_appeals_in_one_case_each_gets_its_own_answer(database: Database, tmp_path: Path) -> None:
    ours, theirs = two_installations(database, tmp_path)
    reference = appealed(ours, "First.", "Second.")
    taken = [theirs.take_in(file).reference for file in ours.to_bring()]  # both were packed at one moment
    (second,) = (each for each in taken if known_in(theirs.office, each)["points"] == '"Second."')
    done(theirs.office, second, "look", {})
    ours.take_in(theirs.to_bring("file_requested")[0])
    assert sorted(each.message for each in ours.files() if each.is_waited_for) == ["appeal", "file"]
    theirs.take_in(ours.to_bring("file")[0])
    done(theirs.office, second, "hear", {"appeal_outcome": "dismissed"})
    ours.take_in(theirs.to_bring("decided")[0])
    assert open_in(ours.office, reference) == ["handle", "note:appeals-2"]
    assert len(set(taken)) == 2


def test_the_same_file_again_changes_nothing_and_its_receipt_is_the_same(database: Database, tmp_path: Path) -> None:
    ours, theirs = two_installations(database, tmp_path)
    reference = appealed(ours, "Once.")
    first, second = ours.to_bring()[0], ours.to_bring()[0]
    assert first != second  # sealed anew
    taken, before = theirs.take_in(first), told(theirs.office, cases_of(theirs.office, "body")[0])
    for again in (first, second):
        found = theirs.take_in(again)
        assert (found.reference, found.is_new) == (taken.reference, False)
    assert told(theirs.office, taken.reference) == before
    for receipt, is_new in ((theirs.file(taken.parcel_id), True), (theirs.file(taken.parcel_id), False)):
        settled = ours.take_in(receipt.data)
        assert (settled.reference, settled.is_new) == (reference, is_new)
    assert told(ours.office, reference).count("parcel received") == 1


@pytest.mark.parametrize("dies", ["before it is in the case", "after it is in the case"])
def test_a_kill_in_the_middle_of_taking_in_loses_nothing_and_doubles_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    ours, theirs = two_installations(database, tmp_path)
    appealed(ours, "Once.")
    (file,) = ours.to_bring()
    real = arrival.receive

    def receive_and_die(office: Any, row: Any, keep: Any, **more: Any) -> Any:
        def keep_and_die(step: Any) -> None:
            keep(step)
            if dies.startswith("before"):
                raise KeyboardInterrupt

        real(office, row, keep_and_die, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(arrival, "receive", receive_and_die)
        with pytest.raises(KeyboardInterrupt):
            theirs.take_in(file)
    assert len(cases_of(theirs.office, "body")) == (0 if dies.startswith("before") else 1)
    taken = theirs.take_in(file)
    work(theirs.office)
    assert cases_of(theirs.office, "body") == [taken.reference]
    assert open_in(theirs.office, taken.reference) == ["look"]
    assert ours.take_in(theirs.file(taken.parcel_id).data).is_new


def test_two_people_who_take_the_same_file_in_at_once_make_one_case(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = two_installations(database, tmp_path)
    appealed(ours, "Once.")
    (file,) = ours.to_bring()
    first = theirs.take_in(file)
    real, seen = arrival._known, list[object]()

    def not_there_yet(*given: Any) -> Any:
        """As the second looks before the first is done."""
        seen.append(given)
        return None if len(seen) == 1 else real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(arrival, "_known", not_there_yet)
        second = theirs.take_in(file)
    assert (second.reference, second.is_new) == (first.reference, False)
    assert cases_of(theirs.office, "body") == [first.reference]


def test_whoever_no_longer_waits_says_why_and_the_case_goes_another_way(database: Database, tmp_path: Path) -> None:
    ours, theirs = two_installations(database, tmp_path)
    reference = appealed(ours, "Look.")
    (file,) = ours.to_bring()
    (sent,) = ours.files()
    with pytest.raises(BadInputError, match="Say why"):
        give_up_parcel(ours.office, sent.parcel_id, reason=" ", by=BY)
    assert give_up_parcel(ours.office, sent.parcel_id, reason="They rang: nothing came.", by=BY) == reference
    (sentence,) = stuck(ours.office)  # this diagram draws no way for it
    assert "No receipt has come for the file with “appeal”" in sentence
    with pytest.raises(ParcelRefusedError, match="no file is made"):
        ours.file(sent.parcel_id)
    with pytest.raises(ParcelRefusedError, match="Nothing is waited for"):
        give_up_parcel(ours.office, sent.parcel_id, reason="Again.", by=BY)
    taken = theirs.take_in(file)  # it came after all
    assert ours.take_in(theirs.file(taken.parcel_id).data).is_new
    assert len(stuck(ours.office)) == 1


def test_a_receipt_that_does_not_come_is_overdue_after_the_working_days_of_the_agreement(
    database: Database, tmp_path: Path
) -> None:
    ours, _ = two_installations(database, tmp_path, more="receipt_within = 3")
    appealed(ours, "Look.")  # on Monday 2 March
    (sent,) = ours.files()
    assert (str(sent.due_on), sent.is_overdue) == ("2026-03-05", False)
    ours.office.clock.advance(timedelta(days=4))  # type: ignore[attr-defined]
    (sent,) = ours.files()
    assert sent.is_overdue


def test_without_a_key_of_its_own_nothing_is_packed_and_what_is_stuck_says_so(
    database: Database, tmp_path: Path
) -> None:
    ours, _ = two_installations(database, tmp_path)
    for path in (tmp_path / "council_keys").iterdir():
        path.unlink()
    appealed(ours, "Look.")
    (sentence,) = stuck(ours.office)
    assert "has no key to sign with" in sentence
    assert ours.files() == []
