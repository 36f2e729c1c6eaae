"""What a file says beyond the dialect, collected while it is read.

The word (`Oddity.what`) is, for something unknown, its own name:

- a BPMN tag or attribute, and an attribute of a zeebe element, by its local name: "transaction", "triggeredByEvent",
  "standardLoopCharacteristics", "eventDefinitionRef", "candidateUsers", "propagateAllChildVariables";
- any other tag or attribute with its usual prefix: "zeebe:executionListeners", "camunda:formKey".

What is wrong without being unknown has one of the words below.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.diagram.model import Oddity
from engine.diagram.names import bpmn_children, fold, line_of, tag_of, text_of

#: A reference to something that is not in the file, or is no element that can be meant there.
DANGLING = "dangling-reference"
#: A flow that leaves or enters a sub-process, or another process, through its border.
CROSSES_LEVEL = "crosses-level"
#: A default flow that does not leave its element, or a default on anything but an activity or a gateway that decides.
DEFAULT = "default"
#: The element's own list of ways in or out differs from the flows.
WAYS_DIFFER = "incoming-outgoing-differ"
DUPLICATE_ID = "duplicate-id"
MISSING_ID = "missing-id"
#: An element whose id is `Start` or `End`, which the runtime keeps for itself.
RESERVED_ID = "reserved-id"
#: A user task without `zeebe:userTask`: Camunda would give it to a job worker.
JOB_WORKER_USER_TASK = "job-worker-user-task"
SEVERAL_EVENT_DEFINITIONS = "several-event-definitions"
#: A timer with no time, or with more than one.
TIMER_TIMES = "timer-times"
#: A data object or store that is tied to an element by a line.
DATA_ASSOCIATION = "data-association"
DUPLICATE_PROPERTY = "duplicate-property"
#: A shape or edge whose numbers cannot be read, or are out of all proportion.
BAD_COORDINATES = "bad-coordinates"


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Whom an oddity is reported of: the nearest thing around it that a person sees in the modeller."""

    id: str
    name: str
    process_id: str | None
    line: int


def owner_of(node: etree._Element, *, process_id: str | None, id: str | None = None) -> Owner:
    """`node` as an owner; an annotation is called by its text."""
    name = fold(node.get("name"))
    if not name and tag_of(node) == "textAnnotation":
        name = fold(" ".join(text_of(text) for text in bpmn_children(node, "text")))
    return Owner(id=id or node.get("id") or "", name=name, process_id=process_id, line=line_of(node))


class OddityBook:
    """The oddities found so far, each once, in the order of finding."""

    def __init__(self) -> None:
        self._found: dict[Oddity, None] = {}  # a dict keeps the order and says each thing once

    def add(self, owner: Owner, what: str, detail: str = "", *, node: etree._Element | None = None) -> None:
        """Note `what` of `owner`; `node`, where given, is what stands in the line to look at."""
        line = owner.line if node is None else line_of(node)
        oddity = Oddity(
            element_id=owner.id,
            element_name=owner.name,
            what=what,
            detail=detail,
            line=line,
            process_id=owner.process_id,
        )
        self._found[oddity] = None

    def all(self) -> tuple[Oddity, ...]:
        return tuple(self._found)
