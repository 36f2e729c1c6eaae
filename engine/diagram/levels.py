"""Reads one process: every level of it, its elements and flows, before anything is connected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.allow_list import ACTIVITIES, ARTIFACTS, EVENTS, KINDS, LEVELS, NOT_RUN
from engine.diagram.events import Referenced, read_event, refer
from engine.diagram.extensions import Extension, read_extension, read_loop, read_properties
from engine.diagram.model import Annotation, Association, Element, ElementKind, Event, EventKind, Flow
from engine.diagram.names import attribute, bpmn_children, fold, is_bpmn, line_of, tag_of, text_of
from engine.diagram.oddities import MISSING_ID, RESERVED_ID, OddityBook, Owner, owner_of
from engine.diagram.strays import note_strays


@dataclass(kw_only=True, slots=True)
class ProcessParts:
    """What was found in one process, all its levels together, in the order of the file."""

    process_id: str
    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    annotations: list[Annotation] = field(default_factory=list)
    associations: list[Association] = field(default_factory=list)
    #: by element, the flow ids that the element itself lists as its ways in and out
    listed: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)


def read_level(
    node: etree._Element,
    level: ProcessParts,
    referenced: Mapping[str, Referenced],
    book: OddityBook,
    *,
    parent: str | None = None,
) -> None:
    """Read the children of a process or sub-process `node` into `level`; `parent` is the sub-process's id."""
    for child in node:
        if not is_bpmn(child):
            continue
        tag = tag_of(child)
        if tag in KINDS or tag in NOT_RUN:
            _read_element(child, level, referenced, book, parent)
        elif tag == "sequenceFlow":
            _read_flow(child, level, book, parent)
        elif tag in ARTIFACTS:
            level.annotations.append(read_artifact(child, process_id=level.process_id))
        elif tag == "association":
            level.associations.append(read_association(child))


def read_artifact(node: etree._Element, *, process_id: str | None) -> Annotation:
    """A text annotation, group, data object or data store reference. A group's words stand in its category."""
    owner = owner_of(node, process_id=process_id, id=_id_of(node))
    name = owner.name
    value_id = attribute(node, "categoryValueRef")
    if value_id is not None:
        values = node.getroottree().getroot().iter("{*}categoryValue")
        name = next((fold(value.get("value")) for value in values if value.get("id") == value_id), name)
    return Annotation(id=owner.id, tag=tag_of(node), text=name, process_id=process_id)


def read_association(node: etree._Element) -> Association:
    """An association or message flow."""
    return Association(
        id=_id_of(node),
        source=attribute(node, "sourceRef") or "",
        target=attribute(node, "targetRef") or "",
        tag=tag_of(node),
        name=fold(node.get("name")),
    )


def documentation_of(node: etree._Element) -> str:
    return "\n\n".join(text_of(text) for text in bpmn_children(node, "documentation") if text_of(text))


def _id_of(node: etree._Element) -> str:
    return attribute(node, "id") or f"without-id-in-line-{line_of(node)}"


def _owner(node: etree._Element, level: ProcessParts, book: OddityBook) -> Owner:
    owner = owner_of(node, process_id=level.process_id, id=_id_of(node))
    if attribute(node, "id") is None:
        book.add(owner, MISSING_ID, tag_of(node))
    return owner


def _read_element(
    node: etree._Element,
    level: ProcessParts,
    referenced: Mapping[str, Referenced],
    book: OddityBook,
    parent: str | None,
) -> None:
    tag = tag_of(node)
    kind = KINDS.get(tag, ElementKind.UNSUPPORTED)
    owner = _owner(node, level, book)
    if owner.id in ("Start", "End"):
        book.add(owner, RESERVED_ID, owner.id)
    extension, loop, event = Extension(), None, None
    if kind is ElementKind.UNSUPPORTED:
        book.add(owner, tag)
    else:
        note_strays(node, owner, book)
        event = _event_of(node, kind, referenced, owner, book)
        extension = read_extension(node, kind, event, owner, book)
    begins = kind is ElementKind.START and parent is not None and _is_triggered(node.getparent())
    if kind is ElementKind.START and not begins and attribute(node, "isInterrupting") == "false":
        book.add(owner, "isInterrupting", "false", node=node)
    if kind in ACTIVITIES:
        loop = read_loop(node, owner, book)
        if loop is not None and _is_triggered(node):
            book.add(owner, "multiInstanceLoopCharacteristics", "on an event sub-process")
            loop = None
    element = Element(
        id=owner.id,
        name=owner.name,
        kind=kind,
        tag=tag,
        process_id=level.process_id,
        parent=parent,
        line=owner.line,
        documentation=documentation_of(node),
        default_flow=attribute(node, "default"),
        event=event,
        attached_to=(attribute(node, "attachedToRef") or "").rpartition(":")[2] or None,
        is_interrupting="false" not in (attribute(node, "cancelActivity"), attribute(node, "isInterrupting")),
        is_event_subprocess=kind is ElementKind.SUBPROCESS and _is_triggered(node),
        begins_event_subprocess=begins,
        is_for_compensation=attribute(node, "isForCompensation") == "true",
        is_zeebe_user_task=extension.is_zeebe_user_task,
        candidate_groups=extension.candidate_groups,
        assignee=extension.assignee,
        form_id=extension.form_id,
        due_date=extension.due_date,
        follow_up_date=extension.follow_up_date,
        priority=extension.priority,
        job=extension.job,
        inputs=extension.inputs,
        outputs=extension.outputs,
        decision_id=extension.decision_id,
        script=extension.script,
        result_variable=extension.result_variable,
        called_process=extension.called_process,
        loop=loop,
        properties=extension.properties,
    )
    if element.id not in level.elements:
        level.elements[element.id] = element
        level.listed[element.id] = (_listed(node, "incoming"), _listed(node, "outgoing"))
    if tag in LEVELS:
        read_level(node, level, referenced, book, parent=element.id)


def _is_triggered(node: etree._Element | None) -> bool:
    return node is not None and tag_of(node) == "subProcess" and attribute(node, "triggeredByEvent") == "true"


def _listed(node: etree._Element, tag: str) -> tuple[str, ...]:
    return tuple(text_of(child).rpartition(":")[2] for child in bpmn_children(node, tag))


def _event_of(
    node: etree._Element,
    kind: ElementKind,
    referenced: Mapping[str, Referenced],
    owner: Owner,
    book: OddityBook,
) -> Event | None:
    if kind in EVENTS:
        return read_event(node, referenced, owner, book)
    if kind is ElementKind.RECEIVE:
        return refer(EventKind.MESSAGE, attribute(node, "messageRef"), referenced, owner, book)
    return None


def _read_flow(node: etree._Element, level: ProcessParts, book: OddityBook, parent: str | None) -> None:
    owner = _owner(node, level, book)
    note_strays(node, owner, book)
    condition = next((text_of(text) for text in bpmn_children(node, "conditionExpression")), "")
    flow = Flow(
        id=owner.id,
        name=owner.name,
        source=attribute(node, "sourceRef") or "",
        target=attribute(node, "targetRef") or "",
        process_id=level.process_id,
        parent=parent,
        condition=condition or None,
        line=owner.line,
        properties=read_properties(node, owner, book),
    )
    level.flows.setdefault(flow.id, flow)
