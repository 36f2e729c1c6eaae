"""Derby City in one installation, the Commissioner for Derbyshire in another: an appeal goes over, and is answered.

Each has a folder of policies, a home with its database, files and keys, and screens of its own. What goes between them
is what somebody takes from a page of the one and gives to a page of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.scenarios.movement import go_to, virtual_clock
from engine.store import cases
from tests.councils.two_bodies import OF_DERBY, SCENARIOS, open_in
from tests.councils.two_installations import Installation, both_in, letters, same_time, until_it_is_packed


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """Derby City, whose appeal waits to be handed over, and the Commissioner."""
    found = both_in(tmp_path)
    yield found
    for each in found:
        each.office.database.close()


def test_an_appeal_goes_by_file_and_its_outcome_has_the_council_review_the_case(
    both: tuple[Installation, Installation],
) -> None:
    derby, body = both
    ours = until_it_is_packed(derby)
    same_time(derby, body)
    assert "waits for the receipt of The Commissioner" in " ".join(derby.page().split()).replace("Waits", "waits")
    assert "appeal_handed_over" not in letters(derby, ours)
    (file,) = derby.taken("Take the file")
    assert "“appeal” of Derby City Council is in PCD-2022-0001" in body.given(file)
    (theirs,) = body.references()
    assert open_in(body.office, theirs) == ["take_in"]
    (receipt,) = body.taken("Take the receipt")
    assert "it is handed over" in derby.given(receipt)
    assert "appeal_handed_over" in letters(derby, ours)
    assert open_in(derby.office, ours) == ["await_appeal_answer"]
    heard = SCENARIOS["01_upheld"]
    body.act(theirs, heard, "take_in")
    same_time(derby, body)
    (asked,) = body.taken("Take the file")
    assert f"“file_requested” of The Commissioner is in {ours}" in derby.given(asked)
    body.given(derby.taken("Take the receipt")[0])
    derby.act(ours, OF_DERBY["12_appeal_goes_to_the_commissioner"], "hand_file_over")
    same_time(derby, body)
    body.given(derby.taken("Take the file")[0])
    assert open_in(body.office, theirs) == ["arrange_hearing"]
    derby.given(body.taken("Take the receipt")[0])
    body.act(theirs, heard, "arrange_hearing")
    body.act(theirs, heard, "hear_appeal")
    same_time(derby, body)
    assert "appeal_outcome" not in letters(derby, ours)
    (answer,) = body.taken("Take the file")
    derby.given(answer)
    assert {"appeal_outcome", "met", "agency_asked"} <= set(letters(derby, ours))
    assert open_in(derby.office, ours) == ["answer_request", "contact_victim"]
    with body.office.database.read() as connection:
        assert cases.find_case(connection, theirs).closed_as is None  # until the council has its answer
    body.given(derby.taken("Take the receipt")[0])
    with body.office.database.read() as connection:
        assert cases.find_case(connection, theirs).closed_as == "Decided"
    assert derby.stuck() == body.stuck() == []


def test_what_is_incomplete_goes_back_and_the_withdrawal_that_follows_goes_over_by_file_too(
    both: tuple[Installation, Installation],
) -> None:
    derby, body = both
    ours = until_it_is_packed(derby)
    same_time(derby, body)
    body.given(derby.taken("Take the file")[0])
    (theirs,) = body.references()
    incomplete = SCENARIOS["11_incomplete_goes_back"]
    asked = next(step for step in incomplete.steps if step.answers.get("what_it_is") == "incomplete")
    body.act(theirs, replace(incomplete, steps=(asked,)), "take_in")
    same_time(derby, body)
    derby.given(body.taken("Take the file")[0])  # the receipt of the appeal comes with it
    assert open_in(derby.office, ours) == ["complete_appeal"]
    body.given(derby.taken("Take the receipt")[0])
    assert open_in(body.office, theirs) == ["receive_missing"]
    back = OF_DERBY["18_appeal_comes_back"]
    derby.act(ours, back, "complete_appeal")
    same_time(derby, body)
    body.given(derby.taken("Take the file")[0])
    assert open_in(body.office, theirs) == ["take_in"]
    derby.given(body.taken("Take the receipt")[0])
    derby.act(ours, back, "await_appeal_answer")
    same_time(derby, body)
    body.given(derby.taken("Take the file")[0])
    with body.office.database.read() as connection:
        assert "Withdrawn" in (cases.find_case(connection, theirs).closed_as or "")
    assert body.references() == [theirs]
    derby.given(body.taken("Take the receipt")[0])
    assert open_in(derby.office, ours) == []
    assert derby.stuck() == body.stuck() == []


def test_where_no_receipt_comes_the_appeal_goes_by_letter(both: tuple[Installation, Installation]) -> None:
    derby, _ = both
    ours = until_it_is_packed(derby)
    derby_clock = virtual_clock(derby.office)
    go_to(derby.office, derby_clock.now().replace(day=25))
    assert "Overdue" in derby.page()
    (address,) = re.findall(r'href="(/by-file/[0-9a-f]+/give-up)"', derby.page())
    browser = derby.browser()
    assert "Ring them first" in browser.get(address).get_data(as_text=True)
    assert browser.post(address, data={"reason": " "}).status_code == 422
    said = browser.post(address, data={"reason": "They rang: nothing came."}, follow_redirects=True)
    assert "goes another way" in said.get_data(as_text=True)
    assert open_in(derby.office, ours) == ["hand_over_appeal"]
    assert "appeal_handed_over" not in letters(derby, ours)
    assert derby.stuck() == []


def test_what_is_no_file_of_theirs_is_refused_on_the_page(both: tuple[Installation, Installation]) -> None:
    derby, body = both
    until_it_is_packed(derby)
    same_time(derby, body)
    (file,) = derby.taken("Take the file")
    for data, words in (
        (file[:-1], "it was altered, or only a part of it came"),
        (b"%PDF-1.7", "no file that another installation has handed over"),
    ):
        assert words in body.given(data)
    assert body.references() == []
    assert "sealed for another installation" in derby.given(file)
