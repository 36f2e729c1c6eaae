"""By which way in a branch that waits at a join has come, when the join is drawn otherwise."""

from __future__ import annotations

from engine.casework.migration.matches import Matches
from engine.diagram.model import Element, Process


def way_into_join(matches: Matches, was: Element, join: Element, via: str | None) -> str | None:
    """The flow into `join` that leads back, through new elements alone, to where the branch came from; None where none
    does, or several do. The id of a flow says little: modellers keep it for the half that is left when a flow is
    parted, and lead it elsewhere."""
    flow = matches.old.flows.get(via or "")
    if flow is None or flow.target != was.id:
        return None
    came_from = _images_behind(matches, flow.source)
    fitting = [each for each in join.incoming if came_from & _known_behind(matches, each)]
    if len(fitting) > 1 and flow.id in fitting:
        return flow.id
    return fitting[0] if len(fitting) == 1 else None


def _images_behind(matches: Matches, source: str) -> set[str]:
    """What the element became from which the flow came; where it is gone, what those before it became."""
    found: set[str] = set()
    seen: set[str] = set()
    todo = [source]
    while todo:
        element_id = todo.pop()
        if element_id in seen:
            continue
        seen.add(element_id)
        image = matches.image(element_id)
        if image is not None:
            found.add(image.id)
        else:
            todo += _before(matches.old, element_id)
    return found


def _known_behind(matches: Matches, flow: str) -> set[str]:
    """Those elements of the new version, which the old one had, from which the flow comes through new ones alone."""
    found: set[str] = set()
    seen: set[str] = set()
    todo = [matches.new.flows[flow].source]
    while todo:
        element_id = todo.pop()
        if element_id in seen:
            continue
        seen.add(element_id)
        if matches.is_new(element_id):
            todo += _before(matches.new, element_id)
        else:
            found.add(element_id)
    return found


def _before(process: Process, element_id: str) -> list[str]:
    """What a token passed last that comes from the element: of a sub-process where it ended inside, and before the
    beginning inside what is before the sub-process."""
    element = process.elements[element_id]
    inside = [each.id for each in process.children.get(element_id, ()) if not each.outgoing]
    if inside:
        return inside
    return _led_from(process, element)


def _led_from(process: Process, element: Element) -> list[str]:
    sources = [process.flows[flow].source for flow in element.incoming]
    if element.attached_to is not None:
        sources.append(element.attached_to)
    if not sources and element.parent is not None:
        return _led_from(process, process.elements[element.parent])
    return sources
