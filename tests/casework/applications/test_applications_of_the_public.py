"""An application that the public sends is stamped on receipt, and each case has a code for its applicant."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from engine import feel
from engine.casework.cases.access_code import ALPHABET, is_same_code, new_code
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.errors import BadInputError, FormAnswersError
from engine.store import Database, cases, facts
from engine.store import record as chain
from tests.casework.builders import SETTINGS, chain_of, office_on, process, user, variant_of

FORM = {
    "type": "default", "id": "application", "schemaVersion": 18,
    "components": [
        {"type": "datetime", "subtype": "date", "id": "d", "key": "application_date", "dateLabel": "When?",
         "validate": {"required": True}, "properties": {"for_public": "=today()"}},
        {"type": "radio", "id": "c", "key": "application_channel", "label": "How?", "validate": {"required": True},
         "values": [{"value": "online", "label": "Online"}, {"value": "phone", "label": "Phone"}],
         "properties": {"for_public": "online"}},
        {"type": "textfield", "id": "n", "key": "applicant_name", "label": "Name"},
    ],
}  # fmt: skip
BODY = (
    '<bpmn:startEvent id="begin"><bpmn:extensionElements><zeebe:formDefinition formId="application"/>'
    '</bpmn:extensionElements></bpmn:startEvent><bpmn:endEvent id="done"/>'
    + user("decide")
    + chain_of("begin", "decide", "done")
)
VARIANT = variant_of(process(BODY), files={"forms/application.form": json.dumps(FORM).encode()})
BY_PHONE = {"application_date": "2026-02-27", "application_channel": "phone", "applicant_name": "Ms A"}


class Opened:
    def __init__(self, database: Database, answers: dict[str, Any], *, from_public: bool) -> None:
        self.office = office_on(database)
        by = "the applicant" if from_public else "Officer 1"
        self.reference = open_case(self.office, VARIANT, answers, by=by, from_public=from_public)

    def facts(self) -> dict[str, Any]:
        with self.office.database.read() as connection:
            case_id = cases.find_case(connection, self.reference).case_id
            return {row.name: row for row in facts.history(connection, case_id) if row.is_current}

    def value(self, name: str) -> Any:
        return feel.load(self.facts()[name].value)

    def record(self) -> list[Any]:
        with self.office.database.read() as connection:
            return list(chain.entries_of(connection, cases.find_case(connection, self.reference).case_id))

    def correct(self, name: str, value: Any) -> None:
        correct_fact(self.office, self.reference, name, value, reason="a slip", by="Officer 1")


def test_the_day_and_the_way_of_receipt_are_stamped_and_not_told_by_the_applicant(database: Database) -> None:
    case = Opened(database, {"applicant_name": "Ms A"}, from_public=True)
    stamped = {name: (row.source, row.recorded_by) for name, row in case.facts().items() if name != "access_code"}
    assert stamped == {
        "application_date": ("stamped on receipt", "the system"),
        "application_channel": ("stamped on receipt", "the system"),
        "applicant_name": ("application", "the applicant"),
    }
    assert (case.value("application_date"), case.value("application_channel")) == (date(2026, 3, 2), "online")
    received = case.record()[0].content
    assert received["stamped"] == ["application_date", "application_channel"]
    assert received["answers"]["application_date"] == "2026-03-02"


def test_what_was_stamped_cannot_be_corrected_and_the_sentence_says_why(database: Database) -> None:
    case = Opened(database, {"applicant_name": "Ms A"}, from_public=True)
    for name, value in (("application_date", "2026-02-01"), ("application_channel", "phone")):
        with pytest.raises(BadInputError, match="stamped when the application was received, on 2 March 2026 at 10:15"):
            case.correct(name, value)
    assert case.value("application_date") == date(2026, 3, 2)
    case.correct("applicant_name", "Ms B")
    assert case.value("applicant_name") == "Ms B"


def test_the_public_cannot_say_itself_when_and_how_its_application_came(database: Database) -> None:
    with pytest.raises(FormAnswersError, match="stamped on receipt"):
        Opened(database, {"application_date": "2020-01-01"}, from_public=True)


def test_what_staff_enter_has_its_own_day_and_way_and_a_correction_leaves_what_was_entered(database: Database) -> None:
    case = Opened(database, BY_PHONE, from_public=False)
    assert (case.value("application_date"), case.value("application_channel")) == (date(2026, 2, 27), "phone")
    case.correct("application_date", "2026-02-26")
    assert case.value("application_date") == date(2026, 2, 26)
    first, last = case.record()[0].content, case.record()[-1].content
    assert first["answers"]["application_date"] == "2026-02-27"
    assert "stamped" not in first
    assert (last["was"], last["now"]) == ("2026-02-27", "2026-02-26")


def test_the_public_cannot_apply_where_there_is_no_form(database: Database) -> None:
    bare = variant_of(process('<bpmn:startEvent id="begin"/>' + user("decide") + chain_of("begin", "decide")))
    with pytest.raises(BadInputError, match="no form that the public could fill in"):
        open_case(office_on(database), bare, {}, by="the applicant", from_public=True)


@pytest.mark.parametrize("from_public", [True, False])
def test_every_case_has_a_code_that_is_in_no_entry_of_the_record(database: Database, from_public: bool) -> None:
    case = Opened(database, {} if from_public else BY_PHONE, from_public=from_public)
    code = case.value("access_code")
    assert re.fullmatch(f"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code)
    assert code not in str([entry.content for entry in case.record()])
    with pytest.raises(BadInputError, match="code was made when"):
        case.correct("access_code", "AAAA-AAAA-AAAA")


def test_codes_differ_and_have_at_least_fifty_bits() -> None:
    assert len(ALPHABET) ** 12 > 2**50
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert len({new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["K7QM-3XTR-9WPD", "k7qm3xtr9wpd", " K7QM 3XTR 9WPD ", "K7QM–3XTR–9WPD"])
def test_a_code_is_recognised_however_it_is_typed(typed: str) -> None:
    assert is_same_code("K7QM-3XTR-9WPD", typed)


@pytest.mark.parametrize("typed", ["", "K7QM-3XTR-9WPE", "K7QM-3XTR", "K7QM-3XTR-9WPDD", "Ä" * 1000])
def test_any_other_is_not(typed: str) -> None:
    assert not is_same_code("K7QM-3XTR-9WPD", typed)


def test_a_figure_or_a_rule_may_read_the_code_from_the_first_step(database: Database) -> None:
    letter = (
        '<bpmn:startEvent id="begin"/><bpmn:scriptTask id="read" name="read"><bpmn:extensionElements>'
        '<zeebe:script expression="=access_code != null" resultVariable="is_there"/><zeebe:ioMapping>'
        '<zeebe:output source="=is_there" target="has_code"/></zeebe:ioMapping></bpmn:extensionElements>'
        "</bpmn:scriptTask>" + user("decide") + chain_of("begin", "read", "decide")
    )
    variant = variant_of(process(letter), files={"variant.toml": SETTINGS.encode()})
    office = office_on(database)
    reference = open_case(office, variant, {}, by="the applicant")
    with database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        (row,) = facts.history(connection, case_id, "has_code")
    assert feel.load(row.value) is True
