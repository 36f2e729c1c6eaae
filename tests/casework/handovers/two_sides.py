"""Two councils with an agreement, in one installation: what each folder says, and both offices in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.handovers.carrier import carrier_in
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.ports import Ports, letters_outlet, parcels_outlet
from engine.store import Database, cases, facts, tasks
from engine.variants import Variant
from handlers.hand_over import hand_over as hand_over_handler
from tests.casework.builders import office_on
from tests.check.builders import SETTINGS, Drawing, folder, form
from tests.in_force import put_in_force

COUNCIL_SAYS = """
[agreements.appeals]
with = ["body"]
clause = "X1"
[agreements.appeals.sends.appeal]
facts = ["points", "appealed_on"]
opens_case = true
[agreements.appeals.sends.file]
case_file = "ombudsman"
[agreements.appeals.takes.decided]
facts = ["appeal_outcome"]
[agreements.appeals.takes.file_requested]
"""
BODY_SAYS = """
[agreements.appeals]
with = ["council"]
clause = "X1"
[agreements.appeals.takes.appeal]
facts = ["points", "appealed_on"]
opens_case = true
[agreements.appeals.takes.file]
[agreements.appeals.sends.decided]
facts = ["appeal_outcome"]
[agreements.appeals.sends.file_requested]
"""

POINTS = {"type": "textfield", "key": "points", "label": "Points", "id": "f1", "validate": {"required": True}}
DAY = {"type": "datetime", "subtype": "date", "key": "appealed_on", "dateLabel": "Day", "id": "f2"}
OUTCOME = {
    "type": "radio", "key": "appeal_outcome", "label": "Outcome", "id": "f3", "validate": {"required": True},
    "values": [{"value": "allowed", "label": "Allowed"}, {"value": "dismissed", "label": "Dismissed"}],
}  # fmt: skip
DELIBERATION = {"type": "textfield", "key": "deliberation", "label": "Deliberation", "id": "f4"}


def catching(message: str, form_id: str = "") -> dict[str, Any]:
    """What makes an intermediate event wait for a message, told by hand with this form too."""
    properties = {"form": form_id} if form_id else {}
    return {
        "inner": f'<bpmn:messageEventDefinition id="{message}_def" messageRef="{message}"/>',
        "properties": properties,
    }


def hand_over(drawing: Drawing, id: str, message: str, **given: str) -> Drawing:
    inputs = {"agreement": "appeals", "message": message, **given}
    return drawing.send(id, handler="hand-over", tag="serviceTask", inputs=inputs)


def council(settings: str = COUNCIL_SAYS) -> Variant:
    """An application is handled; beside it each appeal is handed over, and the file on request."""
    main = Drawing().start(form="application").user("handle", form="application").end()
    main.flow("received", "handle", "closed")
    appeal = Drawing("appeal", "Appeal")
    appeal.start("appealed", inner='<bpmn:messageEventDefinition id="d" messageRef="appeal_message"/>',
                 properties={"form": "appeal", "item": "appeals"})  # fmt: skip
    hand_over(appeal, "pass_on", "appeal", points="=points", appealed_on="=appealed_on")
    appeal.add("intermediateCatchEvent", "asked", **catching("file_requested"))
    hand_over(appeal, "give_file", "file")
    appeal.add("intermediateCatchEvent", "answered", **catching("decided", "decided"))
    appeal.user("note", form="decided").end("noted")
    appeal.flow("appealed", "pass_on", "asked", "give_file", "answered", "note", "noted")
    appeal.message("appeal_message", "appeal").message("file_requested", "file_requested").message("decided", "decided")
    variant = folder(
        main, appeal, settings='reference_prefix = "C"\n' + _named("Council", settings, '\nappeals = "appeal"'),
        forms__appeal_form=form("appeal", POINTS, DAY), forms__decided_form=form("decided", OUTCOME),
    )  # fmt: skip
    return replace(variant, id="council")


def body(settings: str = BODY_SAYS) -> Variant:
    """What is handed over is looked at with the council's file, heard and answered."""
    main = Drawing().start(form="handed_over").user("look", form="look")
    hand_over(main, "ask", "file_requested")
    main.add("intermediateCatchEvent", "file_comes", **catching("file"))
    main.user("hear", form="hear")
    hand_over(main, "answer", "decided", appeal_outcome="=appeal_outcome")
    main.end().flow("received", "look", "ask", "file_comes", "hear", "answer", "closed").message("file", "file")
    variant = folder(
        main, settings='reference_prefix = "B"\n' + _named("Appeals Body", settings),
        forms__handed_over_form=form("handed_over", POINTS, DAY), forms__hear_form=form("hear", OUTCOME, DELIBERATION),
        forms__look_form=form("look", DELIBERATION),
    )  # fmt: skip
    return replace(variant, id="body")


def _named(name: str, settings: str, items: str = "") -> str:
    return SETTINGS.replace("Somewhere", name).replace('reports = "report"', f'reports = "report"{items}') + settings


def served(database: Database, *variants: Variant) -> Office:
    """An office with the handler, that serves these, and whose parcels go from one to the other."""
    office = office_on(database)
    put_in_force(office, *variants)
    ports = Ports((letters_outlet(), parcels_outlet(carrier_in(office))))
    return replace(office, handlers={"hand-over": hand_over_handler}, ports=ports)


def work(office: Office) -> None:
    while work_ready_jobs(office):
        pass


def done(office: Office, reference: str, element: str, answers: Mapping[str, Any], *, item: str = "") -> None:
    """Somebody completes the task, and the jobs are worked."""
    with office.database.read() as connection:
        open_now = tasks.open_tasks(connection, reference=reference)
    task = next(each for each in open_now if each.element_id == element and each.item_id == item)
    complete_task(office, task.task_id, answers, by="Officer 1")
    work(office)


def open_in(office: Office, reference: str) -> list[str]:
    with office.database.read() as connection:
        found = tasks.open_tasks(connection, reference=reference)
    return sorted(task.element_id + (f":{task.item_id}" if task.item_id else "") for task in found)


def cases_of(office: Office, council_id: str) -> list[str]:
    with office.database.read() as connection:
        return [row.reference for row in cases.all_cases(connection) if row.council_id == council_id]


def known_in(office: Office, reference: str) -> dict[str, str]:
    """The facts of a case and its items by name, as they are kept."""
    with office.database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        return {row.name: row.value for row in facts.history(connection, case_id)}
