"""Reads the zeebe extension of an element: who does it, by when, with which form, handler, decision or script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.allow_list import BINDINGS, LOOP_ATTRIBUTES, TELLS_THE_CASE, THROWING, ZEEBE_ELEMENTS
from engine.diagram.model import ElementKind, Event, EventKind, IoMapping, JobDefinition, Loop
from engine.diagram.names import ZEEBE, attribute, bpmn_children, tag_of, text_of, zeebe_children
from engine.diagram.oddities import DUPLICATE_PROPERTY, JOB_WORKER_USER_TASK, OddityBook, Owner

_SENDING = frozenset({"taskDefinition", "taskHeaders", "ioMapping"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """What an element's zeebe extension says; the fields bear the names they have in `Element`."""

    is_zeebe_user_task: bool = False
    candidate_groups: str | None = None
    assignee: str | None = None
    form_id: str | None = None
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str | None = None
    job: JobDefinition | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    decision_id: str | None = None
    script: str | None = None
    result_variable: str | None = None
    called_process: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


def read_extension(
    node: etree._Element, kind: ElementKind, event: Event | None, owner: Owner, book: OddityBook
) -> Extension:
    """The extension of an element of `kind`; what is unknown there, or means nothing on that kind, is noted."""
    found = _known_children(node, kind, owner, book)
    if kind in THROWING and (event is None or event.kind is not EventKind.MESSAGE):
        # A throwing event runs a handler, or is given anything, only where it sends a message.
        for tag in sorted(_SENDING & found.keys()):
            book.add(owner, f"zeebe:{tag}", "on an event that sends no message", node=found.pop(tag))
    if kind is ElementKind.USER and "userTask" not in found:
        book.add(owner, JOB_WORKER_USER_TASK)
    result = found.get("calledDecision", found.get("script"))
    return Extension(
        is_zeebe_user_task="userTask" in found,
        candidate_groups=_value(found, "assignmentDefinition", "candidateGroups"),
        assignee=_value(found, "assignmentDefinition", "assignee"),
        form_id=_value(found, "formDefinition", "formId"),
        due_date=_value(found, "taskSchedule", "dueDate"),
        follow_up_date=_value(found, "taskSchedule", "followUpDate"),
        priority=_value(found, "priorityDefinition", "priority"),
        job=_read_job(found, kind, owner, book),
        inputs=_read_mappings(found, "input", kind, owner, book),
        outputs=_read_mappings(found, "output", kind, owner, book),
        decision_id=_value(found, "calledDecision", "decisionId"),
        script=_value(found, "script", "expression"),
        result_variable=None if result is None else attribute(result, "resultVariable"),
        called_process=_value(found, "calledElement", "processId"),
        properties=_read_pairs(found.get("properties"), "name", owner, book),
    )


def read_properties(
    node: etree._Element, owner: Owner, book: OddityBook, *, harmless: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """The zeebe properties of a process or flow, which carry nothing else but what is `harmless`."""
    properties: Mapping[str, str] = {}
    for child in zeebe_children(node):
        if tag_of(child) == "properties":
            properties = _read_pairs(child, "name", owner, book)
        elif tag_of(child) not in harmless:
            book.add(owner, f"zeebe:{tag_of(child)}", f"on a {tag_of(node)}", node=child)
    return properties


def read_loop(node: etree._Element, owner: Owner, book: OddityBook) -> Loop | None:
    """The multi-instance loop of an activity, or None."""
    for loop in bpmn_children(node, "multiInstanceLoopCharacteristics"):
        values: dict[str, str | None] = {}
        for child in zeebe_children(loop):
            if tag_of(child) != "loopCharacteristics":
                book.add(owner, f"zeebe:{tag_of(child)}", "in a multi-instance loop", node=child)
                continue
            _note_attributes(child, LOOP_ATTRIBUTES, owner, book)
            values = {name: attribute(child, name) for name in LOOP_ATTRIBUTES}
        collection = values.get("inputCollection")
        if collection is None or not collection.startswith("="):
            book.add(owner, "inputCollection", collection or "", node=loop)
        conditions = [text_of(condition) for condition in bpmn_children(loop, "completionCondition")]
        return Loop(
            is_sequential=loop.get("isSequential") == "true",
            input_collection=collection,
            input_element=values.get("inputElement"),
            output_collection=values.get("outputCollection"),
            output_element=values.get("outputElement"),
            completion_condition=next((text for text in conditions if text), None),
        )
    return None


def _known_children(
    node: etree._Element, kind: ElementKind, owner: Owner, book: OddityBook
) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for child in zeebe_children(node):
        tag = tag_of(child)
        kinds, attributes = ZEEBE_ELEMENTS.get(tag, (frozenset[ElementKind](), frozenset[str]()))
        if kind not in kinds:
            book.add(owner, f"zeebe:{tag}", f"on a {kind}", node=child)
        elif tag in found:
            book.add(owner, f"zeebe:{tag}", "more than once", node=child)
        else:
            _note_attributes(child, attributes, owner, book)
            found[tag] = child
    return found


def _note_attributes(child: etree._Element, known: frozenset[str], owner: Owner, book: OddityBook) -> None:
    tag = tag_of(child)
    for qualified, value in child.attrib.items():
        name, value = str(qualified), str(value).strip()
        if name not in known or (name == "bindingType" and value not in BINDINGS):
            book.add(owner, name, f"{tag}: {value}", node=child)
    if tag == "calledElement":
        # Camunda's own default is to carry everything back, so only a written "false" says what happens here.
        if attribute(child, "propagateAllChildVariables") != "false":
            book.add(owner, "propagateAllChildVariables", "not switched off", node=child)
        # The modeller writes this one only to switch it off; a written "true" is somebody's wish.
        if attribute(child, "propagateAllParentVariables") not in (None, "false"):
            book.add(owner, "propagateAllParentVariables", "switched on", node=child)


def _value(found: Mapping[str, etree._Element], tag: str, name: str) -> str | None:
    child = found.get(tag)
    return None if child is None else attribute(child, name)


def _read_job(
    found: Mapping[str, etree._Element], kind: ElementKind, owner: Owner, book: OddityBook
) -> JobDefinition | None:
    definition, headers = found.get("taskDefinition"), found.get("taskHeaders")
    if definition is not None and kind in THROWING and attribute(definition, "type") == TELLS_THE_CASE:
        definition = None
    if definition is None:
        if headers is not None:
            book.add(owner, "zeebe:taskHeaders", "without zeebe:taskDefinition", node=headers)
        return None
    return JobDefinition(
        handler=attribute(definition, "type") or "",
        headers=_read_pairs(headers, "key", owner, book),
        retries=attribute(definition, "retries"),
    )


def _read_mappings(
    found: Mapping[str, etree._Element], tag: str, kind: ElementKind, owner: Owner, book: OddityBook
) -> tuple[IoMapping, ...]:
    kinds, attributes = ZEEBE_ELEMENTS[tag]
    mappings = []
    for child in found.get("ioMapping", ()):
        if tag_of(child) not in ("input", "output"):
            book.add(owner, f"zeebe:{tag_of(child)}", "in ioMapping", node=child)
        elif tag_of(child) == tag and kind not in kinds:
            book.add(owner, f"zeebe:{tag}", f"on a {kind}", node=child)
        elif tag_of(child) == tag:
            _note_attributes(child, attributes, owner, book)
            source, target = attribute(child, "source"), attribute(child, "target")
            mappings.append(IoMapping(source=source or "", target=target or ""))
    return tuple(mappings)


def _read_pairs(holder: etree._Element | None, key_name: str, owner: Owner, book: OddityBook) -> Mapping[str, str]:
    """Properties or headers as a mapping; the first of two with one name counts, and the second is noted."""
    pairs: dict[str, str] = {}
    for child in holder if holder is not None else ():
        key = (child.get(key_name) or "").strip()
        if str(child.tag) not in (f"{{{ZEEBE}}}property", f"{{{ZEEBE}}}header"):
            book.add(owner, f"zeebe:{tag_of(child)}", "among properties", node=child)
        elif key in pairs:
            book.add(owner, DUPLICATE_PROPERTY, key, node=child)
        elif key:
            pairs[key] = (child.get("value") or "").strip()
    return pairs
