"""The case file says of each action how high its ladder stands, and when the next rung comes."""

from __future__ import annotations

from engine.casework.words.ladders import in_words, ladders_of
from engine.store import Database
from tests.casework.builders import Play, chain_of, process, timer, user, variant_of

BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("act", boundary=timer("first", on="act", after="P21D", rung=1))
    + timer("second", on="act", after="P60D", rung=2)
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="told"/><bpmn:endEvent id="told_again"/>'
    + chain_of("begin", "act", "done")
    + chain_of("first", "told")
    + chain_of("second", "told_again")
)


def words(play: Play) -> list[str]:
    case_id = play.case().case_id
    variant = variant_of(process(BODY))
    with play.office.database.read() as connection:
        return [in_words(ladder) for ladder in ladders_of(connection, case_id, variant)]


def test_a_ladder_tells_the_rung_that_was_taken_and_the_one_to_come(database: Database) -> None:
    play = Play(database, variant_of(process(BODY)))
    assert words(play) == ["no rung taken; rung 1 (first) comes on 23 March 2026"]
    play.wait(days=21)
    assert words(play) == ["rung 1 (first) taken on 23 March 2026; rung 2 (second) comes on 1 May 2026"]
    play.complete("act")
    assert words(play) == ["rung 1 (first) taken on 23 March 2026; done on 23 March 2026"]
