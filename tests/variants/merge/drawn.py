"""Small diagrams, written as ways: `a > b, b > c`."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram import Process, read_diagram
from engine.variants.merge.diagrams import merge_diagrams
from engine.variants.merge.inquiry import Inquiry, Side, UpdateQuestion

_KINDS = {"begin": "startEvent", "end": "endEvent", "join": "parallelGateway", "split": "parallelGateway"}


def diagram(
    ways: str, *, ids: str = "f", names: Mapping[str, str] | None = None, inside: Mapping[str, str] | None = None
) -> bytes:
    """A diagram of these ways, whose ids begin with `ids`; elements are named as they are called, or as `names` says,
    and hold what `inside` says. Each is drawn at a place of its own."""
    ends = [tuple(end.strip() for end in way.split(">")) for way in ways.split(",")]
    nodes = dict.fromkeys(end for way in ends for end in way)
    drawn, shapes = "", ""
    for number, node in enumerate(nodes):
        kind = _KINDS.get(node, "userTask")
        drawn += f'<b:{kind} id="{node}" name="{(names or {}).get(node, node)}">{(inside or {}).get(node, "")}'
        for n, (source, target) in enumerate(ends):
            drawn += f"<b:incoming>{ids}{n}</b:incoming>" if target == node else ""
            drawn += f"<b:outgoing>{ids}{n}</b:outgoing>" if source == node else ""
        drawn += f"</b:{kind}>"
        bounds = f'<dc:Bounds x="{100 * number}" y="0" width="80" height="60"/>'
        shapes += f'<di:BPMNShape id="{node}_di" bpmnElement="{node}">{bounds}</di:BPMNShape>'
    for n, (source, target) in enumerate(ends):
        drawn += f'<b:sequenceFlow id="{ids}{n}" sourceRef="{source}" targetRef="{target}"/>'
        shapes += f'<di:BPMNEdge id="{ids}{n}_di" bpmnElement="{ids}{n}"/>'
    return (
        '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        f'xmlns:z="http://camunda.org/schema/zeebe/1.0" id="d"><b:process id="p">{drawn}</b:process>'
        f'<di:BPMNDiagram id="x"><di:BPMNPlane id="y" bpmnElement="p">{shapes}</di:BPMNPlane></di:BPMNDiagram>'
        "</b:definitions>"
    ).encode()


def merged(
    old: bytes, own: bytes, new: bytes, answers: Mapping[str, Side] | None = None
) -> tuple[Process, list[UpdateQuestion], bytes]:
    inquiry = Inquiry(answers or {})
    data = merge_diagrams("main.bpmn", old, own, new, inquiry)
    return read_diagram(data, file="main.bpmn").processes["p"], inquiry.questions, data


def ways(process: Process) -> set[str]:
    return {f"{flow.source} > {flow.target}" for flow in process.flows.values()}
