"""The signs within shapes: what an event waits for or throws, who does a task, how a gateway decides.

Event signs are drawn in the 36 by 36 units of an event, task signs in 20 by 20, gateway signs in 50 by 50.
"""

from __future__ import annotations

import math

from engine.diagram import ElementKind, EventKind
from engine.draw.svg import INK, box, circle, path


def event_sign(kind: EventKind, *, is_filled: bool) -> str:
    """The sign of an event; throwing events have it filled."""
    fill = INK if is_filled else "white"
    match kind:
        case EventKind.NONE:
            return ""
        case EventKind.MESSAGE:
            return _envelope(8.5, 11.5, 19, 13, is_filled=is_filled)
        case EventKind.TIMER:
            return _clock()
        case EventKind.ERROR:
            return path("M9.5 26 L14.2 10.5 L20 18.6 L26.3 9.8 L21.8 25.2 L16 17.2 Z", fill=fill, width=1.4)
        case EventKind.ESCALATION:
            return path("M18 8.3 L25 26 L18 19.2 L11 26 Z", fill=fill, width=1.4)
        case EventKind.SIGNAL:
            return path("M18 9 L26.4 23.8 L9.6 23.8 Z", fill=fill, width=1.4)
        case EventKind.LINK:
            return path("M9 14.5 L20 14.5 L20 10 L28 18 L20 26 L20 21.5 L9 21.5 Z", fill=fill, width=1.4)
        case EventKind.TERMINATE:
            return circle(18, 18, 10, fill=INK)
        case EventKind.UNSUPPORTED:
            return path("M13.5 14 C13.5 8.5 22.5 8.5 22.5 14 C22.5 17.5 18 17.5 18 21 M18 25.6 L18 26", width=2.4)


def gateway_sign(kind: ElementKind) -> str:
    match kind:
        case ElementKind.EXCLUSIVE:
            return path("M18 17 L32 33 M32 17 L18 33", width=3.4)
        case ElementKind.PARALLEL:
            return path("M25 13.5 L25 36.5 M13.5 25 L36.5 25", width=3.4)
        case ElementKind.INCLUSIVE:
            return circle(25, 25, 11, width=3, fill="none")
        case ElementKind.EVENT_GATEWAY:
            pentagon = [_point(25, 25, 8.2, 90 - 72 * corner) for corner in range(5)]
            return circle(25, 25, 15, width=1) + circle(25, 25, 12.2, width=1) + path(_closed(pentagon), width=1.2)
        case _:
            return path("M25 14 L25 36 M14 25 L36 25 M17.2 17.2 L32.8 32.8 M32.8 17.2 L17.2 32.8", width=2.6)


def task_sign(kind: ElementKind) -> str:
    match kind:
        case ElementKind.USER:
            shoulders = path("M2.5 18.5 L2.5 15 C2.5 11.6 5.6 10.6 10 10.6 C14.4 10.6 17.5 11.6 17.5 15 L17.5 18.5 Z")
            return shoulders + circle(10, 6.2, 4.6) + path("M6.5 18.2 L6.5 15.4 M13.5 18.2 L13.5 15.4", width=1)
        case ElementKind.SERVICE:
            return path(_gear(8.6, 6.6), fill="white", width=1.3) + circle(10, 10, 3, width=1.3)
        case ElementKind.SEND:
            return _envelope(0.5, 3, 19, 13.5, is_filled=True)
        case ElementKind.RECEIVE:
            return _envelope(0.5, 3, 19, 13.5, is_filled=False)
        case ElementKind.SCRIPT:
            right, left = "C13.5 6 13.5 8 16 10 C18.5 12.5 18 15 14 18", "C6 15 6.5 12.5 4 10 C1.5 8 1.5 6 6 2"
            return path(f"M6 2 L18 2 {right} L2 18 {left} Z", width=1.3) + path(
                "M6 6 L12 6 M6 10 L12.5 10 M8 14 L14 14", width=1.2
            )
        case ElementKind.RULE:
            rows = path("M0.7 11.5 L19.3 11.5 M6.5 7 L6.5 16.3", width=1.3)
            return box(0.7, 3, 18.6, 13.3, line=1.3) + box(0.7, 3, 18.6, 4.2, line=1.3, fill="#bdbdbd") + rows
        case _:
            return ""


def loop_sign(x: float, y: float, *, is_sequential: bool) -> str:
    """Three bars, upright for all at once and lying for one after another; (x, y) is their middle."""
    bars = []
    for offset in (-5, 0, 5):
        if is_sequential:
            bars.append(f"M{x - 7} {y + offset} L{x + 7} {y + offset}")
        else:
            bars.append(f"M{x + offset} {y - 7} L{x + offset} {y + 7}")
    return path(" ".join(bars), width=2.4)


def collapsed_sign(x: float, y: float) -> str:
    """The box with a plus of a sub-process whose inside is drawn elsewhere; (x, y) is its middle."""
    plus = path(f"M{x} {y - 4.5} L{x} {y + 4.5} M{x - 4.5} {y} L{x + 4.5} {y}")
    return box(x - 7, y - 7, 14, 14) + plus


def _envelope(x: float, y: float, width: float, height: float, *, is_filled: bool) -> str:
    fold = f"M{x} {y} L{x + width / 2} {y + height * 0.58} L{x + width} {y}"
    if not is_filled:
        return box(x, y, width, height, line=1.3) + path(fold, width=1.3)
    return box(x, y, width, height, line=1.3, fill=INK) + path(fold, width=1.5, stroke="white")


def _clock() -> str:
    ticks = []
    for hour in range(12):
        outer, inner = _point(18, 18, 11, 30 * hour), _point(18, 18, 9 if hour % 3 else 8, 30 * hour)
        ticks.append(f"M{outer[0]:.2f} {outer[1]:.2f} L{inner[0]:.2f} {inner[1]:.2f}")
    return circle(18, 18, 11, width=1.4) + path(" ".join(ticks), width=1) + path("M20.5 10.5 L18 18 L23.5 18.5")


def _gear(outer: float, inner: float) -> str:
    points = []
    for tooth in range(8):
        for radius, turn in ((outer, -9.0), (outer, 9.0), (inner, 14.0), (inner, 31.0)):
            points.append(_point(10, 10, radius, 45 * tooth + turn))
    return _closed(points)


def _point(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y - radius * math.sin(angle)


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in points) + " Z"
