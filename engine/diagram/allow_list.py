"""What of BPMN and of the zeebe extension is known, element by element. Anything else becomes an oddity."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram.model import ElementKind

KINDS: Mapping[str, ElementKind] = {
    "startEvent": ElementKind.START,
    "endEvent": ElementKind.END,
    "intermediateThrowEvent": ElementKind.THROW,
    "intermediateCatchEvent": ElementKind.CATCH,
    "boundaryEvent": ElementKind.BOUNDARY,
    "userTask": ElementKind.USER,
    "serviceTask": ElementKind.SERVICE,
    "sendTask": ElementKind.SEND,
    "receiveTask": ElementKind.RECEIVE,
    "scriptTask": ElementKind.SCRIPT,
    "businessRuleTask": ElementKind.RULE,
    "task": ElementKind.PLAIN,
    "manualTask": ElementKind.PLAIN,
    "callActivity": ElementKind.CALL,
    "subProcess": ElementKind.SUBPROCESS,
    "exclusiveGateway": ElementKind.EXCLUSIVE,
    "parallelGateway": ElementKind.PARALLEL,
    "inclusiveGateway": ElementKind.INCLUSIVE,
    "eventBasedGateway": ElementKind.EVENT_GATEWAY,
}

#: Elements that a token could reach and that are not run; they are read as ElementKind.UNSUPPORTED.
NOT_RUN = frozenset(
    {
        *("transaction", "adHocSubProcess", "complexGateway", "implicitThrowEvent", "event"),
        *("choreographyTask", "subChoreography", "callChoreography"),
    }
)

#: Elements with a level of their own inside.
LEVELS = frozenset({"subProcess", "transaction", "adHocSubProcess"})

#: Drawn beside the flow, never run.
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
ARTIFACTS = DATA | {"textAnnotation", "group"}

EVENTS = frozenset({ElementKind.START, ElementKind.END, ElementKind.THROW, ElementKind.CATCH, ElementKind.BOUNDARY})
THROWING = frozenset({ElementKind.END, ElementKind.THROW})
#: What a message event can name as the type of its task where no handler sends it: it is told inside the case. The
#: modeller's linter wants one there; leaving it out means the same.
TELLS_THE_CASE = "tell-case"
#: The same of what a message is matched by: it is told to one case, which this names.
OF_THE_CASE = "=case.reference"
TASKS = frozenset(
    {
        *(ElementKind.USER, ElementKind.SERVICE, ElementKind.SEND, ElementKind.RECEIVE),
        *(ElementKind.SCRIPT, ElementKind.RULE),
    }
)
GATEWAYS = frozenset({ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.INCLUSIVE, ElementKind.EVENT_GATEWAY})
ACTIVITIES = TASKS | {ElementKind.PLAIN, ElementKind.CALL, ElementKind.SUBPROCESS}

_ANY = frozenset({"id", "name"})
_ACTIVITY = _ANY | {"default", "isForCompensation", "startQuantity", "completionQuantity"}
_GATEWAY = _ANY | {"gatewayDirection", "default"}

#: Attributes that are read, by tag. Those with only one harmless value stand in HARMLESS_VALUES too.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "process": _ANY | {"isExecutable", "isClosed", "processType", "definitionalCollaborationRef"},
    "startEvent": _ANY | {"isInterrupting", "parallelMultiple"},
    "endEvent": _ANY,
    "intermediateThrowEvent": _ANY,
    "intermediateCatchEvent": _ANY | {"parallelMultiple"},
    "boundaryEvent": _ANY | {"attachedToRef", "cancelActivity", "parallelMultiple"},
    "userTask": _ACTIVITY | {"implementation"},
    "serviceTask": _ACTIVITY | {"implementation"},
    "sendTask": _ACTIVITY | {"implementation"},
    "receiveTask": _ACTIVITY | {"implementation", "messageRef", "instantiate"},
    "scriptTask": _ACTIVITY | {"scriptFormat"},
    "businessRuleTask": _ACTIVITY | {"implementation"},
    "task": _ACTIVITY,
    "manualTask": _ACTIVITY,
    "callActivity": _ACTIVITY,
    "subProcess": _ACTIVITY | {"triggeredByEvent"},
    "exclusiveGateway": _GATEWAY,
    "parallelGateway": _GATEWAY - {"default"},
    "inclusiveGateway": _GATEWAY,
    "eventBasedGateway": _GATEWAY - {"default"} | {"instantiate", "eventGatewayType"},
    "sequenceFlow": _ANY | {"sourceRef", "targetRef", "isImmediate"},
    "conditionExpression": frozenset({"id", "language"}),
    "completionCondition": frozenset({"id", "language"}),
    "timerEventDefinition": frozenset({"id"}),
    "messageEventDefinition": frozenset({"id", "messageRef"}),
    "signalEventDefinition": frozenset({"id", "signalRef"}),
    "errorEventDefinition": frozenset({"id", "errorRef"}),
    "escalationEventDefinition": frozenset({"id", "escalationRef"}),
    "terminateEventDefinition": frozenset({"id"}),
    "linkEventDefinition": _ANY,
    "timeDate": frozenset({"id", "language"}),
    "timeDuration": frozenset({"id", "language"}),
    "timeCycle": frozenset({"id", "language"}),
    "multiInstanceLoopCharacteristics": frozenset({"id", "isSequential", "behavior"}),
    "message": _ANY | {"itemRef"},
    "signal": _ANY | {"structureRef"},
    "error": _ANY | {"errorCode", "structureRef"},
    "escalation": _ANY | {"escalationCode", "structureRef"},
    "collaboration": _ANY | {"isClosed"},
    "participant": _ANY | {"processRef"},
    "messageFlow": _ANY | {"sourceRef", "targetRef", "messageRef"},
    "laneSet": _ANY,
    "lane": _ANY,
}

#: Attributes that do nothing while they have one of these values, which many tools write out.
HARMLESS_VALUES: Mapping[str, frozenset[str]] = {
    "isForCompensation": frozenset({"false"}),
    "startQuantity": frozenset({"1"}),
    "completionQuantity": frozenset({"1"}),
    "isInterrupting": frozenset({"true", "false"}),
    "parallelMultiple": frozenset({"false"}),
    "triggeredByEvent": frozenset({"true", "false"}),
    "instantiate": frozenset({"false"}),
    "eventGatewayType": frozenset({"Exclusive"}),
    "implementation": frozenset({"##unspecified", "##WebService"}),
    "scriptFormat": frozenset({""}),
    "language": frozenset({"", "feel", "FEEL", "https://www.omg.org/spec/DMN/20191111/FEEL/"}),
    "behavior": frozenset({"All"}),
}

#: Children of any element that say nothing about what runs.
_SAID = frozenset({"documentation", "extensionElements", "auditing", "monitoring"})
_FLOWING = _SAID | {"incoming", "outgoing"}
_EVENT_DEFINITIONS = frozenset(
    {
        *("timerEventDefinition", "messageEventDefinition", "signalEventDefinition", "errorEventDefinition"),
        *("escalationEventDefinition", "terminateEventDefinition", "linkEventDefinition"),
    }
)
_LEVEL = frozenset({*KINDS, *NOT_RUN, *ARTIFACTS, "sequenceFlow", "association"})

#: BPMN children that are read, by tag; for every other tag only those that say nothing (CHILDREN_OF_OTHERS).
CHILDREN: Mapping[str, frozenset[str]] = {
    "process": _SAID | _LEVEL | {"laneSet"},
    "subProcess": _FLOWING | _LEVEL | {"multiInstanceLoopCharacteristics"},
    "transaction": _FLOWING | _LEVEL,
    "adHocSubProcess": _FLOWING | _LEVEL,
    **{tag: _FLOWING | {"multiInstanceLoopCharacteristics"} for tag, kind in KINDS.items() if kind in TASKS},
    **dict.fromkeys(("callActivity", "task", "manualTask"), _FLOWING | {"multiInstanceLoopCharacteristics"}),
    **{tag: _FLOWING | _EVENT_DEFINITIONS for tag, kind in KINDS.items() if kind in EVENTS},
    **dict.fromkeys(("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"), _FLOWING),
    "sequenceFlow": _SAID | {"conditionExpression"},
    "timerEventDefinition": _SAID | {"timeDate", "timeDuration", "timeCycle"},
    "linkEventDefinition": _SAID | {"source", "target"},  # which its name says
    "multiInstanceLoopCharacteristics": _SAID | {"completionCondition"},
    "collaboration": _SAID | {"participant", "messageFlow", *ARTIFACTS, "association"},
    "laneSet": _SAID | {"lane"},
    "lane": _SAID | {"flowNodeRef", "childLaneSet"},
    "childLaneSet": _SAID | {"lane"},
}
CHILDREN_OF_OTHERS = _SAID

#: What may stand at the top of a file. Item definitions, categories and data stores only describe.
DEFINITIONS = _SAID | frozenset(
    {
        *("process", "collaboration", "message", "signal", "error", "escalation"),
        *("itemDefinition", "category", "dataStore"),
    }
)

_JOB = frozenset({ElementKind.SERVICE, ElementKind.SEND, ElementKind.THROW, ElementKind.END})
_ALL = frozenset(ElementKind)
_USER = frozenset({ElementKind.USER})

#: zeebe elements that are read, with the kinds of element on which they mean something and their attributes.
ZEEBE_ELEMENTS: Mapping[str, tuple[frozenset[ElementKind], frozenset[str]]] = {
    "properties": (_ALL, frozenset()),
    "userTask": (_USER, frozenset()),
    "formDefinition": (_USER | {ElementKind.START}, frozenset({"formId", "bindingType"})),
    "assignmentDefinition": (_USER, frozenset({"assignee", "candidateGroups"})),
    "taskSchedule": (_USER, frozenset({"dueDate", "followUpDate"})),
    "priorityDefinition": (_USER, frozenset({"priority"})),
    "taskDefinition": (_JOB, frozenset({"type", "retries"})),
    "taskHeaders": (_JOB, frozenset()),
    "ioMapping": (EVENTS | TASKS | {ElementKind.CALL}, frozenset()),
    "input": (_JOB | {ElementKind.CALL, ElementKind.USER}, frozenset({"source", "target"})),
    "output": (EVENTS | TASKS | {ElementKind.CALL}, frozenset({"source", "target"})),
    "script": (frozenset({ElementKind.SCRIPT}), frozenset({"expression", "resultVariable"})),
    "calledDecision": (frozenset({ElementKind.RULE}), frozenset({"decisionId", "resultVariable", "bindingType"})),
    "calledElement": (
        frozenset({ElementKind.CALL}),
        frozenset({"processId", "bindingType", "propagateAllChildVariables", "propagateAllParentVariables"}),
    ),
}
#: `versionTag` would pick another version than the case's own; the other two are the same thing here.
BINDINGS = frozenset({"latest", "deployment"})
LOOP_ATTRIBUTES = frozenset({"inputCollection", "inputElement", "outputCollection", "outputElement"})
#: Written by the modeller where an element template was applied.
TEMPLATE_ATTRIBUTES = frozenset({"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"})
