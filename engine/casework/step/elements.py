"""The elements of the collection that a call activity goes through, each known by what it is and not by its place.

A collection changes while it is gone through: items are taken out, put in, or pass its filter later. An item is known
by its id, anything else by its value; so none is missed, and none is asked twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from engine import feel
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.diagram.model import Element
from engine.errors import BadInputError
from engine.store.instances import ChildRow

#: Children of one call activity. No case comes near; a longer list is a slip in an expression.
MOST_CHILDREN = 2_000


def elements_of(step: Step, parent: Loaded, element: Element, *, has_begun: bool = False) -> list[feel.Value]:
    """What the collection holds now; [None] for a call activity without one.

    Null is a collection of nothing. Once children were called (`has_begun`), it is one that got lost: raises
    BadInputError, as for what is no list.
    """
    if element.loop is None:
        return [None]
    value = evaluator_of(step, parent).value(element.loop.input_collection or "")
    if value is None and not has_begun:
        return []
    if not isinstance(value, list):
        raise BadInputError(
            f"The input collection of “{element.label}” gives {feel.to_json(value)!r}, which is no list. Correct the "
            "facts that it reads, then retry."
        )
    if len(value) > MOST_CHILDREN:
        raise BadInputError(f"“{element.label}” would start {len(value)} processes; {MOST_CHILDREN} is the most.")
    return value


def without_child(elements: Iterable[feel.Value], children: Sequence[ChildRow]) -> list[feel.Value]:
    """Those of the elements that have no child yet, in their order. An item has one child, however often it stands
    in the collection; a value one each time."""
    items = {child.item_id for child in children if child.item_id}
    values = Counter(_value_of(child) for child in children if not child.item_id)
    missing: list[feel.Value] = []
    for element in elements:
        item_id = item_id_of(element)
        if item_id is None:
            text = feel.dump(element)
            if values[text]:
                values[text] -= 1
            else:
                missing.append(element)
        elif item_id not in items:
            items.add(item_id)
            missing.append(element)
    return missing


def item_id_of(element: feel.Value) -> str | None:
    """The id of an element that is an item; None for any other value."""
    return str(element["id"]) if isinstance(element, dict) and element.get("id") else None


def _value_of(child: ChildRow) -> str:
    known = feel.load(child.element_value) if child.element_value is not None else {}
    return feel.dump(known.get("value"))
