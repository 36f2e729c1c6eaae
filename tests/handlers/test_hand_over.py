"""Handing over: what is packed and what it says of it, and that looking ahead brings nothing anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.errors import HandoverRefusedError
from engine.handler import PARCELS, Effect, HandlerContext, HandlerResult
from engine.ports import MemoryParcels
from handlers.hand_over import hand_over
from tests.casework.handovers.two_sides import council

GIVEN = {"agreement": "appeals", "message": "appeal", "points": "Look again.", "appealed_on": date(2026, 3, 2)}


def run(behind: MemoryParcels, **given: object) -> HandlerResult:
    context = HandlerContext(
        case_reference="C-2026-0001", council_id="council", once_key="key", number=7, inputs={**GIVEN, **given},
        headers={}, values={}, now=datetime(2026, 3, 2, 10, 0, tzinfo=UTC), ports={PARCELS: behind},
        item_id="appeals-1",
    )  # fmt: skip
    found = hand_over.run(context)
    assert isinstance(found, HandlerResult)
    return found


def test_it_says_what_goes_and_to_whom() -> None:
    found = run(MemoryParcels(council()))
    assert found.outputs == {"handed_over_on": date(2026, 3, 2), "handed_over_to": "body", "their_reference": None}
    assert found.note == "“appeal” handed over to body, with points, appealed_on."
    assert run(MemoryParcels(council()), appealed_on=None).note == "“appeal” handed over to body, with points."


def test_the_copy_of_the_case_file_is_named_where_one_goes_along() -> None:
    found = run(MemoryParcels(council()), message="file", points=None, appealed_on=None)
    assert found.note.endswith("with a copy of the case file.")


def test_looking_ahead_tells_what_would_go_once() -> None:
    heard: list[Effect] = []
    behind = MemoryParcels(council(), heard.append)
    run(behind)
    run(behind)
    (effect,) = heard
    assert effect.sentence == "“appeal” goes to body under the agreement “appeals”."
    assert "points: Look again." in effect.details


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"agreement": "loans"}, "has no agreement “loans”"),
        ({"message": "gossip"}, "does not say that “gossip” is sent"),
        ({"applicant_name": "Ms V"}, "hands over no applicant_name"),
        ({"to": "another"}, "is no party"),
    ],
)
def test_looking_ahead_refuses_what_the_agreement_does_not_cover(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(HandoverRefusedError, match=sentence):
        run(MemoryParcels(council()), **given)
