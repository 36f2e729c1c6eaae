"""Every activity that waits × every boundary event it may have, or event sub-process beside it × interrupting or not ×
where it stands: a diagram each, with what the world does to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.variants import Variant
from tests.casework.builders import SETTINGS, diagram, process
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    definitions_for,
    each,
    end,
    event_start,
    event_sub,
    exclusive,
    link,
    receive,
    send,
    service,
    start,
    sub,
    throw,
    user,
    wire,
)

HOSTS = ("user", "service", "send", "receive", "call", "parallel calls", "sequential calls", "sub-process")
HOSTS += ("users for each", "services one by one", "sub-processes for each")
BOUNDARIES = ("none", "timer", "message", "signal", "error", "escalation")
PLACES = ("the process", "a sub-process", "a child")
_CALLS = ("call", "parallel calls", "sequential calls")
_FOR_EACH = ("parallel calls", "sequential calls", "users for each", "sub-processes for each")
_SERVICES = ("service", "send", "services one by one")
_LEVELS = (*_CALLS, "sub-process", "sub-processes for each")
_HOSTS_OF = {"error": (*_LEVELS, *_SERVICES), "escalation": _LEVELS}
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """What the world does, and when: counted from the application."""

    what: str  #: "complete", "tell", "work" or "pass" (time)
    element: str = ""  #: of the task to complete, or the message to tell
    item: str = ""
    after: timedelta


@dataclass(frozen=True, kw_only=True)
class Scenario:
    host: str
    boundary: str
    is_part: bool  #: whether an event sub-process waits for it, and no boundary event
    interrupts: bool
    place: str
    comes: bool  #: whether what the boundary event waits for happens
    actions: tuple[Action, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.boundary == "none":
            return f"{self.host} in {self.place}"
        mode = "interrupting" if self.interrupts else "beside"
        where = "part " if self.is_part else ""
        return f"{self.host}, {self.boundary} {where}{mode} {'comes' if self.comes else 'never comes'}, in {self.place}"

    def variant(self, council: str) -> Variant:
        """The diagram; each council has a version of its own, so that runs share nothing but the database."""
        child = process(_inside(self.boundary, "c_"), "child")
        bodies = [*_place(_body(self), self.place), process(_ring(), "ring"), child]
        written = diagram(*bodies, definitions=definitions_for("".join(bodies)))
        return Variant.from_files({"variant.toml": f"# {council}\n{SETTINGS}".encode(), "main.bpmn": written}, council)


def scenarios() -> Iterator[Scenario]:
    for place in PLACES:
        for host in HOSTS:
            for kind in BOUNDARIES:
                if host not in _HOSTS_OF.get(kind, HOSTS):
                    continue
                for is_part in (False,) if kind == "none" else (False, True):
                    for interrupts in (True,) if kind in ("none", "error") else (True, False):
                        for comes in (False,) if kind == "none" else (True, False):
                            yield _scenario(host, kind, is_part, interrupts=interrupts, place=place, comes=comes)


def _scenario(host: str, kind: str, is_part: bool, *, interrupts: bool, place: str, comes: bool) -> Scenario:
    todo: list[tuple[str, str, str]] = []
    if comes:
        todo += _happen(host, kind)
        todo.append(("complete", "after", ""))
    if not comes or not interrupts:
        todo += _finish(host, goes_on=comes and kind == "escalation")
        todo.append(("complete", "behind", ""))
    actions, at = [], timedelta()
    for what, element, item in todo:
        at += timedelta(days=3) if what == "pass" else _MINUTE
        actions.append(Action(what=what, element=element, item=item, after=at))
    answers = {"fault": "lost" if comes and kind == "error" else "", "fails": comes}
    return Scenario(
        host=host,
        boundary=kind,
        is_part=is_part,
        interrupts=interrupts,
        place=place,
        comes=comes,
        actions=tuple(actions),
        answers={**answers, "agencies": [{"name": "A"}, {"name": "B"}, {"name": "C"}]},
    )


def _happen(host: str, kind: str) -> list[tuple[str, str, str]]:
    """What makes the boundary event fire."""
    if kind == "timer":
        return [("pass", "", "")]
    if kind in ("message", "signal"):
        return [("tell", "news" if kind == "message" else "ring", "")]
    if host in _SERVICES:
        return [("work", "", "")]
    return [("complete", _inner(host), "agencies-1" if host in _FOR_EACH else "")]


def _finish(host: str, *, goes_on: bool) -> list[tuple[str, str, str]]:
    """What completes the activity; `goes_on`: an escalation has passed its first task."""
    if host == "user":
        return [("complete", "host", "")]
    if host in _SERVICES:
        return [("work", "", "")]
    if host == "receive":
        return [("tell", "answer", "")]
    first, more = _inner(host), _inner(host).replace("inside", "more")
    items = ("agencies-1", "agencies-2", "agencies-3") if host in _FOR_EACH else ("",)
    todo: list[tuple[str, str, str]] = []
    for place, item in enumerate(items):
        if not goes_on or place > 0:
            todo.append(("complete", first, item))
        if goes_on and place > 0:  # the first one's escalation has been seen to
            todo.append(("complete", "after", ""))
        if goes_on:
            todo.append(("complete", more, item))
    return todo


def _inner(host: str) -> str:
    if host == "users for each":
        return "host"
    return "c_inside" if host in _CALLS else "s_inside"


def _body(scenario: Scenario) -> str:
    host, kind = scenario.host, scenario.boundary
    elements = {
        "user": lambda: user("host"),
        "service": lambda: service(
            "host", inputs={"fault": "=fault", "give": "=fault"}, outputs={"given_back": "=given"}
        ),
        "send": lambda: send("host", inputs={"fault": "=fault"}),
        "receive": lambda: receive("host", "answer"),
        "call": lambda: call("host", inputs={"told": "=fault"}, outputs={"child_told": "=told"}),
        "parallel calls": lambda: call("host", over="=agencies", element="agency", gives="=agency.name", into="names"),
        "sequential calls": lambda: call("host", over="=agencies", element="agency", sequential=True),
        "sub-process": lambda: sub("host", _inside(kind, "s_")),
        "users for each": lambda: each(user("host"), gives="=agency.name", into="names"),
        "services one by one": lambda: each(service("host", inputs={"fault": "=fault"}), sequential=True),
        "sub-processes for each": lambda: each(sub("host", _inside(kind, "s_"))),
    }
    drawn = start("b_start") + elements[host]() + user("behind") + end("b_end") + wire("b_start host behind b_end")
    if kind == "none":
        return drawn
    what = {"timer": "P2D", "message": "news", "signal": "alarm", "error": "lost", "escalation": "up"}[kind]
    follows = user("after") + end("a_end") + wire("caught after a_end")
    if scenario.is_part:
        return drawn + event_sub("part", event_start("caught", kind, what, interrupting=scenario.interrupts) + follows)
    return drawn + boundary("caught", "host", kind, what, interrupting=scenario.interrupts) + follows


def _inside(kind: str, prefix: str) -> str:
    """What runs in a child or sub-process: a task, and then what is thrown where the case `fails`."""
    p = prefix
    drawn = start(f"{p}start") + user(f"{p}inside") + end(f"{p}end")
    if kind not in ("error", "escalation"):
        return drawn + wire(f"{p}start {p}inside {p}end")
    drawn += exclusive(f"{p}which", f"{p}which_to_{p}end")
    if kind == "error":
        drawn += end(f"{p}lost", "error", "lost")
        return drawn + wire(
            f"{p}start {p}inside {p}which {p}end", f"{p}which {p}lost", **{f"{p}which_to_{p}lost": "=fails"}
        )
    drawn += throw(f"{p}up", "escalation", "up") + user(f"{p}more") + end(f"{p}m_end")
    return drawn + wire(
        f"{p}start {p}inside {p}which {p}end", f"{p}which {p}up {p}more {p}m_end", **{f"{p}which_to_{p}up": "=fails"}
    )


def _ring() -> str:
    return start("r_start", "message", "ring") + end("r_end", "signal", "alarm") + wire("r_start r_end")


def _place(body: str, place: str) -> list[str]:
    if place == "the process":
        return [process(body)]
    if place == "a sub-process":
        linked = link(throw("go", "none")) + link(catch("here", "none"))
        return [process(start() + linked + sub("box", body) + wire("start go", "here box"))]
    return [process(start() + call("outer", "placed") + end() + wire("start outer end")), process(body, "placed")]
