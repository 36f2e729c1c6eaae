"""Calling a service: what it is asked, what becomes of its answer, and that looking ahead calls nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office, ports_of
from engine.casework.background.jobs import RETRY
from engine.casework.rehearsal import what_follows
from engine.check import check_variant
from engine.errors import HandlerInputError, ServiceError
from engine.handler import (
    HTTP,
    BusinessFault,
    Effect,
    HandlerContext,
    HandlerResult,
    Method,
    ServiceAnswer,
    ServiceRequest,
)
from engine.model import CASE
from engine.scenarios import play as play_scenario
from engine.scenarios import read_scenario
from engine.settings import Settings
from engine.store import Database, facts
from handlers import HANDLERS
from handlers.call_service import SERVICE_REFUSED, call_service
from tests.casework.builders import Play
from tests.check.builders import Drawing, folder, form
from tests.ports.server import Answering, saying, serving


class Answers:
    """Services that answer as they are told and keep what they were asked."""

    def __init__(self, answer: ServiceAnswer) -> None:
        self.answer = answer
        self.asked: list[tuple[ServiceRequest, str]] = []

    def call(self, request: ServiceRequest, *, once_key: str) -> ServiceAnswer:
        self.asked.append((request, once_key))
        return self.answer


def call(answer: ServiceAnswer | None = None, **inputs: Any) -> tuple[HandlerResult | BusinessFault, Answers]:
    services = Answers(answer or ServiceAnswer(status=200, body={"reference": "R-1"}))
    context = HandlerContext(
        case_reference="S-1",
        council_id="somewhere",
        once_key="somewhere/S-1/4",
        number=4,
        inputs={"service": "register", "method": "POST", **inputs},
        headers={},
        values={},
        now=datetime(2026, 3, 2, tzinfo=UTC),
        ports={HTTP: services},
    )
    return call_service.run(context), services


def test_the_service_is_asked_what_the_element_says_and_its_answer_comes_back() -> None:
    result, services = call(path=" people ", query={"ward": "North"}, body={"name": "Ann"}, answer_has="reference")
    assert isinstance(result, HandlerResult)
    assert result.outputs == {"status": 200, "answer": {"reference": "R-1"}}
    assert result.note == "register, POST people answered 200."
    ((request, once_key),) = services.asked
    assert (request.method, request.path, request.query, request.body) == (
        Method.POST, "people", {"ward": "North"}, {"name": "Ann"},
    )  # fmt: skip
    assert once_key == "somewhere/S-1/4"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "There is no\nsuch person."}, "was refused (404): There is no such person."),
        ({"message": "a" * 300}, f"was refused (404): {'a' * 200}"),
        (["no"], "was refused (404)."),
        (None, "was refused (404)."),
    ],
)
def test_a_refusal_is_a_business_fault_that_says_why(body: Any, words: str) -> None:
    fault, _ = call(ServiceAnswer(status=404, body=body), path="people/12")
    assert fault == BusinessFault(code=SERVICE_REFUSED, message=f"register, POST people/12 {words}")


def test_an_answer_that_lacks_what_it_must_have_is_not_used() -> None:
    for body in ({"other": 1}, {"reference": None}, None, ["reference"]):
        with pytest.raises(ServiceError, match="has no reference, on"):
            call(ServiceAnswer(status=200, body=body), answer_has="reference, on,")


def test_what_is_supposed_is_handed_on_for_rehearsals() -> None:
    for supposed, expected in (
        (None, ServiceAnswer(status=200)),
        ({"answer": {"a": 1}}, ServiceAnswer(status=200, body={"a": 1})),
        ({"status": 404}, ServiceAnswer(status=404)),
    ):
        _, services = call(supposed=supposed)
        assert services.asked[0][0].supposed == expected
    with pytest.raises(ServiceError, match="supposed as a status"):
        call(supposed={"status": "fine"})


@pytest.mark.parametrize(
    "inputs",
    [{"service": ""}, {"method": "BREW"}, {"method": None}, {"query": "a=b"}, {"supposed": ["R-1"]}, {"url": "x"}],
)
def test_inputs_that_cannot_be_used_are_refused_before_anything_is_called(inputs: dict[str, Any]) -> None:
    with pytest.raises(HandlerInputError, match="call-service cannot start"):
        call(**inputs)


# --- through an office, with a real server ---


def drawing() -> Drawing:
    """A person decides, the register is told; where it refuses, a person looks into it."""
    drawn = Drawing().start(form="application").user("decide", form="decision")
    drawn.send(
        "tell_register", handler="call-service", tag="serviceTask",
        inputs={
            "service": "register", "method": "POST", "path": "cases", "body": "={name: applicant_name}",
            "answer_has": "reference",
            "supposed": '=if applicant_name = "Nobody" then {status: 404} else {answer: {reference: "R-0"}}',
        },
        outputs={"register_reference": "=answer.reference"},
    )  # fmt: skip
    drawn.boundary("refused", "tell_register", '<bpmn:errorEventDefinition id="ed" errorRef="error_refused"/>')
    drawn.message("error_refused", SERVICE_REFUSED, "error", f'errorCode="{SERVICE_REFUSED}"')
    drawn.user("look_into_it", form="decision").end().end("given_up", name="Given up")
    return drawn.flow("received", "decide", "tell_register", "closed").flow("refused", "look_into_it", "given_up")


QUESTION = {"type": "textfield", "key": "remark", "label": "Remark", "id": "f9"}
VARIANT = folder(drawing(), forms__decision_form=form("decision", QUESTION))
APPLICATION = {"applicant_name": "Ann", "application_date": "2026-03-01"}


@pytest.fixture
def at() -> Iterator[Answering]:
    with serving(saying(200, {"reference": "R-7"})) as at:
        yield at


def office_play(database: Database, at: Answering) -> Play:
    settings = Settings.from_environment({"ASB_SERVICES": f"register={at.origin}/api"})
    return Play(database, VARIANT, handlers=(call_service,), ports=ports_of(settings), answers=APPLICATION)


def jobs_told(play: Play, kind: str) -> list[dict[str, Any]]:
    return [content for each, content in play.record() if each == kind]


def test_the_check_finds_nothing_wrong_with_it() -> None:
    assert [
        str(each) for each in check_variant(VARIANT, handlers=HANDLERS) if each.rule in ("handlers", "mappings")
    ] == []
    without = Drawing().start().send("tell", handler="call-service", inputs={"service": "register"}).end()
    (finding,) = [
        each
        for each in check_variant(folder(without.flow("received", "tell", "closed")), handlers=HANDLERS)
        if each.rule == "handlers"
    ]
    assert "“What is wanted of it” is missing" in finding.sentence


def test_the_register_is_told_once_and_its_reference_is_a_fact(database: Database, at: Answering) -> None:
    play = office_play(database, at)
    play.complete("decide", {"remark": "go"})
    assert play.case().status == "closed"
    ((asked),) = at.asked
    assert (asked.method, asked.target, asked.body) == ("POST", "/api/cases", {"name": "Ann"})
    (done,) = jobs_told(play, "job done")
    assert done["note"] == "register, POST cases answered 200."
    with database.read() as connection:
        known = {fact.name: fact.value for fact in facts.current_facts(connection, play.case().case_id, CASE)}
    assert known["register_reference"] == '"R-7"'


def test_a_call_that_failed_is_tried_again_under_the_same_key(database: Database) -> None:
    with serving(saying(503), saying(200, {"reference": "R-7"})) as at:
        play = office_play(database, at)
        play.complete("decide", {"remark": "go"})
        assert play.case().status == "open"
        assert "answered 503" in jobs_told(play, "job failed")[0]["error"]
        play.wait(seconds=RETRY.first_wait.total_seconds())
        assert play.case().status == "closed"
    keys = [asked.headers["Idempotency-Key"] for asked in at.asked]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_refusal_takes_the_way_that_is_drawn_for_it(database: Database) -> None:
    with serving(saying(409, {"detail": "It has it already."})) as at:
        play = office_play(database, at)
        play.complete("decide", {"remark": "go"})
    assert play.open() == ["look_into_it"]
    (fault,) = jobs_told(play, "business fault")
    assert fault["message"] == "register, POST cases was refused (409): It has it already."


def test_an_answer_that_cannot_be_used_waits_for_a_person(database: Database) -> None:
    with serving(saying(200, {"other": 1})) as at:
        play = office_play(database, at)
        play.complete("decide", {"remark": "go"})
    assert ["has no reference" in content["message"] for content in jobs_told(play, "incident")] == [True]
    assert len(at.asked) == 1


def test_a_preview_calls_nothing_and_tells_what_would_be_asked(database: Database, at: Answering) -> None:
    play = office_play(database, at)
    found = what_follows(play.office, play.task_id("decide"), {"remark": "go"}, by="Officer 1")
    assert [effect.sentence for effect in found.effects] == ["The service “register” is called: POST cases."]
    assert '"name": "Ann"' in found.effects[0].details
    assert found.closes
    assert at.asked == []
    elsewhere = replace(play.office, ports=ports_of(Settings.from_environment({})))
    (incident,) = what_follows(elsewhere, play.task_id("decide"), {"remark": "go"}, by="Officer 1").incidents
    assert "lists no service “register”" in incident.message


SCENARIO = """
title = "The register is told"
[application]
at = 2026-03-02T10:15:00
[application.answers]
applicant_name = "{name}"
application_date = 2026-03-01
[[step]]
at = 2026-03-03T09:00:00
by = "Officer 1"
task = "decide"
answers.remark = "go"
[step.then]
"""


@pytest.mark.parametrize(
    ("name", "then"),
    [
        ("Ann", 'status = "closed"\nfacts.register_reference = "R-0"'),
        ("Nobody", 'tasks = ["look_into_it"]\nstatus = "open"'),
    ],
)
def test_a_worked_example_goes_on_with_what_is_supposed_and_calls_nothing(name: str, then: str, at: Answering) -> None:
    noted: list[Effect] = []
    scenario = read_scenario((SCENARIO.format(name=name) + then).encode(), file="scenarios/told.toml")
    assert play_scenario(scenario, VARIANT, build_simulation_office(note=noted.append)).misses == ()
    assert [effect.port for effect in noted] == ["http"]
    assert at.asked == []
