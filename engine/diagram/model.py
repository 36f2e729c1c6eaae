"""What a diagram says, as plain values: the only form in which the rest of the engine knows BPMN.

The reader (`engine.diagram.reader`) makes these from XML. It never refuses an element it does not know: it keeps it as
`ElementKind.UNSUPPORTED` or as an `Oddity`, so that the check can name every one of them and the runtime can refuse
the process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

#: “reports”, or “counted.complaints (Separate complaints)”.
_SHOWN_FACT = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3})(?:\s*\(([^()]+)\))?")


#: The message that tells that a task or time frame has another deadline: the engine alone throws it.
DEADLINE_CHANGED = "deadline_changed"
#: What it tells, as facts.
DEADLINE_FACTS = (
    "deadline_of", "deadline_limit", "deadline_was", "deadline_is", "deadline_reason", "deadline_changed_by",
    "deadline_told_as",
)  # fmt: skip


#: An element of a folder: the id of its process, and its own.
Place: TypeAlias = tuple[str, str]


class ElementKind(StrEnum):
    START = "start event"
    END = "end event"
    THROW = "intermediate throw event"
    CATCH = "intermediate catch event"
    BOUNDARY = "boundary event"
    USER = "user task"
    SERVICE = "service task"
    SEND = "send task"
    RECEIVE = "receive task"
    SCRIPT = "script task"
    RULE = "business rule task"
    PLAIN = "task"  #: of no kind, or a manual one: a token passes it
    CALL = "call activity"
    SUBPROCESS = "sub-process"
    EXCLUSIVE = "exclusive gateway"
    PARALLEL = "parallel gateway"
    INCLUSIVE = "inclusive gateway"
    EVENT_GATEWAY = "event-based gateway"
    UNSUPPORTED = "unsupported element"


class EventKind(StrEnum):
    NONE = "none"
    TIMER = "timer"
    MESSAGE = "message"
    ERROR = "error"
    ESCALATION = "escalation"
    SIGNAL = "signal"
    TERMINATE = "terminate"
    LINK = "link"  #: goes on where a link of its name is caught on the same level
    UNSUPPORTED = "unsupported"  #: conditional, compensation, cancel, multiple


class TimerKind(StrEnum):
    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """The one event definition of an event or receive task."""

    kind: EventKind
    name: str | None = (
        None  #: the message's, signal's, link's name; None for other kinds or where the reference dangles
    )
    code: str | None = None  #: errorCode or escalationCode; None on a catching event means any code
    ref: str | None = None  #: the id referred to (messageRef, …), kept so that a dangling one can be named
    timer: TimerKind | None = None
    expression: str | None = None  #: the timer's text as written, with its leading "=" where it is FEEL
    correlation_key: str | None = None  #: zeebe:subscription correlationKey of the message, as written


@dataclass(frozen=True, kw_only=True, slots=True)
class IoMapping:
    source: str  #: as written; starts with "=" where it is FEEL, otherwise a literal string
    target: str  #: a name, or an entry of what it names: "victim.name"

    @property
    def name(self) -> str:
        """The name to which it maps, or of which it maps an entry."""
        return self.target.partition(".")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobDefinition:
    """`zeebe:taskDefinition` with `zeebe:taskHeaders`: which handler runs, and its fixed settings."""

    handler: str
    headers: Mapping[str, str] = field(default_factory=dict)
    retries: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Loop:
    """`multiInstanceLoopCharacteristics` with its `zeebe:loopCharacteristics`. Expressions as written."""

    is_sequential: bool
    input_collection: str | None = None
    input_element: str | None = None
    output_collection: str | None = None
    output_element: str | None = None
    completion_condition: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFact:
    """Something that is shown beside a task's form: a name, or an entry of what it names."""

    path: tuple[str, ...]  #: ("reports",), ("counted", "complaints")
    label: str = ""  #: the words for it; "" for those of the question that asks for it


@dataclass(frozen=True, kw_only=True)
class Element:
    """Anything drawn inside a process that a token can reach. Expressions are kept as written."""

    id: str
    name: str  #: as drawn, white space folded to single blanks; "" where it has none
    kind: ElementKind
    tag: str  #: the XML local name, e.g. "userTask"
    process_id: str
    parent: str | None = None  #: the embedded sub-process that holds it; None at the process's own level
    line: int = 0  #: line in the file
    lane: str | None = None  #: name of the innermost lane; an element in a sub-process has its own or its sub-process's
    documentation: str = ""
    incoming: tuple[str, ...] = ()  #: flow ids, in the order of the file
    outgoing: tuple[str, ...] = ()
    default_flow: str | None = None
    event: Event | None = None  #: set on events and receive tasks (a none event has EventKind.NONE)
    attached_to: str | None = None  #: boundary events only
    is_interrupting: bool = True  #: boundary events, and start events of event sub-processes
    is_event_subprocess: bool = False  #: a sub-process with no way in: its start event begins it
    begins_event_subprocess: bool = False  #: the start event of one
    is_for_compensation: bool = False  #: not run; it is drawn beside the flow
    # user task
    is_zeebe_user_task: bool = False
    candidate_groups: str | None = None
    assignee: str | None = None
    form_id: str | None = None  #: also on a start event
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str | None = None
    # service and send task, message throw and end event
    job: JobDefinition | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    # business rule task, script task: (what, result variable)
    decision_id: str | None = None
    script: str | None = None
    result_variable: str | None = None
    # call activity
    called_process: str | None = None
    loop: Loop | None = None
    #: zeebe:properties by name; ours are listed in docs/dialect.md
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """The id of its process, and its own: an element that is repeated stands in two."""
        return self.process_id, self.id

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clause ids of the `clause` property: separated by commas or blanks."""
        return tuple(self.properties.get("clause", "").replace(",", " ").split())

    @property
    def item(self) -> str | None:
        """The collection in which a message start event makes an item of its own for its process instance."""
        return self.properties.get("item") or None

    @property
    def begins_one_at_a_time(self) -> bool:
        """Whether a message start event begins no process while one runs: the `one_at_a_time` property."""
        return self.properties.get("one_at_a_time") == "true"

    @property
    def entered_by(self) -> tuple[str, ...]:
        """The ids of the teams that may enter a user task for the team whose it is: the `entered_by` property."""
        return tuple(self.properties.get("entered_by", "").replace(",", " ").split())

    @property
    def beside(self) -> tuple[str, ...]:
        """What stands beside a user task while it is done, as a page of the case names it: the `beside` property."""
        return tuple(part.strip() for part in self.properties.get("beside", "").split(",") if part.strip())

    @property
    def shows(self) -> tuple[ShownFact, ...]:
        """What a user task shows beside its form: the `shows` property, its parts separated by commas.

        A part that is no name, with words in brackets or without, has an empty path.
        """
        parts = (part.strip() for part in self.properties.get("shows", "").split(","))
        return tuple(_shown_fact(part) for part in parts if part)

    @property
    def frame_due_date(self) -> str | None:
        """By when all that is inside a sub-process or call activity has to be done: the `due_date` property, as
        written; None where it is no time frame."""
        return self.properties.get("due_date") or None

    @property
    def waits_beside(self) -> bool:
        """Whether it waits beside what goes on, as long as that does: a boundary event beside its activity, the start
        of an event sub-process beside the level in which that stands."""
        return self.kind is ElementKind.BOUNDARY or self.begins_event_subprocess

    @property
    def begins_by_time(self) -> bool:
        """Whether it begins a process of the case when its time has come."""
        is_of_process = self.kind is ElementKind.START and self.parent is None
        return is_of_process and self.event is not None and self.event.kind is EventKind.TIMER

    @property
    def may_happen_again(self) -> bool:
        """Whether it goes on waiting when it has happened, since it interrupts nothing."""
        return (self.waits_beside and not self.is_interrupting) or self.begins_by_time

    @property
    def may_begin(self) -> bool:
        """Whether its level begins with it where nothing leads to it and there is no start event."""
        if self.kind in (ElementKind.BOUNDARY, ElementKind.UNSUPPORTED) or self.is_event_subprocess:
            return False
        return self.kind is not ElementKind.CATCH or self.event is None or self.event.kind is not EventKind.LINK

    @property
    def label(self) -> str:
        """What a person calls it: its name, or its kind and id where it has none."""
        return self.name or f"{self.what} {self.id}"

    @property
    def what(self) -> str:
        """What it is, in words: "user task", "event sub-process"."""
        if self.is_event_subprocess:
            return f"event {self.kind}"
        return "manual task" if self.tag == "manualTask" else str(self.kind)


def _shown_fact(part: str) -> ShownFact:
    found = _SHOWN_FACT.fullmatch(part)
    return ShownFact(path=()) if found is None else ShownFact(path=tuple(found[1].split(".")), label=found[2] or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    process_id: str
    parent: str | None = None
    condition: str | None = None  #: as written; None where it has none
    line: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    id: str
    name: str
    process_id: str
    element_ids: tuple[str, ...]
    parent: str | None = None  #: id of the lane it is nested in


@dataclass(frozen=True, kw_only=True, slots=True)
class Oddity:
    """Something in the file that the engine does not run: the check turns each into a finding, the runtime refuses."""

    element_id: str
    element_name: str
    what: str  #: stable word, e.g. "triggeredByEvent", "zeebe:executionListeners"; see engine/diagram/oddities.py
    detail: str = ""
    line: int = 0
    process_id: str | None = None  #: the process it stands in; None for a message, a pool, the file itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """A rectangle in the diagram's own units, y downwards."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    element_id: str  #: of the element, lane, participant, annotation, … it draws
    bounds: Bounds
    label: Bounds | None = None
    is_expanded: bool = True
    is_horizontal: bool = True
    plane: str = ""  #: what its sheet draws: a process, a collaboration, or a sub-process with its own sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    element_id: str  #: of the flow or association it draws
    waypoints: tuple[tuple[float, float], ...]
    label: Bounds | None = None
    plane: str = ""  #: as in `Shape`


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotation:
    """A text annotation, group or data object: drawn, never run."""

    id: str
    tag: str
    text: str
    process_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Association:
    """A dotted line to an annotation, or a message flow between pools: drawn, never run."""

    id: str
    source: str
    target: str
    tag: str = "association"  #: or "messageFlow"
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """A pool."""

    id: str
    name: str
    process_id: str | None


@dataclass(frozen=True, kw_only=True)
class Process:
    id: str
    name: str
    is_executable: bool
    elements: Mapping[str, Element]  #: all levels, in the order of the file
    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    documentation: str = ""
    line: int = 0
    #: of what a multi-instance task or sub-process repeats: the process in whose drawing it stands, and whose
    #: variables are seen there; None for one that is drawn
    drawn_in: str | None = None

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Element, ...]]:
        """Elements by the sub-process that holds them; None for the process's own level."""
        found: dict[str | None, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.parent, []).append(element)
        return {parent: tuple(elements) for parent, elements in found.items()}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Element, ...]]:
        """Boundary events by the id of the activity they are attached to."""
        found: dict[str, list[Element]] = {}
        for element in self.elements.values():
            if element.attached_to is not None:
                found.setdefault(element.attached_to, []).append(element)
        return {host: tuple(events) for host, events in found.items()}

    @cached_property
    def event_starts(self) -> Mapping[str | None, tuple[Element, ...]]:
        """The start events of event sub-processes, by the sub-process in which these stand; None for the process's own
        level."""
        found: dict[str | None, list[Element]] = {}
        for element in self.elements.values():
            if element.begins_event_subprocess:
                found.setdefault(self.beside(element), []).append(element)
        return {level: tuple(starts) for level, starts in found.items()}

    def waiting_beside(self, element_id: str | None) -> tuple[Element, ...]:
        """The events that wait as long as an activity, or the process itself (None), does: the starts of the event
        sub-processes in it, then the boundary events on it."""
        border = self.boundaries.get(element_id, ()) if element_id is not None else ()
        return (*self.event_starts.get(element_id, ()), *border)

    def beside(self, event: Element) -> str | None:
        """The activity beside which an event of `waiting_beside` waits; None for the process itself."""
        around = self.elements.get(event.parent or "") if event.begins_event_subprocess else None
        return around.parent if around is not None else event.attached_to

    def is_beside_flow(self, element: Element) -> bool:
        """Whether it has no place in the flow of what is run: what compensation is drawn with, and all that stands in
        an ad-hoc sub-process, where no flow is needed."""
        host = self.elements.get(element.attached_to or "")
        around = self.elements.get(element.parent or "")
        kind = element.event.kind if element.event is not None else None
        is_compensated = host is not None and kind is EventKind.UNSUPPORTED and not element.outgoing
        if element.is_for_compensation or is_compensated:
            return True
        return around is not None and (around.tag == "adHocSubProcess" or self.is_beside_flow(around))

    def event_subprocesses(self, level: str | None) -> tuple[Element, ...]:
        """Those that stand in a sub-process, or on the process's own level (None)."""
        return tuple(element for element in self.children.get(level, ()) if element.is_event_subprocess)

    @property
    def frame_due_date(self) -> str | None:
        """By when the whole process has to be done: the `due_date` property, as written; None where it is no time
        frame."""
        return self.properties.get("due_date") or None

    @property
    def plain_start(self) -> Element | None:
        """The start event of the process that no message or signal starts: where it begins when it is called."""
        starts = self.start_events()
        return next((e for e in starts if e.event is None or e.event.kind is EventKind.NONE), None)

    def beginnings(self, parent: str | None = None) -> tuple[Element, ...]:
        """Where the process begins when it is called, or a sub-process when it is reached: at its plain start event, or
        that of an event sub-process. Without any start event it begins at each element to which nothing leads
        (BPMN 2.0.2, 10.5.2)."""
        starts = self.start_events(parent)
        if starts:
            plain = (e for e in starts if e.event is None or e.event.kind is EventKind.NONE)
            return tuple(e for e in starts if e.begins_event_subprocess)[:1] or tuple(plain)[:1]
        return tuple(e for e in self.children.get(parent, ()) if not e.incoming and e.may_begin)

    def entries(self, parent: str | None = None) -> tuple[Element, ...]:
        """Every element at which a token can come to be on that level: its start events, or where it begins without
        any. Boundary events apart."""
        return self.start_events(parent) or self.beginnings(parent)

    def start_events(self, parent: str | None = None) -> tuple[Element, ...]:
        """The start events of the process's own level, or of an embedded sub-process."""
        return tuple(e for e in self.children.get(parent, ()) if e.kind is ElementKind.START)


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """One .bpmn file."""

    file: str
    processes: Mapping[str, Process]
    participants: tuple[Participant, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    associations: tuple[Association, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict)  #: by the id of what is drawn
    edges: Mapping[str, Edge] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()
    duplicate_ids: tuple[str, ...] = ()
    exporter: str = ""  #: "Camunda Modeler 5.30" or what the file says
