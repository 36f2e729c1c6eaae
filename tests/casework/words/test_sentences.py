"""The record reads as plain English, whatever happened."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.casework.words.sentences import NarratedEntry, Narrator
from engine.casework.words.values import answers_in_words, in_words
from engine.model import RecordEntry
from engine.record_kinds import read_kind
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

NAMES = {"agencies-1": "Hertfordshire Constabulary"}


@pytest.fixture(scope="module")
def hertsmere() -> Variant:
    return load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")


@pytest.fixture
def narrator(hertsmere: Variant) -> Narrator:
    return Narrator(hertsmere, lambda: NAMES)


def tell(narrator: Narrator, kind: str, **content: Any) -> NarratedEntry:
    return narrator.narrate(
        RecordEntry(
            seq=1, at=datetime(2026, 3, 2, tzinfo=UTC), kind=read_kind(kind), content={"by": "Officer 1", **content}
        )
    )


def test_an_entry_of_a_kind_that_this_version_does_not_know_is_told_by_its_name(narrator: Narrator) -> None:
    assert tell(narrator, "case put on the shelf").sentence == "Case put on the shelf."


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        (
            "task created",
            {"element": "Answer the request", "team": "police", "item": "agencies-1",
             "why": "Monday 16 March 2026: x. H11.7"},
            "Hertfordshire Constabulary is to do “Answer the request” (Hertfordshire Constabulary). "
            "Due Monday 16 March 2026: x. H11.7.",
        ),
        (
            "task created",
            {"element": "Carry out the action", "team": "police", "due_on": "2026-05-05"},
            "Hertfordshire Constabulary is to do “Carry out the action”. Due 5 May 2026.",
        ),
        (
            "task completed",
            {"element": "Hold the panel", "happened_on": "2026-05-05", "clauses": ["H11.15", "C4"]},
            "Officer 1 did “Hold the panel”, done on 5 May 2026. (H11.15, C4)",
        ),
        (
            "decision made",
            {"element": "Who is told?", "value": {"met": True}, "explanation": {"tables": [
                {"matched": [{"annotations": {"clause": "H5.1", "why": "Three incidents."}}]}]}},
            "“Who is told?” was decided: met: yes. H5.1 Three incidents.",
        ),
        ("way chosen", {"element": "Is it met?", "ways": ["Yes"]}, "Is it met? Yes."),
        ("timer fired", {"element": "More than 3 weeks", "item": "agencies-1"},
         "Time has passed: “More than 3 weeks” (Hertfordshire Constabulary)."),
        ("told", {"message": "review_again", "item": "agencies-9"},
         "Officer 1 told the case “review again” (agencies-9)."),
        ("fact corrected", {"fact": "application_date", "was": "2026-03-01", "now": "2026-03-02", "reason": "misread"},
         "Officer 1 corrected “When was the application made?” from “1 March 2026” to “2 March 2026”: misread."),
        ("incident", {"element": "Confirm receipt", "message": "No address."},
         "“Confirm receipt” is stuck: No address."),
        ("case closed", {"closed_as": "Review completed"}, "The case is closed: Review completed."),
        ("case closed", {}, "The case is closed."),
        ("something new", {}, "Something new."),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_sentence(narrator: Narrator, kind: str, content: Mapping[str, Any], sentence: str) -> None:
    assert tell(narrator, kind, **content).sentence == sentence


def test_an_extended_deadline_names_the_task_that_it_is_about(narrator: Narrator) -> None:
    tell(narrator, "task created", task=7, element="Acknowledge the application", team="community_safety")

    told = tell(narrator, "deadline extended", task=7, was="2026-03-03", now="2026-03-06", reason="agreed")

    assert told.sentence == (
        "Officer 1 extended the deadline of “Acknowledge the application” from 3 March 2026 to 6 March 2026: agreed."
    )


def test_a_letter_is_told_once_though_the_job_that_sent_it_says_so_too(narrator: Narrator) -> None:
    alone = tell(narrator, "job done", element="Confirm receipt", note="CT1 sent.")
    tell(narrator, "letter sent", letter="CT1", title="Received", to="Ms A", channel="email")
    after = tell(narrator, "job done", element="Confirm receipt", note="CT1 sent.")

    assert alone.sentence == "“Confirm receipt” was done. CT1 sent."
    assert after.sentence == "“Confirm receipt” was done."


def test_a_letter_that_is_only_printed_is_not_told_as_sent(narrator: Narrator) -> None:
    sent = tell(narrator, "letter sent", letter="CT4", title="Met", to="Mr G", channel="post")
    printed = tell(narrator, "letter sent", letter="CT4", title="Met", to="Ms V", channel="hand")

    assert sent.sentence == "Letter CT4 (Met) sent to Mr G by post."
    assert printed.sentence == "Letter CT4 (Met) printed for Ms V, to be handed over."


def test_an_erased_entry_says_that_it_was_erased(narrator: Narrator) -> None:
    entry = RecordEntry(seq=1, at=datetime(2026, 3, 2, tzinfo=UTC), kind="told", content=None)

    assert narrator.narrate(entry).sentence == "What this entry said has been erased."


def test_answers_stand_in_the_order_and_with_the_words_of_the_form(hertsmere: Variant) -> None:
    answers = {
        "reports": [{"reported_to": "council", "what_happened": "Threats.", "id": "reports-3"}],
        "applicant_role": "victim", "application_date": "2026-02-28", "applicant_phone": None, "more": True,
    }  # fmt: skip

    assert list(answers_in_words(answers, hertsmere.forms["application"])) == [
        "When was the application made? 28 February 2026",
        "Who applies? The victim",
        "What was reported, 3: What happened? Threats; To whom? The council",
        "more: yes",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"), (False, "no"), ([], "none"), ([1, "a"], "1, a"), ("2026-05-05", "5 May 2026"),
        ("2026-05-05T09:30:00+00:00", "5 May 2026, 10:30"), ("2026-13-05", "2026-13-05"), ("a\nb", "a b"),
        ({"is_late": True}, "is late: yes"),
    ],
)  # fmt: skip
def test_a_value_reads_as_a_person_would_write_it(value: Any, words: str) -> None:
    assert in_words(value) == words
