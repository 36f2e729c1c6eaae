from __future__ import annotations

import pytest

from engine.check.rules.properties import RULE
from tests.check.builders import Drawing, about, alone, folder, plain, together

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
_MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'


def _task(**properties: str) -> Drawing:
    drawing = Drawing().start(form="application").user("check", form="application", properties=properties).end()
    return drawing.flow("received", "check", "closed")


def test_properties_where_they_mean_something_are_left_alone() -> None:
    drawing = _task(clause="X1", not_same_person_as="decide", happened_on="application_date").message("m", "withdraw")
    drawing.boundary("late", "check", _TIMER, interrupts=False, properties={"rung": "1"}).end("reminded")
    more = {"form": "application", "told_by": "officers", "allowed_when": "=true", "refused_because": "Not now."}
    drawing.boundary("withdrawn", "check", _MESSAGE, properties=more).end("gone", properties={"closes_as": "Withdrawn"})
    drawing.flow("late", "reminded").flow("withdrawn", "gone")
    assert together(RULE, folder(drawing)) == []


@pytest.mark.parametrize("name", ["claus", "not_same_person", "hapened_on"])
def test_a_misspelt_property_is_refused_with_what_was_meant(name: str) -> None:
    (finding,) = alone(RULE, _task(**{name: "x"}))
    assert about([finding]) == [("check", "error")]
    assert "meant?" in finding.sentence


def test_a_property_that_nothing_reads_is_pointed_out() -> None:
    assert about(alone(RULE, _task(colour="red"))) == [("check", "warning")]


def test_a_start_event_that_begins_one_at_a_time_says_true_and_may_say_why() -> None:
    def drawn(said: str) -> Drawing:
        only = {"one_at_a_time": said, "refused_because": "No."}
        return Drawing().message("m", "appeal").start(inner=_MESSAGE, properties=only)

    assert alone(RULE, drawn("true").end().flow("received", "closed")) == []
    (finding,) = alone(RULE, drawn("yes").end().flow("received", "closed"))
    assert "Write true" in finding.sentence


@pytest.mark.parametrize("name", ["form", "told_by", "allowed_when", "one_at_a_time", "rung", "closes_as"])
def test_a_property_in_the_wrong_place_is_refused(name: str) -> None:
    (finding,) = alone(RULE, _task(**{name: "x"}))
    assert about([finding]) == [("check", "error")]
    assert "only on" in finding.sentence


def test_a_rung_is_a_number() -> None:
    drawing = _task().boundary("late", "check", _TIMER, interrupts=False, properties={"rung": "first"})
    assert about(alone(RULE, drawing)) == [("late", "error")]


def test_the_day_something_happened_is_asked_for_by_the_form() -> None:
    (finding,) = together(RULE, folder(_task(happened_on="told_on")))
    assert about([finding]) == [("check", "error")]
    assert "“told_on”" in finding.sentence


@pytest.mark.parametrize("name", ["applicant_nam", "reprts.applicant_name", "reports.aplicant_name"])
def test_what_stands_beside_a_task_is_known(name: str) -> None:
    assert together(RULE, folder(_task(beside="applicant_name, reports, reports.applicant_name"))) == []
    (finding,) = together(RULE, folder(_task(beside=name)))
    assert about([finding]) == [("check", "error")]
    assert "beside it" in finding.sentence


def test_a_task_shows_what_is_known_and_tells_the_applicant_a_sentence() -> None:
    shows = "applicant_name, application_date (The day of the application),reports"
    assert together(RULE, folder(_task(shows=shows, told_to_applicant="We look at your case."))) == []


@pytest.mark.parametrize(
    ("shows", "said"),
    [("applicant_nam", "“applicant_name” meant"), ("the reports", "no name of a fact"), ("reports (a (b))", "no name")],
)
def test_what_a_task_shows_must_be_known(shows: str, said: str) -> None:
    (finding,) = together(RULE, folder(_task(shows=shows)))
    assert about([finding]) == [("check", "error")]
    assert said in finding.sentence


@pytest.mark.parametrize("words", [" ", "=applicant_name"])
def test_what_the_applicant_is_told_is_a_sentence(words: str) -> None:
    assert about(alone(RULE, _task(told_to_applicant=words))) == [("check", "error")]


@pytest.mark.parametrize("name", ["shows", "told_to_applicant"])
def test_only_a_user_task_shows_facts_and_is_told_to_the_applicant(name: str) -> None:
    drawing = Drawing().start(form="application", properties={name: "application_date"}).user("check").end()
    assert about(alone(RULE, drawing.flow("received", "check", "closed"))) == [("received", "error")]


def test_an_item_is_made_in_a_collection_that_there_is_by_a_message_start() -> None:
    def appeal(collection: str, **more: str) -> Drawing:
        drawing = Drawing("appeal").message("m", "appeal")
        drawing.start(inner=_MESSAGE, properties={"item": collection, **more}).user("hear").end()
        return drawing.flow("received", "hear", "closed")

    main = _task(clause="X1")
    assert together(RULE, folder(main, appeal("reports"))) == []
    (finding,) = together(RULE, folder(main, appeal("report")))
    assert "Is “reports” meant?" in finding.sentence
    (finding,) = alone(RULE, _task(item="reports"))
    assert "only on a message start event" in finding.sentence


@pytest.mark.parametrize(("name", "severities"), [("due_date", []), ("due_dat", ["error"]), ("rung", ["warning"])])
def test_a_process_may_have_a_due_date_and_no_property_that_nothing_reads(name: str, severities: list[str]) -> None:
    drawing = plain()
    drawing.raw = (
        f'<bpmn:extensionElements><zeebe:properties><zeebe:property name="{name}" value="=today()"/>'
        "</zeebe:properties></bpmn:extensionElements>"
    )
    assert about(alone(RULE, drawing)) == [("main", severity) for severity in severities]


def test_a_user_task_has_its_due_date_elsewhere() -> None:
    assert about(alone(RULE, _task(due_date="=today()"))) == [("check", "error")]
