"""Who looked at a case stands in its record, and disturbs nothing."""

from __future__ import annotations

import pytest

from engine.casework.background.verification import verify_records
from engine.casework.cases.entries import record_view
from engine.casework.cases.notes import LONGEST_NOTE, add_note
from engine.casework.tasks.completion import claim_task, complete_task
from engine.casework.tasks.undo import undo_completion
from engine.errors import BadInputError, CaseNotFoundError, NotAllowedError, UndoRefusedError
from engine.model import TaskId
from engine.store import Database
from tests.casework.builders import Play, chain_of, process, user, variant_of
from tests.statements import counted

COUNCIL = "test_council"
BODY = (
    '<bpmn:startEvent id="begin"/>' + user("decide") + user("tell") + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "decide", "tell", "done")
)  # fmt: skip


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY)))


def look(play: Play, page: str = "overview") -> None:
    record_view(play.office, play.reference, page, by="Officer 2", council_id=COUNCIL)


def done(play: Play, element: str) -> TaskId:
    task = play.task_id(element)
    complete_task(play.office, task, {}, by="Officer 1")
    return task


def test_a_view_says_who_looked_at_what(play: Play) -> None:
    look(play, "letters")
    assert play.record()[-1] == ("case viewed", {"by": "Officer 2", "page": "letters"})


def test_the_chain_is_whole_after_views_between_steps(play: Play) -> None:
    look(play)
    done(play, "decide")
    look(play)
    look(play)
    done(play, "tell")
    look(play)
    assert verify_records(play.office, play.reference) == (1, [])


def test_a_view_takes_four_statements_and_reads_no_process(play: Play) -> None:
    with counted(play.office.database) as statements:
        look(play)
    assert len(statements) == 4, "\n".join(statements)


def test_a_case_of_another_council_is_not_viewed(play: Play) -> None:
    with pytest.raises(CaseNotFoundError):
        record_view(play.office, play.reference, "overview", by="Officer 1", council_id="another")
    assert "case viewed" not in [kind for kind, _ in play.record()]


def test_a_completion_can_be_undone_after_people_looked_and_noted(play: Play) -> None:
    task = done(play, "decide")
    look(play)
    add_note(play.office, play.reference, "That was the wrong case.", by="Officer 1", council_id=COUNCIL)
    look(play)
    undo_completion(play.office, task, reason="The wrong case", by="Officer 1")
    assert play.open() == ["decide"]
    assert verify_records(play.office, play.reference) == (1, [])


def test_what_really_followed_is_named_and_not_the_view_before_it(play: Play) -> None:
    task = done(play, "decide")
    look(play)
    claim_task(play.office, play.task_id("tell"), by="Officer 1")
    look(play)
    with pytest.raises(UndoRefusedError, match="Officer 1 claimed “tell”"):
        undo_completion(play.office, task, reason="The wrong case", by="Officer 1")


def test_an_older_completion_names_the_last_thing_that_happened_and_not_a_view(play: Play) -> None:
    done(play, "decide")
    task = done(play, "tell")
    undo_completion(play.office, task, reason="The wrong case", by="Officer 1")
    done(play, "tell")
    look(play)
    first = next(content["task"] for kind, content in play.record() if kind == "task completed")
    with pytest.raises(UndoRefusedError, match="The case is closed"):
        undo_completion(play.office, TaskId(reference=play.reference, number=first), reason="No", by="Officer 1")


def test_a_note_keeps_its_lines(play: Play) -> None:
    add_note(play.office, play.reference, " First line.\r\nSecond line. ", by="Officer 1", council_id=COUNCIL)
    assert play.record()[-1] == ("note added", {"by": "Officer 1", "text": "First line.\nSecond line."})


def test_a_note_can_be_added_to_a_closed_case(play: Play) -> None:
    done(play, "decide")
    done(play, "tell")
    add_note(play.office, play.reference, "The victim rang to say thanks.", by="Officer 1", council_id=COUNCIL)
    assert play.case().status == "closed"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" \n\u200b ", "Enter a note"), ("x" * (LONGEST_NOTE + 1), "10,001 characters")],
)
def test_a_note_that_says_nothing_or_too_much_is_refused(play: Play, text: str, sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence):
        add_note(play.office, play.reference, text, by="Officer 1", council_id=COUNCIL)
    assert "note added" not in [kind for kind, _ in play.record()]


def test_a_note_pasted_from_a_word_processor_keeps_its_lines(play: Play) -> None:
    add_note(play.office, play.reference, "one\x0btwo\xad\x00", by="Officer 1", council_id=COUNCIL)
    assert ("note added", {"by": "Officer 1", "text": "one\ntwo"}) in play.record()


def test_somebody_whom_the_council_does_not_know_adds_no_note(play: Play) -> None:
    with pytest.raises(NotAllowedError):
        add_note(play.office, play.reference, "Hello", by="Nobody", council_id=COUNCIL)
