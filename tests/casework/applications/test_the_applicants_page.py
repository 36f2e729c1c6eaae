"""With the reference and the code an applicant sees where the case is, and nothing that is not told to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine import feel
from engine.casework.applications.applicant import ApplicantView, StageState, case_for_applicant
from engine.casework.cases.messages import send_message
from engine.casework.tasks.deadlines import suspend_deadline
from engine.errors import AccessRefusedError
from engine.handler import Channel, HandlerContext, HandlerResult, WrittenLetter, handler
from engine.model import CASE, CaseStatus
from engine.store import Database, facts
from tests.casework.builders import SETTINGS, Play, chain_of, job, process, user, variant_of
from tests.casework.tasks.test_deadlines import LIMITS

MORE = """
[contact]
service = "Community Safety"
phone = "020 7946 0123"
email = "cases@council.example"
[applicant]
contact = "csio_name"
letters_to = ["applicant_name"]
[copies.victim]
leaves_out = 'told_to_victim = "no"'
letters_to = ["applicant_name", "victim_name"]
"""


def told(words: str, due: str = "") -> str:
    schedule = f'<zeebe:taskSchedule dueDate="={due}"/>' if due else ""
    return f'{schedule}<zeebe:properties><zeebe:property name="told_to_applicant" value="{words}"/></zeebe:properties>'


ACTION = process(
    '<bpmn:startEvent id="a_begin"/>'
    + user("act", more=told("The agreed actions are carried out", "due_on"))
    + '<bpmn:endEvent id="a_done"/>'
    + chain_of("a_begin", "act", "a_done"),
    id="action",
)
CALL = (
    '<bpmn:callActivity id="follow" name="follow"><bpmn:extensionElements>'
    '<zeebe:calledElement processId="action" propagateAllChildVariables="false"/></bpmn:extensionElements>'
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=actions" inputElement="each"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>"
)
BODY = (
    '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"><bpmn:extensionElements><zeebe:properties>'
    '<zeebe:property name="closes_as" value="Review completed"/></zeebe:properties></bpmn:extensionElements>'
    "</bpmn:endEvent>"
    + user("acknowledge", more=told("We acknowledge your application", "date(&quot;2026-03-04&quot;)"))
    + job("tell", handler="tell")
    + user("suspect")
    + user("decide", more=told("We  decide", "due(&quot;decide&quot;)"))
    + CALL
    + chain_of("begin", "acknowledge", "tell", "suspect", "decide", "follow", "done")
)
VARIANT = variant_of(
    process(BODY), ACTION, files={"variant.toml": (SETTINGS + MORE).encode(), "time_limits.dmn": LIMITS}
)
ANSWERS = {"applicant_name": "Ms A", "victim_name": "Mr B"}


@handler(name="tell", title="Tell", ports=(), inputs=())
def tell(context: HandlerContext) -> HandlerResult:
    """Letters to the applicant, to the victim and to an agency."""
    return HandlerResult(letters=tuple(letter(to) for to in ("Ms A", "Mr B", "The police")))


def letter(recipient: str) -> WrittenLetter:
    return WrittenLetter(
        letter_id="CT1", title=f"To {recipient}", recipient=recipient, address="", channel=Channel.POST,
        text=f"Dear {recipient}", pdf=b"%PDF",
    )  # fmt: skip


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT, handlers=(tell,), answers=ANSWERS)


def code_of(play: Play) -> str:
    case_id = play.case().case_id
    with play.office.database.read() as connection:
        known = {row.name: feel.load(row.value) for row in facts.current_facts(connection, case_id, CASE)}
    return str(known["access_code"])


def seen(play: Play, **typed: Any) -> ApplicantView:
    given = {"council_id": "test_council", "reference": play.reference, "code": code_of(play), **typed}
    return case_for_applicant(play.office, **given)


def stages(view: ApplicantView) -> list[tuple[str, str, date | None]]:
    return [(stage.words, stage.state, stage.done_on or stage.due_on) for stage in view.stages]


def test_the_applicant_sees_what_is_done_and_what_comes_next_with_its_day(play: Play) -> None:
    received = ("We received your application", "done", date(2026, 3, 2))
    assert stages(seen(play)) == [received, ("We acknowledge your application", "now", date(2026, 3, 4))]
    play.wait(days=1)
    play.complete("acknowledge", {"csio_name": "Officer 1"})
    acknowledged = ("We acknowledge your application", "done", date(2026, 3, 3))
    assert stages(seen(play)) == [received, acknowledged]  # of what is suspected nothing is told
    play.complete("suspect")
    view = seen(play)
    assert stages(view) == [received, acknowledged, ("We decide", "now", date(2026, 3, 22))]
    assert [stage.words for stage in view.now] == ["We decide"]
    assert (view.status, view.closed_on, view.opened_on) == (CaseStatus.OPEN, None, date(2026, 3, 2))


def test_a_day_is_a_promise_until_it_has_passed_and_late_from_the_next(play: Play) -> None:
    play.wait(days=2)
    assert [(stage.due_on, stage.is_late) for stage in seen(play).now] == [(date(2026, 3, 4), False)]
    play.wait(days=1)
    assert [(stage.due_on, stage.is_late) for stage in seen(play).now] == [(date(2026, 3, 4), True)]
    play.complete("acknowledge")
    assert [stage.is_late for stage in seen(play).stages] == [False, False]


def test_a_suspended_deadline_is_not_promised(play: Play) -> None:
    play.complete("acknowledge")
    play.complete("suspect")
    suspend_deadline(play.office, play.task_id("decide"), reason="They are away.", by="Officer 1")
    (stage,) = seen(play).now
    assert stage.due_on is None


def test_several_tasks_told_in_the_same_words_are_one_stage_and_those_kept_from_the_victim_none(play: Play) -> None:
    play.complete("acknowledge")
    play.complete("suspect")
    play.complete(
        "decide",
        {
            "actions": [
                {"due_on": "2026-04-01", "told_to_victim": "yes"},
                {"due_on": "2026-04-10", "told_to_victim": "yes"},
                {"due_on": "2026-05-01", "told_to_victim": "no"},
            ]
        },
    )
    words = "The agreed actions are carried out"
    assert stages(seen(play))[-1] == (words, StageState.NOW, date(2026, 4, 10))
    play.complete("act", item="actions-2")
    assert stages(seen(play))[-1] == (words, StageState.NOW, date(2026, 4, 1))
    play.complete("act", item="actions-1")
    assert stages(seen(play))[-1] == (words, StageState.DONE, date(2026, 3, 2))
    play.complete("act", item="actions-3")
    view = seen(play)
    assert (view.status, view.closed_on, view.closed_as) == (CaseStatus.CLOSED, date(2026, 3, 2), "Review completed")


def test_the_contact_is_who_deals_with_the_case_at_the_council(play: Play) -> None:
    assert (seen(play).contact.name, seen(play).contact.phone) == ("", "020 7946 0123")
    play.complete("acknowledge", {"csio_name": "Officer 1"})
    contact = seen(play).contact
    assert (contact.name, contact.service, contact.email) == ("Officer 1", "Community Safety", "cases@council.example")


def test_only_letters_to_the_applicant_are_shown(play: Play) -> None:
    play.complete("acknowledge")
    view = seen(play)
    assert [each.title for each in view.letters] == ["To Ms A"]
    assert view.letter(view.letters[0].number) == view.letters[0]
    assert [view.letter(number) for number in range(60) if number != view.letters[0].number] == [None] * 59


def test_where_the_variant_does_not_say_the_letters_of_the_victims_copy_are_shown(database: Database) -> None:
    settings = (SETTINGS + MORE).replace('contact = "csio_name"\nletters_to = ["applicant_name"]\n', "")
    files = {**VARIANT.files, "variant.toml": settings.encode()}
    play = Play(database, variant_of(process(BODY), ACTION, files=files), handlers=(tell,), answers=ANSWERS)
    play.complete("acknowledge")
    assert sorted(each.title for each in seen(play).letters) == ["To Mr B", "To Ms A"]


def test_the_reference_and_the_code_are_taken_however_they_are_typed(play: Play) -> None:
    typed = seen(play, reference=f" {play.reference.lower()} ", code=code_of(play).lower().replace("-", " "))
    assert typed.reference == play.reference


@pytest.mark.parametrize(
    "typed",
    [
        {"code": "AAAA-AAAA-AAAA"},
        {"code": ""},
        {"reference": "T-2026-9999"},
        {"reference": ""},
        {"reference": "T-2026-0001\x00' or 1=1"},
        {"reference": "x" * 10_000},
        {"council_id": "another_council"},
    ],
)
def test_whatever_does_not_belong_together_is_refused_in_the_same_words(play: Play, typed: dict[str, str]) -> None:
    with pytest.raises(AccessRefusedError) as raised:
        seen(play, **typed)
    assert str(raised.value) == str(AccessRefusedError())


def test_another_case_s_code_opens_nothing(play: Play) -> None:
    other = Play(play.office.database, VARIANT, handlers=(tell,), answers=ANSWERS)
    with pytest.raises(AccessRefusedError):
        seen(play, code=code_of(other))


def test_a_case_without_a_code_is_not_opened_by_none(play: Play) -> None:
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        connection.execute(facts.facts.delete().where(facts.facts.c.case_id == case_id))
    for code in ("", "None", "null"):
        with pytest.raises(AccessRefusedError):
            case_for_applicant(play.office, "test_council", play.reference, code)


COMPLAINT = process(
    '<bpmn:startEvent id="told"><bpmn:extensionElements><zeebe:properties><zeebe:property name="item" value="asked"/>'
    "</zeebe:properties></bpmn:extensionElements>"
    '<bpmn:messageEventDefinition id="told_m" messageRef="message_ask"/></bpmn:startEvent>'
    + user("answer", more=told("We answer you"))
    + '<bpmn:endEvent id="answered"/>'
    + chain_of("told", "answer", "answered"),
    id="asking",
)


def test_each_of_several_items_of_one_kind_is_told_by_its_name(database: Database) -> None:
    settings = (SETTINGS + MORE).replace("[items]\n", '[items]\nasked = "question"\n')
    variant = variant_of(
        process(BODY), ACTION, COMPLAINT, definitions='<bpmn:message id="message_ask" name="ask"/>',
        files={"variant.toml": settings.encode(), "time_limits.dmn": LIMITS},
    )  # fmt: skip
    play = Play(database, variant, handlers=(tell,), answers=ANSWERS)
    send_message(play.office, play.reference, "ask", {}, by="Officer 1")
    assert ("We answer you", "now", None) in stages(seen(play))
    play.wait(days=1)
    send_message(play.office, play.reference, "ask", {}, by="Officer 1")
    play.complete("answer", {}, item="asked-1")
    told_now = [(words, state) for words, state, _ in stages(seen(play)) if words.startswith("We answer")]
    assert sorted(told_now) == [
        ("We answer you (question of 2 March 2026)", "done"),
        ("We answer you (question of 3 March 2026)", "now"),
    ]
