"""What a step would do in the world beside its letters stands on the task's page, and nothing of it is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.casework.cases.intake import open_case
from engine.handler import HTTP, BusinessFault, HandlerContext, HandlerResult, Method, ServiceRequest
from engine.model import TaskId
from engine.ports import Ports, http_outlet
from engine.scenarios import scenarios_of
from engine.settings import Service
from engine.store import tasks
from handlers.send_letter import send_letter
from tests.webui.office import Web, make_app

ANSWERED = {"csio_name": "Officer 1", "immediate_risk": "no"}


def tell_register_too(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Send the letter, and tell a register of it, which nobody answers for."""
    request = ServiceRequest(service="register", method=Method.POST, path="letters", body={"to": context.inputs["to"]})
    context.port(HTTP).call(request, once_key=context.once_key)
    return send_letter.function(context)


@pytest.fixture
def telling(web: Web) -> Web:
    """Hertsmere's office, whose letters a register is told of."""
    handler = replace(send_letter, function=tell_register_too, ports=(*send_letter.ports, HTTP))
    others = tuple(outlet for outlet in web.office.ports.outlets if outlet.port != HTTP)
    register = Service(name="register", address="https://register.invalid")
    office = replace(web.office, handlers={handler.name: handler}, ports=Ports((*others, http_outlet((register,)))))
    app = make_app(web.settings, office=office)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return replace(web, app=app, office=office)


@pytest.fixture
def task(telling: Web) -> TaskId:
    scenario = next(each for each in scenarios_of(telling.variant) if each.name.startswith("01"))
    reference = open_case(telling.office, telling.variant, scenario.application, by="the applicant")
    with telling.office.database.read() as connection:
        (found,) = tasks.open_tasks(connection, reference=reference)
    return found.task_id


def test_a_task_tells_beside_the_letters_what_else_would_be_done(telling: Web, task: TaskId) -> None:
    client = telling.client_of("Officer 1")
    at = f"/tasks/{task.reference}/{task.number}"
    page = client.post(at, data={**ANSWERED, "action": "next"}).get_data(as_text=True)
    assert "Letters that go out at once" in page
    assert "What else is done at once" in page
    assert "The service “register” is called: POST letters." in page
    assert "What follows supposes that it answers 200." in page
    ways = client.get(f"{at}/next").get_data(as_text=True)
    assert "Besides:" in ways
    assert ways.count("The service “register” is called: POST letters.") >= 1
    assert list((telling.settings.home / "post").glob("*")) == []
