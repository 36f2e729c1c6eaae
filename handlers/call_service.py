"""Call a service that the installation lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.errors import ServiceError
from engine.handler import (
    HTTP,
    BusinessFault,
    Choice,
    Context,
    HandlerContext,
    HandlerResult,
    Method,
    Output,
    ServiceAnswer,
    ServiceRequest,
    Text,
    Value,
    handler,
)

SERVICE_REFUSED = "service-refused"

#: Of what a service said when it refused, so many characters stand in the record.
_MOST_SAID = 200


@handler(
    name="call-service",
    title="Call a service",
    ports=(HTTP,),
    inputs=(
        Text(name="service", label="Service", hint="Its name in the installation's settings, such as register."),
        Choice(
            name="method",
            label="What is wanted of it",
            choices=(
                (Method.GET, "Ask for something (GET)"),
                (Method.POST, "Hand something in (POST)"),
                (Method.PUT, "Put something in place of what is there (PUT)"),
                (Method.PATCH, "Change something that is there (PATCH)"),
                (Method.DELETE, "Take something away (DELETE)"),
            ),
        ),
        Text(name="path", label="Path", hint="Below the service's address, such as people/12.", required=False),
        Context(name="query", label="Query", hint="Values to stand behind the question mark, by name.", required=False),
        Value(
            name="body", label="What it is told", hint="Sent as JSON, such as {name: applicant_name}.", required=False
        ),
        Text(
            name="answer_has",
            label="What its answer must have",
            hint="Names, separated by commas. The answer cannot be used where one is missing.",
            required=False,
        ),
        Context(
            name="supposed",
            label="What to suppose of it",
            hint='Previews and examples call nothing. They go on with this: {status: 200, answer: {reference: "R-1"}}.',
            required=False,
        ),
    ),
    outputs=(
        Output(name="status", label="Status of its answer, such as 200", types=(Decimal,)),
        Output(name="answer", label="What it answered", types=None),
    ),
    faults=(SERVICE_REFUSED,),
)
def call_service(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Call a service that the installation lists with a request in JSON, and use its answer."""
    inputs = context.inputs
    request = ServiceRequest(
        service=inputs["service"].strip(),
        method=Method(inputs["method"]),
        path=(inputs.get("path") or "").strip(),
        query=inputs.get("query") or {},
        body=inputs.get("body"),
        supposed=_supposed(inputs.get("supposed") or {}),
    )
    answer = context.port(HTTP).call(request, once_key=context.once_key)
    if answer.status >= 400:
        return BusinessFault(code=SERVICE_REFUSED, message=_refusal(request, answer))
    _require(inputs.get("answer_has") or "", request, answer)
    return HandlerResult(
        outputs={"status": answer.status, "answer": answer.body},
        note=f"{_asked(request)} answered {answer.status}.",
    )


def _supposed(said: Mapping[str, Any]) -> ServiceAnswer:
    status = str(said.get("status", 200))
    if not re.fullmatch("[1-5][0-9][0-9]", status):
        raise ServiceError(f"“{status}” is supposed as a status, and is none. Write one such as 200 or 404.")
    return ServiceAnswer(status=int(status), body=said.get("answer"))


def _require(names: str, request: ServiceRequest, answer: ServiceAnswer) -> None:
    """Raises ServiceError where the answer lacks one of `names`: a fact would silently stay unknown."""
    given = answer.body if isinstance(answer.body, Mapping) else {}
    missing = [name for name in (each.strip() for each in names.split(",")) if name and given.get(name) is None]
    if missing:
        raise ServiceError(
            f"The answer of “{request.service}” has no {', '.join(missing)}. Ask whoever runs the service."
        )


def _refusal(request: ServiceRequest, answer: ServiceAnswer) -> str:
    """With what it said, where it says so as services do (RFC 9457, or a message)."""
    given = answer.body if isinstance(answer.body, Mapping) else {}
    said = next((given[key] for key in ("detail", "message", "title", "error") if isinstance(given.get(key), str)), "")
    words = " ".join(said.split())[:_MOST_SAID]
    return f"{_asked(request)} was refused ({answer.status}){f': {words}' if words else '.'}"


def _asked(request: ServiceRequest) -> str:
    return f"{request.service}, {request.method} {request.path}".rstrip()
