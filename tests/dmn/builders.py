"""DMN files for tests, written as dmn-js writes them; a test names what it is about and the rest is default."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def file(*parts: str, namespace: str = NAMESPACE) -> bytes:
    """A whole file; extensions of the modellers stand in it as they do in saved files."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<definitions xmlns="{namespace}" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" '
        'xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
        'xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="definitions" name="Test" '
        'namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler" exporterVersion="5.40.0" '
        'modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.7.0">'
        f"{''.join(parts)}"
        '<dmndi:DMNDI><dmndi:DMNDiagram id="diagram"><dmndi:DMNShape dmnElementRef="x"/></dmndi:DMNDiagram>'
        "</dmndi:DMNDI>"
        "</definitions>"
    ).encode()


def decision(
    logic: str,
    *,
    id: str = "decide",
    name: str = "Decide",
    type: str | None = None,
    inputs: Sequence[str] = (),
    decisions: Sequence[str] = (),
    knowledge: Sequence[str] = (),
    variable: str | None = None,
) -> str:
    arrows = "".join(
        f'<informationRequirement><requiredInput href="#{one}"/></informationRequirement>' for one in inputs
    )
    arrows += "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>' for one in decisions
    )
    arrows += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>' for one in knowledge
    )
    variable_ = ""
    if variable or type:
        variable_ = f"<variable name={quoteattr(variable or name)}{_type(type)}/>"
    return f'<decision id="{id}" name={quoteattr(name)}>{variable_}{arrows}{logic}</decision>'


def input_data(name: str, *, id: str | None = None, type: str | None = None) -> str:
    variable = f"<variable name={quoteattr(name)}{_type(type)}/>"
    return f'<inputData id="{id or name}" name={quoteattr(name)}>{variable}</inputData>'


def knowledge(name: str, logic: str, *parameters: str, id: str | None = None, requires: Sequence[str] = ()) -> str:
    arrows = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>' for one in requires
    )
    formal = "".join(_parameter(parameter) for parameter in parameters)
    return (
        f'<businessKnowledgeModel id="{id or name}" name={quoteattr(name)}><variable name={quoteattr(name)}/>'
        f"<encapsulatedLogic>{formal}{logic}</encapsulatedLogic>{arrows}</businessKnowledgeModel>"
    )


def literal(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def column(expression: str, *, label: str = "", type: str | None = None, allowed: str = "") -> str:
    """An input column."""
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    label_ = f" label={quoteattr(label)}" if label else ""
    return (
        f'<input{label_} biodi:width="192"><inputExpression{_type(type)}><text>{escape(expression)}</text>'
        f"</inputExpression>{values}</input>"
    )


def output(
    name: str = "result", *, label: str = "", type: str | None = None, allowed: str = "", default: str = ""
) -> str:
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    default_ = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    label_ = f" label={quoteattr(label)}" if label else ""
    return f"<output name={quoteattr(name)}{label_}{_type(type)}>{values}{default_}</output>"


def rule(
    inputs: Sequence[str], outputs: Sequence[str], *, id: str = "", said: str = "", notes: Sequence[str] = ()
) -> str:
    """A row. `said` is dmn-js's annotation, `notes` are the annotation columns of DMN 1.3 and later."""
    description = f"<description>{escape(said)}</description>" if said else ""
    cells = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in inputs)
    cells += "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in outputs)
    cells += "".join(f"<annotationEntry><text>{escape(note)}</text></annotationEntry>" for note in notes)
    id_ = f' id="{id}"' if id else ""
    return f"<rule{id_}>{description}{cells}</rule>"


def table(
    *parts: str,
    hit_policy: str | None = None,
    aggregation: str | None = None,
    annotations: Sequence[str] = (),
    id: str = "table",
) -> str:
    """`parts` are columns, outputs and rules in the order of the file."""
    policy = f' hitPolicy="{hit_policy}"' if hit_policy else ""
    policy += f' aggregation="{aggregation}"' if aggregation else ""
    named = "".join(f"<annotation name={quoteattr(name)}/>" for name in annotations)
    return f'<decisionTable id="{id}"{policy}>{named}{"".join(parts)}</decisionTable>'


def _parameter(written: str) -> str:
    name, _, type_ = written.partition(":")
    return f"<formalParameter name={quoteattr(name.strip())}{_type(type_.strip() or None)}/>"


def _type(name: str | None) -> str:
    return f" typeRef={quoteattr(name)}" if name else ""
