"""Draw small diagrams in a few words: each function gives the XML of one element, `wire` the flows between them."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from engine.variants import Variant
from tests.casework.builders import flow, process, user, variant_of

__all__ = ["boundary", "call", "catch", "each", "end", "event_gateway", "event_start", "event_sub", "exclusive", "flow"]
__all__ += [
    "inclusive",
    "link",
    "parallel",
    "process",
    "receive",
    "repeated",
    "rule",
    "script",
    "send",
    "service",
    "start",
]
__all__ += ["sub", "throw", "user", "variant", "wire"]


def wire(*chains: str, **conditions: str) -> str:
    """`wire("a b c", "b d", b_to_d="=x > 1")`: a flow from each word to the next, with conditions by its id."""
    pairs = {(a, b) for chain in chains for a, b in zip(chain.split(), chain.split()[1:], strict=False)}
    return "".join(flow(a, b, conditions.get(f"{a}_to_{b}", "")) for a, b in sorted(pairs))


def _event(kind: str, what: str = "") -> str:
    if kind == "none":
        return ""
    if kind == "timer":
        tag = "timeCycle" if re.match("R[0-9]*/", what) else "timeDate" if what.startswith("=") else "timeDuration"
        inner = f"<bpmn:{tag}>{what.replace('<', '&lt;')}</bpmn:{tag}>"
        return f"<bpmn:timerEventDefinition>{inner}</bpmn:timerEventDefinition>"
    if kind == "terminate":
        return "<bpmn:terminateEventDefinition/>"
    ref = f' {kind}Ref="{kind}_{what}"' if what else ""
    return f"<bpmn:{kind}EventDefinition{ref}/>"


def _extension(*, properties: dict[str, str] | None = None, more: str = "") -> str:
    listed = "".join(
        f"<zeebe:property name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in (properties or {}).items()
    )
    inner = more + (f"<zeebe:properties>{listed}</zeebe:properties>" if listed else "")
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>" if inner else ""


def _mappings(inputs: dict[str, str] | None, outputs: dict[str, str] | None) -> str:
    rows = [f"<zeebe:input source={quoteattr(v)} target={quoteattr(k)}/>" for k, v in (inputs or {}).items()]
    rows += [f"<zeebe:output source={quoteattr(v)} target={quoteattr(k)}/>" for k, v in (outputs or {}).items()]
    return f"<zeebe:ioMapping>{''.join(rows)}</zeebe:ioMapping>" if rows else ""


def _node(tag: str, id: str, inner: str = "", **attributes: str) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{tag} id="{id}" name="{id}"{written}>{inner}</bpmn:{tag}>'


def start(id: str = "start", kind: str = "none", what: str = "", **properties: str) -> str:
    return _node("startEvent", id, _extension(properties=properties) + _event(kind, what))


def event_start(
    id: str,
    kind: str,
    what: str = "",
    *,
    interrupting: bool = True,
    outputs: dict[str, str] | None = None,
    **properties: str,
) -> str:
    """The start event of an event sub-process."""
    extension = _extension(properties=properties, more=_mappings(None, outputs))
    return _node("startEvent", id, extension + _event(kind, what), isInterrupting=str(interrupting).lower())


def event_sub(id: str, *body: str, **properties: str) -> str:
    return _node("subProcess", id, _extension(properties=properties) + "".join(body), triggeredByEvent="true")


def end(id: str = "end", kind: str = "none", what: str = "", **properties: str) -> str:
    return _node("endEvent", id, _extension(properties=properties) + _event(kind, what))


def throw(id: str, kind: str, what: str = "", *, handler: str = "") -> str:
    job = _extension(more=f'<zeebe:taskDefinition type="{handler}"/>') if handler else ""
    return _node("intermediateThrowEvent", id, job + _event(kind, what))


def catch(id: str, kind: str, what: str = "", *, outputs: dict[str, str] | None = None, **properties: str) -> str:
    return _node(
        "intermediateCatchEvent",
        id,
        _extension(properties=properties, more=_mappings(None, outputs)) + _event(kind, what),
    )


def boundary(id: str, host: str, kind: str, what: str = "", *, interrupting: bool = True, **properties: str) -> str:
    return _node(
        "boundaryEvent",
        id,
        _extension(properties=properties) + _event(kind, what),
        attachedToRef=host,
        cancelActivity=str(interrupting).lower(),
    )


def _job(tag: str, id: str, handler: str, inputs: dict[str, str] | None, outputs: dict[str, str] | None) -> str:
    more = f'<zeebe:taskDefinition type="{handler}"/>' + _mappings(inputs, outputs)
    return _node(tag, id, _extension(more=more))


def service(
    id: str, handler: str = "work", *, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None
) -> str:
    return _job("serviceTask", id, handler, inputs, outputs)


def send(
    id: str, handler: str = "work", *, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None
) -> str:
    return _job("sendTask", id, handler, inputs, outputs)


def receive(id: str, message: str, **properties: str) -> str:
    return _node("receiveTask", id, _extension(properties=properties), messageRef=f"message_{message}")


def script(id: str, expression: str, result: str) -> str:
    more = f"<zeebe:script expression={quoteattr(expression)} resultVariable={quoteattr(result)}/>"
    return _node("scriptTask", id, _extension(more=more))


def rule(id: str, decision: str, result: str) -> str:
    more = f"<zeebe:calledDecision decisionId={quoteattr(decision)} resultVariable={quoteattr(result)}/>"
    return _node("businessRuleTask", id, _extension(more=more))


def call(
    id: str,
    called: str = "child",
    *,
    over: str = "",
    element: str = "",
    sequential: bool = False,
    gives: str = "",
    into: str = "",
    until: str = "",
    inputs: dict[str, str] | None = None,
    outputs: dict[str, str] | None = None,
) -> str:
    """A call activity. `over` is the collection; each child `gives` a value that is gathered `into` a variable."""
    more = f'<zeebe:calledElement processId="{called}" propagateAllChildVariables="false"/>' + _mappings(
        inputs, outputs
    )
    loop = repeated(over, element=element, sequential=sequential, gives=gives, into=into, until=until) if over else ""
    return _node("callActivity", id, _extension(more=more) + loop)


def repeated(
    over: str, *, element: str = "", sequential: bool = False, gives: str = "", into: str = "", until: str = ""
) -> str:
    """The mark of a multi-instance activity."""
    written = {"inputCollection": over, "inputElement": element, "outputElement": gives, "outputCollection": into}
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in written.items() if value)
    condition = f"<bpmn:completionCondition>{until}</bpmn:completionCondition>" if until else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:extensionElements>'
        f"<zeebe:loopCharacteristics{attributes}/></bpmn:extensionElements>{condition}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def each(activity: str, over: str = "=agencies", *, element: str = "agency", **more: Any) -> str:
    """The activity, once for each."""
    head, slash, tail = activity.rpartition("</bpmn:")
    return head + repeated(over, element=element, **more) + slash + tail


def link(event: str, name: str = "on") -> str:
    """The intermediate event as a link."""
    head, slash, tail = event.rpartition("</bpmn:")
    return f'{head}<bpmn:linkEventDefinition name="{name}"/>{slash}{tail}'


def sub(id: str, *body: str, **properties: str) -> str:
    return _node("subProcess", id, _extension(properties=properties) + "".join(body))


def exclusive(id: str, default: str = "") -> str:
    return _node("exclusiveGateway", id, **({"default": default} if default else {}))


def inclusive(id: str, default: str = "") -> str:
    return _node("inclusiveGateway", id, **({"default": default} if default else {}))


def parallel(id: str) -> str:
    return _node("parallelGateway", id)


def event_gateway(id: str) -> str:
    return _node("eventBasedGateway", id)


def definitions_for(body: str, keys: dict[str, str] | None = None) -> str:
    """The messages, signals, errors and escalations that `body` refers to; `keys` are correlation keys of messages."""
    made = []
    for kind, name in sorted(set(re.findall(r'(message|signal|error|escalation)Ref="\1_(\w+)"', body))):
        if kind in ("error", "escalation"):
            made.append(f'<bpmn:{kind} id="{kind}_{name}" name="{name}" {kind}Code="{name}"/>')
        else:
            key = (keys or {}).get(name, "") if kind == "message" else ""
            subscription = _extension(more=f"<zeebe:subscription correlationKey={quoteattr(key)}/>") if key else ""
            made.append(f'<bpmn:{kind} id="{kind}_{name}" name="{name}">{subscription}</bpmn:{kind}>')
    return "".join(made)


def variant(
    main: str, *, keys: dict[str, str] | None = None, files: dict[str, bytes] | None = None, **others: str
) -> Variant:
    """A variant whose main process has the body `main`; further processes by their ids."""
    bodies = [process(main), *(process(body, id) for id, body in others.items())]
    return variant_of(*bodies, definitions=definitions_for("".join(bodies), keys), files=files)
