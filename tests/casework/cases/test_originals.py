"""When something was received is what the council's own mail server stamped: kept with the email, never typed over.

The Ombudsman's report 21 000 098, paragraph 25: asked on 8 March 2021, answered on 30 March with the day altered to
29 March.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.cases.originals import take_original
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.errors import BadInputError
from engine.model import Subject
from engine.scenarios import scenarios_of
from engine.scenarios.movement import go_to, open_tasks, rest, take_step
from engine.store import cases, facts, record
from engine.store.attachments import attachments_of
from engine.variants import load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
COVENTRY = load_variant(BPMN / "coventry", root=BPMN)
UPDATE = Subject.of_item("updates-1")
EMAIL = b"""Received: from inbound.provider.example (192.0.2.1)\r
\tby mx.coventry.example with ESMTPS; Mon, 08 Mar 2021 16:02:11 +0000\r
Received: from liar.example by mx.coventry.example; Mon, 29 Mar 2021 09:00:00 +0000\r
Date: Tue, 16 Mar 2021 10:00:00 +0000\r
From: mr.d@example.org\r
Subject: My case\r
\r
How does my case stand?\r
"""


@pytest.fixture
def office() -> Office:
    return build_simulation_office()


@pytest.fixture
def reference(office: Office) -> str:
    """Mr D's case on 30 March 2021, when somebody enters the email."""
    scenario = next(each for each in scenarios_of(COVENTRY) if each.name == "01_three_reports_one_problem")
    assert isinstance(office.clock, SettableClock)
    office.clock.set(scenario.applied_at)
    reference = open_case(office, COVENTRY, scenario.application, by=scenario.applied_by)
    rest(office)
    for step in scenario.steps:
        go_to(office, step.at)
        take_step(office, reference, step)
        rest(office)
    office.clock.set(datetime(2021, 3, 30, 9, tzinfo=UTC))
    return reference


def ask(office: Office, reference: str, email: bytes = EMAIL, **answers: Any) -> None:
    original = take_original(office, reference, "asked.eml", email)
    said = {"update_asked": "How does my case stand?", **answers}
    send_message(office, reference, "update_request", said, by="Officer 1", original=original)


def told(office: Office, reference: str) -> dict[str, Any]:
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        return {fact.name: fact for fact in facts.current_facts(connection, case.case_id, UPDATE)}


def test_the_day_is_the_one_that_the_own_server_stamped(office: Office, reference: str) -> None:
    ask(office, reference)
    fact = told(office, reference)["update_received_on"]
    assert "2021-03-08" in fact.value
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        kept = attachments_of(connection, case.case_id)
        entry = next(e for e in record.entries_of(connection, case.case_id) if e.kind == "original kept")
    assert [(file.name, file.digest) for file in kept] == [("asked.eml", hashlib.sha256(EMAIL).hexdigest())]
    assert office.files.get(kept[0].digest) == EMAIL
    assert "8 March 2021" in entry.content["received"]
    assert "16 March 2021" in entry.content["dated"]  # what the sender wrote stands beside it
    assert entry.content["server"] == "mx.coventry.example"


@pytest.mark.parametrize("typed", ["2021-03-29", "2021-03-16"])
def test_another_day_cannot_be_typed_beside_it(office: Office, reference: str, typed: str) -> None:
    with pytest.raises(BadInputError, match=r"8 March 2021, as mx\.coventry\.example stamped"):
        ask(office, reference, update_received_on=typed)
    assert told(office, reference) == {}


def test_it_can_never_be_corrected(office: Office, reference: str) -> None:
    ask(office, reference)
    with pytest.raises(BadInputError, match="was stamped by the mail server that received the email"):
        correct_fact(
            office, reference, "update_received_on", "2021-03-29", reason="A slip.", by="Officer 1", item_id="updates-1"
        )


def test_what_was_typed_without_the_email_is_corrected_as_a_second_entry(office: Office, reference: str) -> None:
    answers = {"update_asked": "How does my case stand?", "update_received_on": "2021-03-29"}
    send_message(office, reference, "update_request", answers, by="Officer 1")
    correct_fact(
        office, reference, "update_received_on", "2021-03-08", reason="The email shows it.", by="Officer 1",
        item_id="updates-1",
    )  # fmt: skip
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        every = [fact.value for fact in facts.history(connection, case.case_id, "update_received_on")]
    assert len(every) == 2
    assert "2021-03-29" in every[0]
    assert "2021-03-08" in every[1]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        (EMAIL.replace(b"by mx.coventry.example with", b"by mx.elsewhere.example with"), "was not stamped by a mail"),
        (EMAIL.replace(b"by mx.coventry.example with", b"from mx.coventry.example with"), "was not stamped by a mail"),
        (b"Date: Tue, 16 Mar 2021 10:00:00 +0000\r\n\r\nHow?", "was not stamped by a mail server"),
        (EMAIL.replace(b"Mon, 08 Mar 2021 16:02:11 +0000", b"some day"), "does not say when"),
        (EMAIL.replace(b"08 Mar 2021", b"08 Mar 2031"), "does not say when"),
        (EMAIL.replace(b"08 Mar 2021 16:02:11 +0000", b"99 Mar 99999 99:99:99 +9999"), "does not say when"),
        (EMAIL.replace(b"Mon, 08 Mar 2021 16:02:11 +0000", b"Fri, 31 Dec 9999 23:59:59 -1200"), "does not say when"),
        (b"Received: " + b"(" * 60_000 + b"\r\n\r\nx", "was not stamped by a mail server"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "no email|not taken"),
    ],
)  # fmt: skip
def test_an_email_that_shows_no_receipt_is_refused(office: Office, reference: str, email: bytes, sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence):
        take_original(office, reference, "asked.eml", email)


@pytest.mark.parametrize(
    "dated",
    [
        b"Fri, 31 Dec 9999 23:59:59 -1200",
        b"Mon, 01 Jan 0001 00:00:00 +1200",
        b"Tue, 16 Mar 2021 10:00:00 +99999999999999999999",
        b"Tue, 16 Mar 2021 10:00:00 -0000",
        b"Tue, 16 Mar 99999999999999999999 10:00:00 +0000",
        b"=?utf-8?q?Fri,_31_Dec_9999_23:59:59_-1200?=",
        b"\xff" * 90,
    ],
)
def test_whatever_its_sender_wrote_as_its_date_an_email_is_kept(office: Office, reference: str, dated: bytes) -> None:
    ask(office, reference, EMAIL.replace(b"Tue, 16 Mar 2021 10:00:00 +0000", dated))
    assert "2021-03-08" in told(office, reference)["update_received_on"].value


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"Received:\r\n",
        b"Date:\r\n",
        b"Received: by mx.coventry.example; Fri, 31 Dec 9999 23:59:59 -1200\r\n" * 900,
        b"Subject: =?no-charset?q?=ff?= =?rot13?b?!?= " + b"=?utf-8?q?" * 900 + b"\r\n",
        b"From: \xe9\xff\r\nTo: " + b"(" * 9_000 + b"\r\n",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (deep, deep) for deep in range(900)),
    ],
)
def test_whatever_else_its_sender_wrote_an_email_is_kept(office: Office, reference: str, written: bytes) -> None:
    ask(office, reference, EMAIL.replace(b"From: mr.d", written + b"From: mr.d"))
    assert "2021-03-08" in told(office, reference)["update_received_on"].value


def test_a_receipt_shortly_before_midnight_in_london_is_of_that_day(office: Office, reference: str) -> None:
    email = EMAIL.replace(b"08 Mar 2021 16:02:11 +0000", b"28 Mar 2021 23:30:00 +0000")  # summer time began that day
    assert take_original(office, reference, "asked.eml", email).received_on == date(2021, 3, 29)


def test_the_answer_tells_how_many_days_it_took(office: Office, reference: str) -> None:
    ask(office, reference)
    tasks = [task for task in open_tasks(office, reference) if task.element_id == "answer_update"]
    assert [task.due_on for task in tasks] == [date(2021, 3, 15)]  # so that it has been late for two weeks
    complete_task(office, tasks[0].task_id, {"update_answer": "The Panel has met."}, by="Officer 1")
    rest(office)
    assert told(office, reference)["update_days"].value == "22"
