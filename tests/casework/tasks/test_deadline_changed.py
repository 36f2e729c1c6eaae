"""When the deadline of a task or time frame changes, the diagram can hear it: what was, what is, why, and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.casework.background.recalculation import recalculate_deadlines
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message, what_could_be_told
from engine.casework.tasks.deadlines import extend_deadline, resume_deadline, suspend_deadline, take_back_extension
from engine.errors import NobodyWaitsError
from engine.model import CASE, Subject
from engine.store import Database
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, process, user, variant_of
from tests.casework.cases.test_corrections import known
from tests.casework.tasks.test_deadlines import LIMITS
from tests.casework.tasks.test_frames import DUE_ON, FRAME, FROM_A_DAY, LATER, days, frame_id

ON_TASK = '<zeebe:taskSchedule dueDate="=due(&quot;decide&quot;)"/>'
MESSAGE = '<bpmn:message id="message_changed" name="deadline_changed"/>'
ITEMS = SETTINGS.replace('reports = "report"', 'reports = "report"\nchanges = "change"')


def hears(id: str, *, on: str, properties: str = "") -> str:
    """A boundary event that hears it, and what follows."""
    more = f"<bpmn:extensionElements><zeebe:properties>{properties}</zeebe:properties></bpmn:extensionElements>"
    return (
        f'<bpmn:boundaryEvent id="{id}" name="{id}" attachedToRef="{on}" cancelActivity="false">{more}'
        f'<bpmn:messageEventDefinition id="{id}_message" messageRef="message_changed"/></bpmn:boundaryEvent>'
        + user(f"{id}_told") + f'<bpmn:endEvent id="{id}_over"/>' + chain_of(id, f"{id}_told", f"{id}_over")
    )  # fmt: skip


def part(*, inside: str = "", properties: str = "") -> str:
    frame = FRAME.replace("</zeebe:properties>", f"{properties}</zeebe:properties>")
    return (
        f'<bpmn:subProcess id="part" name="The part">{frame}<bpmn:startEvent id="begins"/>'
        + user("first", more=ON_TASK) + '<bpmn:endEvent id="over"/>' + chain_of("begins", "first", "over") + inside
        + "</bpmn:subProcess>"
    )  # fmt: skip


def main(body: str, more: str = "") -> str:
    return process(
        '<bpmn:startEvent id="begin"/>' + body + '<bpmn:endEvent id="done"/>' + chain_of("begin", "part", "done") + more
    )


def begun_by_it(properties: str = "") -> str:
    """A process that begins with it."""
    return process(
        '<bpmn:startEvent id="begun" name="Begun"><bpmn:extensionElements><zeebe:properties>'
        f'<zeebe:property name="item" value="changes"/>{properties}</zeebe:properties></bpmn:extensionElements>'
        '<bpmn:messageEventDefinition id="begun_message" messageRef="message_changed"/></bpmn:startEvent>'
        + user("word") + '<bpmn:endEvent id="worded"/>' + chain_of("begun", "word", "worded"),
        id="timescale",
    )  # fmt: skip


def variant(*processes: str, limits: bytes = LIMITS, settings: str = "") -> Variant:
    files = {"time_limits.dmn": limits, "variant.toml": (ITEMS + settings).encode()}
    return variant_of(*processes, definitions=MESSAGE, files=files)


def extend(play: Play, until: date = LATER) -> None:
    extend_deadline(play.office, frame_id(play), until=until, reason="an agency is late", by="Officer 1")


def told(play: Play, subject: Subject = CASE) -> dict[str, Any]:
    names = ("of", "limit", "was", "is", "reason", "changed_by", "told_as")
    return {name: known(play, f"deadline_{name}", subject) for name in names}


def test_the_boundary_event_of_a_frame_hears_that_it_was_extended_and_why(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part"))))
    extend(play)
    assert play.open() == ["changed_told", "first"]
    assert told(play) == {
        "of": "The part", "limit": "decide", "was": DUE_ON, "is": LATER, "reason": "an agency is late",
        "changed_by": "Officer 1", "told_as": None,
    }  # fmt: skip


def test_it_is_heard_each_time_and_the_first_promise_stays_on_record(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part"))))
    extend(play)
    take_back_extension(play.office, frame_id(play), reason="it has answered", by="Officer 1")
    assert play.open() == ["changed_told", "changed_told", "first"]
    assert (told(play)["was"], told(play)["is"]) == (LATER, DUE_ON)
    assert [c["due_on"] for kind, c in play.record() if kind == "time frame due"] == [DUE_ON.isoformat()]


def test_of_a_task_its_own_edge_hears_it_before_that_of_the_frame(database: Database) -> None:
    inside = hears("near", on="first")
    play = Play(database, variant(main(part(inside=inside), hears("changed", on="part"))))
    extend_deadline(play.office, play.task_id("first"), until=LATER, reason="illness", by="Officer 1")
    assert play.open() == ["first", "near_told"]
    extend(play)
    assert play.open() == ["changed_told", "first", "near_told"]


def test_without_an_event_on_its_edge_the_frame_around_a_task_hears_it(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part"))))
    extend_deadline(play.office, play.task_id("first"), until=LATER, reason="illness", by="Officer 1")
    assert (play.open(), told(play)["of"]) == (["changed_told", "first"], "first")


def test_a_process_begins_with_it_and_has_an_item_of_its_own(database: Database) -> None:
    play = Play(database, variant(main(part()), begun_by_it()))
    extend(play)
    assert play.open() == ["first", "word:changes-1"]
    assert told(play, Subject.of_item("changes-1"))["is"] == LATER
    extend(play, date(2026, 4, 20))
    assert play.open() == ["first", "word:changes-1", "word:changes-2"]


def test_the_diagram_decides_which_changes_count(database: Database) -> None:
    only_told = '<zeebe:property name="allowed_when" value="=deadline_told_as != null"/>'
    play = Play(database, variant(main(part()), begun_by_it(only_told)))
    extend(play)
    assert play.open() == ["first"]
    promised = '<zeebe:property name="told_to_applicant" value="Your review"/>'
    play = Play(database, variant(main(part(properties=promised)), begun_by_it(only_told)))
    extend(play)
    assert play.open() == ["first", "word:changes-1"]
    assert told(play, Subject.of_item("changes-1"))["told_as"] == "Your review"


def test_what_an_interrupting_event_has_ended_tells_no_more(database: Database) -> None:
    ended = hears("changed", on="part").replace('cancelActivity="false"', "")
    play = Play(database, variant(main(part(), ended), limits=FROM_A_DAY), answers={"told_on": "2026-03-02"})
    correct_fact(play.office, play.reference, "told_on", "2026-03-09", reason="a slip", by="Officer 1")
    assert play.open() == ["changed_told"]  # the task inside is gone, and its own change with it


def test_a_condition_that_cannot_be_worked_out_waits_for_a_person(database: Database) -> None:
    wrong = '<zeebe:property name="allowed_when" value="=due(&quot;nothing&quot;) = null"/>'
    play = Play(database, variant(main(part()), begun_by_it(wrong)))
    extend(play)
    assert play.open() == ["first"]
    assert [kind for kind, _ in play.record() if kind == "incident"] == ["incident"]


def test_where_nobody_listens_nothing_happens(database: Database) -> None:
    play = Play(database, variant(main(part())))
    extend(play)
    assert play.open() == ["first"]
    assert [kind for kind, _ in play.record() if kind in ("incident", "message delivered")] == []


def test_a_clock_that_stands_still_and_goes_on_is_heard(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part"))))
    suspend_deadline(play.office, frame_id(play), reason="a trial", by="Officer 1")
    assert (told(play)["was"], told(play)["is"]) == (DUE_ON, None)
    resume_deadline(play.office, frame_id(play), until=LATER, reason="it is over", by="Officer 1")
    assert (told(play)["was"], told(play)["is"]) == (DUE_ON, LATER)


def test_that_a_clock_goes_on_is_heard_though_the_day_is_the_same(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part"))))
    suspend_deadline(play.office, frame_id(play), reason="a trial", by="Officer 1")
    resume_deadline(play.office, frame_id(play), until=DUE_ON, reason="it is off", by="Officer 1")
    assert play.open() == ["changed_told", "changed_told", "first"]
    assert (told(play)["was"], told(play)["is"], told(play)["reason"]) == (DUE_ON, DUE_ON, "it is off")


@pytest.mark.parametrize("start", ["2026-03-09", "2026-02-20"])
def test_a_start_that_is_put_right_while_the_clock_stands_still_is_no_news(database: Database, start: str) -> None:
    body = main(part(), hears("changed", on="part"))
    play = Play(database, variant(body, limits=FROM_A_DAY), answers={"told_on": "2026-03-02"})
    for task in (frame_id(play), play.task_id("first")):
        suspend_deadline(play.office, task, reason="a trial", by="Officer 1")
    heard = play.open()
    correct_fact(play.office, play.reference, "told_on", start, reason="a slip", by="Officer 1")
    assert (play.open(), told(play)["reason"]) == (heard, "a trial")
    resume_deadline(play.office, frame_id(play), until=date(2026, 3, 25), reason="it is over", by="Officer 1")
    assert len(play.open()) == len(heard) + 1
    assert (told(play)["was"], told(play)["is"]) == (DUE_ON, date(2026, 3, 25))  # the day that was said last


def test_a_day_that_is_a_fact_told_while_the_clock_stands_still_does_not_start_it(database: Database) -> None:
    agreed = 'value="=if agreed_on = null then due(&quot;decide&quot;) else agreed_on"'
    drawn = part().replace('value="=due(&quot;decide&quot;)"', agreed)
    play = Play(database, variant(main(drawn, hears("changed", on="part"))), answers={"agreed_on": None})
    suspend_deadline(play.office, frame_id(play), reason="a trial", by="Officer 1")
    correct_fact(play.office, play.reference, "agreed_on", "2026-03-30", reason="left out", by="Officer 1")
    assert (play.open(), days(play)) == (["changed_told", "first"], [(None, "open")])
    resume_deadline(play.office, frame_id(play), until=LATER, reason="it is over", by="Officer 1")
    assert (told(play)["was"], told(play)["is"]) == (DUE_ON, LATER)


def test_a_start_that_is_put_right_is_heard(database: Database) -> None:
    play = Play(database, variant(main(part()), begun_by_it(), limits=FROM_A_DAY), answers={"told_on": "2026-03-02"})
    correct_fact(play.office, play.reference, "told_on", "2026-03-09", reason="a slip", by="Officer 1")
    assert play.open() == ["first", "word:changes-1", "word:changes-2"]  # of the frame, and of the task
    item = Subject.of_item("changes-1")
    assert (told(play, item)["is"], told(play, item)["reason"]) == (date(2026, 3, 29), "a slip")


def test_a_calendar_that_changes_is_heard(database: Database) -> None:
    working = LIMITS.replace(b'"days"', b'"working days"')
    frame_alone = '<zeebe:property name="allowed_when" value="=deadline_of = &quot;The part&quot;"/>'
    play = Play(database, variant(main(part()), begun_by_it(frame_alone), limits=working))
    later = variant(
        main(part()), begun_by_it(frame_alone), limits=working, settings="[calendar]\nclosure_days = [2026-03-20]\n"
    )
    recalculate_deadlines(play.office, later)
    assert play.open() == ["first", "word:changes-1"]
    item = Subject.of_item("changes-1")
    assert told(play, item)["changed_by"] == "the system"
    assert "Friday 20 March 2026" in told(play, item)["reason"]


def test_nobody_can_tell_it(database: Database) -> None:
    play = Play(database, variant(main(part(), hears("changed", on="part")), begun_by_it()))
    assert what_could_be_told(play.office, play.reference) == []
    with pytest.raises(NobodyWaitsError):
        send_message(play.office, play.reference, "deadline_changed", {"deadline_is": "2026-05-01"}, by="Officer 1")
