"""An application of the public is kept as it is written, sent once, and deleted when its time has come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.casework.applications import application
from engine.casework.applications.application import (
    change_answers,
    come_back,
    drop_application,
    find_application,
    forget_ended_applications,
    hand_in,
    read_receipt,
    send_application,
    start_application,
    take_out,
)
from engine.casework.applications.bounds import RETURNS_PER_ADDRESS
from engine.casework.cases.attachments import read_attachment
from engine.casework.cases.intake import APPLICATION_LASTS
from engine.casework.cases.staff_intake import enter_application
from engine.casework.step.office import Office
from engine.errors import (
    ApplicationNotFoundError,
    ApplicationSentError,
    BadInputError,
    FileGoneError,
    FormAnswersError,
    NotAllowedError,
    TooManyTriesError,
)
from engine.store import Database, cases
from engine.store import record as chain
from engine.store.attachments import attachments_of
from engine.store.files import MemoryFiles
from tests.casework.builders import START_AT, chain_of, office_on, process, user, variant_of

FORM = {
    "type": "default", "id": "application", "schemaVersion": 18,
    "components": [
        {"type": "datetime", "subtype": "date", "id": "d", "key": "application_date", "dateLabel": "When?",
         "validate": {"required": True}, "properties": {"for_public": "=today()"}},
        {"type": "textfield", "id": "n", "key": "applicant_name", "label": "Name", "validate": {"required": True}},
        {"type": "radio", "id": "r", "key": "role", "label": "Who?", "validate": {"required": True},
         "values": [{"value": "victim", "label": "I"}, {"value": "other", "label": "Somebody else"}]},
        {"type": "filepicker", "id": "f", "key": "consent", "label": "Consent", "multiple": True,
         "accept": ".pdf,.png", "conditional": {"hide": "=role != \"other\""}},
    ],
}  # fmt: skip
BODY = (
    '<bpmn:startEvent id="begin"><bpmn:extensionElements><zeebe:formDefinition formId="application"/>'
    '</bpmn:extensionElements></bpmn:startEvent><bpmn:endEvent id="done"/>'
    + user("decide")
    + chain_of("begin", "decide", "done")
)
VARIANT = variant_of(process(BODY), files={"forms/application.form": json.dumps(FORM).encode()})
COUNCIL = VARIANT.id
PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    return replace(office_on(database), files=MemoryFiles())


def begin(office: Office, **answers: Any) -> str:
    code = start_application(office, COUNCIL, address="192.0.2.1")
    change_answers(office, COUNCIL, code, lambda kept: kept.update(answers))
    return code


def give(office: Office, code: str, name: str, data: bytes, key: str = "consent") -> None:
    hand_in(office, VARIANT, code, key, name, data, address="192.0.2.1")


def wait(office: Office, **delta: float) -> None:
    office.clock.advance(timedelta(**delta))  # type: ignore[attr-defined]


def references(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [case.reference for case in cases.all_cases(connection)]


def test_answers_are_found_again_with_the_code_however_it_is_typed(office: Office) -> None:
    code = begin(office, applicant_name="Ms A")
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        found = come_back(office, COUNCIL, typed, address="192.0.2.1")
        assert found.answers == {"applicant_name": "Ms A"}


def test_the_code_itself_is_nowhere_in_the_database(office: Office) -> None:
    code = begin(office, applicant_name="Ms A")
    with office.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM applications").all()
    assert rows[0].token == hashlib.sha256(code.replace("-", "").encode()).hexdigest()
    assert code not in str(rows)
    assert code.replace("-", "") not in str(rows)


def test_a_code_opens_nothing_at_another_council(office: Office) -> None:
    code = begin(office)
    with pytest.raises(ApplicationNotFoundError):
        find_application(office, "elsewhere", code)
    with pytest.raises(ApplicationNotFoundError):
        change_answers(office, "elsewhere", code, lambda kept: kept.update(applicant_name="Mx X"))


def test_wrong_codes_are_limited_by_address_and_the_wait_ends(office: Office) -> None:
    code = begin(office)
    for _ in range(RETURNS_PER_ADDRESS):
        with pytest.raises(ApplicationNotFoundError):
            come_back(office, COUNCIL, "AAAA-AAAA-AAAA", address="192.0.2.9")
    with pytest.raises(TooManyTriesError):
        come_back(office, COUNCIL, code, address="192.0.2.9")
    assert come_back(office, COUNCIL, code, address="192.0.2.10").reference is None
    wait(office, minutes=16)
    assert come_back(office, COUNCIL, code, address="192.0.2.9").reference is None


def test_every_answer_puts_the_end_off_and_after_it_nothing_is_left(office: Office) -> None:
    code = begin(office, role="other")
    give(office, code, "consent.pdf", PDF)
    wait(office, days=20)
    change_answers(office, COUNCIL, code, lambda kept: kept.update(applicant_name="Ms A"))
    wait(office, days=20)
    assert forget_ended_applications(office) == 0
    assert find_application(office, COUNCIL, code).answers["applicant_name"] == "Ms A"
    wait(office, days=8)
    with pytest.raises(ApplicationNotFoundError):  # swept or not
        find_application(office, COUNCIL, code)
    assert forget_ended_applications(office) == 1
    with pytest.raises(FileGoneError):
        office.files.get(hashlib.sha256(PDF).hexdigest())


def test_a_file_that_a_case_has_too_outlives_the_application_that_ended(office: Office) -> None:
    sent, left = begin(office, applicant_name="Ms A", role="other"), begin(office, role="other")
    for code in (sent, left):
        give(office, code, "consent.pdf", PDF)
    reference = send_application(office, VARIANT, sent, address="192.0.2.1")
    wait(office, days=APPLICATION_LASTS.days)
    assert forget_ended_applications(office) == 2
    with office.database.read() as connection:
        attached = attachments_of(connection, cases.find_case(connection, reference).case_id)
    assert read_attachment(office, reference, attached[0].number, council_id=COUNCIL)[1] == PDF


def test_what_is_sent_becomes_a_case_with_its_files_and_leaves_no_answers_behind(office: Office) -> None:
    code = begin(office, applicant_name="Ms A", role="other")
    give(office, code, "consent.pdf", PDF)
    give(office, code, "consent.pdf", PNG + b"another")
    reference = send_application(office, VARIANT, code, address="192.0.2.1")
    with office.database.read() as connection:
        case = cases.find_case(connection, reference, COUNCIL)
        attached = attachments_of(connection, case.case_id)
        record = list(chain.entries_of(connection, case.case_id))
        row = connection.exec_driver_sql("SELECT content, files FROM applications").one()
    assert [file.name for file in attached] == ["consent.pdf", "consent.pdf.png"]
    assert {file.added_by for file in attached} == {"the applicant"}
    assert record[0].content["answers"]["consent"] == [file.name for file in attached]
    assert record[0].content["answers"]["application_date"] == "2026-03-02"
    assert [entry.kind for entry in record].count("file attached") == 2
    assert tuple(row) == ("{}", "[]")


def test_an_answer_to_what_is_no_longer_asked_is_not_sent_nor_its_files(office: Office) -> None:
    code = begin(office, applicant_name="Ms A", role="other")
    give(office, code, "consent.pdf", PDF)
    change_answers(office, COUNCIL, code, lambda kept: kept.update(role="victim"))
    reference = send_application(office, VARIANT, code, address="192.0.2.1")
    with office.database.read() as connection:
        case = cases.find_case(connection, reference, COUNCIL)
        assert attachments_of(connection, case.case_id) == []
        assert "consent" not in next(iter(chain.entries_of(connection, case.case_id))).content["answers"]


def test_whoever_sends_again_gets_the_same_reference(office: Office) -> None:
    code = begin(office, applicant_name="Ms A", role="victim")
    first = send_application(office, VARIANT, code, address="192.0.2.1")
    assert send_application(office, VARIANT, code, address="192.0.2.1") == first
    assert references(office) == [first]


def test_two_clicks_at_the_same_moment_open_one_case(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    code = begin(office, applicant_name="Ms A", role="victim")
    found = find_application(office, COUNCIL, code)
    # both have looked before either sends
    monkeypatch.setattr(application, "find_application", lambda *_: found)
    with ThreadPoolExecutor(2) as clicks:
        given = list(clicks.map(lambda _: send_application(office, VARIANT, code, address="192.0.2.1"), range(2)))
    assert len(set(given)) == 1
    assert references(office) == given[:1]


def test_what_was_changed_in_another_window_meanwhile_is_looked_at_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = begin(office, applicant_name="Ms A", role="victim")
    found = find_application(office, COUNCIL, code)
    change_answers(office, COUNCIL, code, lambda kept: kept.update(applicant_name="Ms B"))
    monkeypatch.setattr(application, "find_application", lambda *_: found)
    with pytest.raises(BadInputError, match="changed while you sent it"):
        send_application(office, VARIANT, code, address="192.0.2.1")
    assert references(office) == []


def test_what_is_missing_is_named_and_nothing_is_opened(office: Office) -> None:
    code = begin(office, applicant_name="Ms A")
    with pytest.raises(FormAnswersError) as refused:
        send_application(office, VARIANT, code, address="192.0.2.1")
    assert [path for path, _ in refused.value.problems] == ["role"]
    assert references(office) == []
    assert find_application(office, COUNCIL, code).answers == {"applicant_name": "Ms A"}


def test_the_public_cannot_stamp_its_own_day_of_receipt(office: Office) -> None:
    code = begin(office, applicant_name="Ms A", role="victim", application_date="2020-01-01")
    send_application(office, VARIANT, code, address="192.0.2.1")
    assert read_receipt(office, COUNCIL, code).received_at == START_AT


def test_the_receipt_stays_as_it_was_and_nothing_that_was_sent_can_be_changed(office: Office) -> None:
    code = begin(office, applicant_name="Ms A", role="victim")
    send_application(office, VARIANT, code, address="192.0.2.1")
    before = read_receipt(office, COUNCIL, code)
    wait(office, days=3)
    for refused in (
        lambda: change_answers(office, COUNCIL, code, lambda kept: kept.update(applicant_name="Ms B")),
        lambda: give(office, code, "late.pdf", PDF),
        lambda: take_out(office, COUNCIL, code, "consent", []),
        lambda: drop_application(office, COUNCIL, code),
    ):
        with pytest.raises(ApplicationSentError) as sent:
            refused()
        assert sent.value.reference == before.view.reference
    after = read_receipt(office, COUNCIL, code)
    assert (after.received_at, after.access_code, after.view) == (START_AT, before.access_code, before.view)


def test_there_is_no_receipt_of_what_was_not_sent(office: Office) -> None:
    with pytest.raises(ApplicationNotFoundError):
        read_receipt(office, COUNCIL, begin(office))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("page.html", b"<script>alert(1)</script>", "kind that is not taken"),
        ("consent.pdf", b"MZ\x90\x00" + bytes(64), "kind that is not taken"),
        ("consent.pdf", b"", "is empty"),
        ("consent.pdf", PDF + bytes(10_000_001), "MB are taken"),
        ("consent.txt", b"just words", "PDF, PNG"),
        ("../../etc/passwd\x00.pdf", b"#!/bin/sh\n", "kind that is not taken"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing_behind(office: Office, name: str, data: bytes, why: str) -> None:
    code = begin(office, role="other")
    with pytest.raises(BadInputError, match=why):
        give(office, code, name, data)
    assert find_application(office, COUNCIL, code).files == ()


def test_only_a_question_for_files_takes_files(office: Office) -> None:
    code = begin(office, role="other")
    for key in ("applicant_name", "application_date", "nothing"):
        with pytest.raises(BadInputError, match="No file is asked for"):
            give(office, code, "consent.pdf", PDF, key)


def test_a_file_is_taken_out_again_and_its_content_with_it(office: Office) -> None:
    code = begin(office, role="other")
    give(office, code, "one.pdf", PDF)
    give(office, code, "two.png", PNG)
    take_out(office, COUNCIL, code, "consent", ["two.png", "never-there.pdf"])
    found = find_application(office, COUNCIL, code)
    assert ([file.name for file in found.files], found.answers["consent"]) == (["two.png"], ["two.png"])
    with pytest.raises(FileGoneError):
        office.files.get(hashlib.sha256(PDF).hexdigest())


def test_an_application_that_was_deleted_is_gone_with_its_files(office: Office) -> None:
    code = begin(office, role="other")
    give(office, code, "one.pdf", PDF)
    drop_application(office, COUNCIL, code)
    with pytest.raises(ApplicationNotFoundError):
        find_application(office, COUNCIL, code)
    with pytest.raises(FileGoneError):
        office.files.get(hashlib.sha256(PDF).hexdigest())


def test_an_application_takes_only_so_many_files(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.casework.cases.uploads.FILES_PER_APPLICATION", 2)
    code = begin(office, role="other")
    give(office, code, "one.pdf", PDF)
    give(office, code, "one.pdf", PDF)
    assert [file.name for file in find_application(office, COUNCIL, code).files] == ["one.pdf", "one (2).pdf"]
    with pytest.raises(BadInputError, match="no more are taken"):
        give(office, code, "three.pdf", PDF)


def test_what_an_officer_enters_with_two_clicks_is_one_case(office: Office) -> None:
    told = {"application_date": "2026-02-27", "applicant_name": "Ms A", "role": "victim"}

    def click(_number: int) -> str:
        return enter_application(office, VARIANT, told, (), by="Officer 1", once="page-1")

    with ThreadPoolExecutor(2) as clicks:
        given = list(clicks.map(click, range(2)))
    assert len(set(given)) == 1
    assert references(office) == given[:1]
    enter_application(office, VARIANT, told, (), by="Officer 2", once="page-1")
    assert len(references(office)) == 2  # a page of somebody else


def test_only_people_of_the_council_enter_applications(office: Office) -> None:
    with pytest.raises(NotAllowedError):
        enter_application(office, VARIANT, {"application_date": "2026-02-27", "applicant_name": "Ms A",
                                            "role": "victim"}, (), by="Stranger", once="x")  # fmt: skip
    assert references(office) == []
