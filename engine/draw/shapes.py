"""Draws one element within its bounds: events as circles, gateways as diamonds, everything that works as a box."""

from __future__ import annotations

from engine.diagram import Bounds, Element, ElementKind, EventKind, Shape
from engine.draw.icons import collapsed_sign, event_sign, gateway_sign, loop_sign, task_sign
from engine.draw.lines import label_in
from engine.draw.svg import box, circle, moved, path
from engine.draw.text import below, centred, fit, height_of, width_of, wrap

_THROWING = frozenset({ElementKind.END, ElementKind.THROW})
_GATEWAYS = frozenset({ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.INCLUSIVE, ElementKind.EVENT_GATEWAY})
_LABEL_WIDTH = 90.0


def is_event(element: Element) -> bool:
    return element.event is not None and element.kind is not ElementKind.RECEIVE


def is_gateway(element: Element) -> bool:
    return element.kind in _GATEWAYS or element.tag == "complexGateway"


def holds_others(element: Element, shape: Shape) -> bool:
    """Whether it is a box that is drawn with its inside."""
    is_level = element.kind is ElementKind.SUBPROCESS or element.tag in ("transaction", "adHocSubProcess")
    return is_level and shape.is_expanded


def draw_element(element: Element, shape: Shape) -> str:
    """The shape and what stands inside it, without a label outside."""
    if is_event(element) or element.tag.endswith("Event"):
        return _event(element, shape.bounds)
    if is_gateway(element):
        return _gateway(element, shape.bounds)
    if element.kind is ElementKind.SUBPROCESS or element.tag in ("transaction", "adHocSubProcess"):
        return _sub_process(element, shape)
    return _task(element, shape.bounds)


def outside_label(element: Element, shape: Shape) -> tuple[str, Bounds | None]:
    """The name of an event or gateway and the room it takes; nothing for a shape that holds its name inside."""
    if not element.name or not (is_event(element) or is_gateway(element) or element.tag.endswith("Event")):
        return "", None
    if shape.label is not None:
        return label_in(shape.label, element.name)
    lines = wrap(element.name, _LABEL_WIDTH)
    width = max(width_of(line) for line in lines)
    middle = shape.bounds.x + shape.bounds.width / 2
    top = shape.bounds.y + shape.bounds.height + 5
    return label_in(Bounds(x=middle - width / 2, y=top, width=width, height=height_of(lines)), element.name)


def _event(element: Element, bounds: Bounds) -> str:
    kind = EventKind.UNSUPPORTED if element.event is None else element.event.kind
    dash = "6 3.5" if element.waits_beside and not element.is_interrupting else ""
    if element.kind is ElementKind.END:
        rings = circle(18, 18, 17.2, width=3.6)
    elif element.kind is ElementKind.START:
        rings = circle(18, 18, 18, dash=dash)
    else:
        rings = circle(18, 18, 18, dash=dash) + circle(18, 18, 14.8, dash=dash.replace("6", "5"))
    sign = event_sign(kind, is_filled=element.kind in _THROWING)
    return moved(bounds.x, bounds.y, rings, sign, scale=min(bounds.width, bounds.height) / 36)


def _gateway(element: Element, bounds: Bounds) -> str:
    diamond = path("M25 0 L50 25 L25 50 L0 25 Z", fill="white")
    scale = min(bounds.width, bounds.height) / 50
    return moved(bounds.x, bounds.y, diamond, gateway_sign(element.kind), scale=scale)


def _task(element: Element, bounds: Bounds) -> str:
    line = 4.0 if element.kind is ElementKind.CALL else 1.5
    inset = (line - 1.5) / 2  # a thick border grows inwards, so that flows still end on its edge
    frame = box(
        bounds.x + inset,
        bounds.y + inset,
        bounds.width - 2 * inset,
        bounds.height - 2 * inset,
        radius=10,
        line=line,
    )
    sign = task_sign(element.kind)
    if sign:
        sign = moved(bounds.x + 6, bounds.y + 5, sign, scale=0.9)
    top = 24 if sign else 6
    bottom = 22 if element.loop is not None else 6
    lines, size = fit(element.name, bounds.width - 12, bounds.height - top - bottom)
    # In the middle of the box where that clears the signs, else in the middle between them.
    half = height_of(lines, size) / 2
    middle = bounds.y + bounds.height / 2
    middle = min(max(middle, bounds.y + top + half), bounds.y + bounds.height - bottom - half)
    words = centred(lines, bounds.x + bounds.width / 2, middle, size=size)
    return frame + sign + words + _loop(element, bounds)


def _loop(element: Element, bounds: Bounds) -> str:
    if element.loop is None:
        return ""
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height - 12
    return loop_sign(x, y, is_sequential=element.loop.is_sequential)


def _sub_process(element: Element, shape: Shape) -> str:
    bounds = shape.bounds
    dash = "2 4" if element.is_event_subprocess else ""
    frame = box(bounds.x, bounds.y, bounds.width, bounds.height, radius=10, dash=dash)
    if element.tag == "transaction":
        frame += box(bounds.x + 3, bounds.y + 3, bounds.width - 6, bounds.height - 6, radius=8)
    middle = bounds.x + bounds.width / 2
    if shape.is_expanded:
        lines = wrap(element.name, bounds.width - 20)
        return frame + below(lines, middle, bounds.y + 7, bold=True) + _loop(element, bounds)
    lines, size = fit(element.name, bounds.width - 12, bounds.height - 30)
    words = centred(lines, middle, bounds.y + (bounds.height - 18) / 2, size=size)
    return frame + words + collapsed_sign(middle, bounds.y + bounds.height - 12)
