"""Finds what an element says that nobody reads: unknown attributes, children and vendors' extensions."""

from __future__ import annotations

from lxml import etree

from engine.diagram.allow_list import (
    ATTRIBUTES,
    CHILDREN,
    CHILDREN_OF_OTHERS,
    HARMLESS_VALUES,
    TEMPLATE_ATTRIBUTES,
)
from engine.diagram.names import (
    BPMN,
    HARMLESS,
    ZEEBE,
    bpmn_children,
    is_bpmn,
    is_zeebe,
    split,
    tag_of,
    word,
    zeebe_children,
)
from engine.diagram.oddities import OddityBook, Owner

# Parts of an element that are no element themselves: looked into together with it.
_PARTS = frozenset(
    {
        *("conditionExpression", "completionCondition", "multiInstanceLoopCharacteristics"),
        *("timerEventDefinition", "messageEventDefinition", "signalEventDefinition", "errorEventDefinition"),
        *("escalationEventDefinition", "terminateEventDefinition", "timeDate", "timeDuration", "timeCycle"),
        *("laneSet", "lane", "childLaneSet"),
    }
)
_NAMED = frozenset({"id", "name"})


def note_strays(node: etree._Element, owner: Owner, book: OddityBook) -> None:
    """Note what is unknown in `node` and its parts. What the zeebe extension says is read, and judged, elsewhere."""
    tag = tag_of(node)
    _note_attributes(node, tag, owner, book)
    known = CHILDREN.get(tag, CHILDREN_OF_OTHERS)
    for child in node:
        if not is_bpmn(child):
            if split(str(child.tag))[0] not in HARMLESS:
                book.add(owner, word(str(child.tag), child), node=child)
        elif tag_of(child) not in known:
            book.add(owner, tag_of(child), f"in {tag}", node=child)
        elif tag_of(child) in _PARTS:
            note_strays(child, owner, book)
            _note_zeebe_of_part(child, owner, book)
    note_foreign_extensions(node, owner, book)


def _note_zeebe_of_part(part: etree._Element, owner: Owner, book: OddityBook) -> None:
    if tag_of(part) != "multiInstanceLoopCharacteristics":  # the only part with an extension of its own
        for child in zeebe_children(part):
            book.add(owner, word(str(child.tag), child), f"in {tag_of(part)}", node=child)


def note_foreign_extensions(node: etree._Element, owner: Owner, book: OddityBook) -> None:
    """Note the extension elements of `node` that belong to another tool and may mean something when run."""
    for extensions in bpmn_children(node, "extensionElements"):
        for child in extensions:
            if not is_zeebe(child) and split(str(child.tag))[0] not in HARMLESS:
                book.add(owner, word(str(child.tag), child), node=child)


def _note_attributes(node: etree._Element, tag: str, owner: Owner, book: OddityBook) -> None:
    known = ATTRIBUTES.get(tag, _NAMED)
    for qualified, value in node.attrib.items():
        namespace, name = split(str(qualified))
        value = str(value).strip()
        if namespace in HARMLESS or (namespace == ZEEBE and name in TEMPLATE_ATTRIBUTES):
            continue
        if namespace in ("", BPMN):
            harmless = HARMLESS_VALUES.get(name)
            if (name in known and harmless is None) or (harmless is not None and value in harmless):
                continue
        book.add(owner, word(str(qualified), node), value, node=node)
