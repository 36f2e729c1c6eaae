"""What to draw instead of each thing that the engine does not run. Words as in `engine.diagram.oddities`."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram import oddities

#: Word → what is wrong and what to do, said after the element's name.
INSTEAD: Mapping[str, str] = {
    # sub-processes and gateways
    "transaction": "is a transaction. Draw an embedded sub-process with an error boundary event instead.",
    "adHocSubProcess": (
        "is an ad-hoc sub-process. Draw the ways through it with gateways, or a call activity with one child for each "
        "thing to be done."
    ),
    "complexGateway": "is a complex gateway. Draw an exclusive, parallel or inclusive gateway instead.",
    "implicitThrowEvent": "is an implicit throw event. Draw an intermediate throw event instead.",
    "event": "is an event of no kind. Draw an intermediate throw or catch event instead.",
    "choreographyTask": "belongs to a choreography, which is not run. Draw a process with tasks instead.",
    "subChoreography": "belongs to a choreography, which is not run. Draw a process with tasks instead.",
    "callChoreography": "belongs to a choreography, which is not run. Draw a process with tasks instead.",
    "choreography": "is a choreography, which is not run. Draw a process with tasks instead.",
    "triggeredByEvent": "has a triggeredByEvent that is neither true nor false. Write one of them.",
    "isForCompensation": "is marked for compensation. Draw what undoes it as a task of its own on a way of its own.",
    "compensateEventDefinition": "is a compensation event. Draw what undoes a step as tasks on a way of their own.",
    "cancelEventDefinition": "is a cancel event. Draw an error end event and an error boundary event instead.",
    "conditionalEventDefinition": (
        "is a conditional event. Draw a message or signal event that says when it has become so, or an exclusive "
        "gateway where it is looked at."
    ),
    "eventDefinitionRef": "refers to an event definition elsewhere. Choose the kind of event on the event itself.",
    oddities.SEVERAL_EVENT_DEFINITIONS: (
        "waits for several things at once. Draw an event-based gateway with one event for each."
    ),
    "parallelMultiple": "waits for several things together. Draw a parallel gateway with one event on each way.",
    "isInterrupting": (
        "is a start event that does not interrupt, and stands in no event sub-process, so there is nothing to "
        "interrupt. Draw it in one, or take isInterrupting out."
    ),
    # repeating
    "standardLoopCharacteristics": (
        "is marked as a loop. Draw an exclusive gateway behind it with a flow back, or a call activity with one child "
        "for each item."
    ),
    "multiInstanceLoopCharacteristics": (
        "is marked to be done for many, which only a task, a sub-process or a call activity can be. Put it "
        "into one of them."
    ),
    "inputCollection": (
        "is done for many, and its input collection is no expression. Write one that gives a list, such as =agencies."
    ),
    "loopCardinality": "is done a number of times. Write an input collection that gives a list instead.",
    "loopDataInputRef": "names its list as another tool does. Write an input collection such as =agencies instead.",
    "loopDataOutputRef": "names its result as another tool does. Write an output collection instead.",
    "inputDataItem": "names its list's items as another tool does. Write an input element instead.",
    "outputDataItem": "names its results as another tool does. Write an output element instead.",
    "behavior": "throws events for each of many. Draw an escalation in the called process instead.",
    "complexBehaviorDefinition": "throws events for each of many. Draw an escalation in the called process instead.",
    "startQuantity": "needs several tokens to start. Draw a parallel gateway before it instead.",
    "completionQuantity": "gives several tokens. Draw a parallel gateway behind it instead.",
    # starting and deciding
    "instantiate": "starts a process by itself. Draw a message start event before it instead.",
    "eventGatewayType": "is a parallel event-based gateway. Draw a parallel gateway with one event on each way.",
    oddities.DEFAULT: (
        "has a default flow that cannot be one. Only a flow that leaves an activity, or an exclusive or inclusive "
        "gateway, can be its default."
    ),
    # scripts and languages
    "script": "holds a script of another language. Write a FEEL expression in the modeller, with a result variable.",
    "scriptFormat": "holds a script in another language. Write a FEEL expression in the modeller instead.",
    "language": "holds an expression in another language. Write it in FEEL.",
    "implementation": "names an implementation. Name a handler as the task definition's type instead.",
    "operationRef": "names an operation of a service. Name a handler as the task definition's type instead.",
    # who does it
    "potentialOwner": "names its owner as another tool does. Write the team's id into candidate groups.",
    "humanPerformer": "names its performer as another tool does. Write the team's id into candidate groups.",
    "performer": "names its performer as another tool does. Write the team's id into candidate groups.",
    "resourceRole": "names its performer as another tool does. Write the team's id into candidate groups.",
    "candidateUsers": "names candidate users. Write the team's id into candidate groups.",
    oddities.JOB_WORKER_USER_TASK: (
        "is a user task of the old kind, done by a job worker. Choose “Camunda user task” as its implementation."
    ),
    "formKey": "names its form by a key. Choose a Camunda form and write the form's id.",
    "externalReference": "names a form elsewhere. Choose a Camunda form and write the form's id.",
    # data
    "ioSpecification": "declares data inputs and outputs. Write input and output mappings instead.",
    "dataInputAssociation": "is tied to data. Write an input mapping; what is known of a case needs no line.",
    "dataOutputAssociation": "is tied to data. Write an output mapping; what is known of a case needs no line.",
    oddities.DATA_ASSOCIATION: (
        "ties data to an element. Take the line out, or draw a text annotation: what is known of a case needs no line."
    ),
    "property": "declares data of its own. Take it out; what a form or mapping gives is known of the case.",
    "dataInput": "declares data of its own. Take it out; what a form or mapping gives is known of the case.",
    "dataOutput": "declares data of its own. Take it out; what a form or mapping gives is known of the case.",
    # calling
    "calledElement": (
        "names what it calls as another tool does. Write the called process's id in the modeller for Camunda 8."
    ),
    "propagateAllChildVariables": (
        "takes everything back from what it calls. Switch “propagate all child variables” off and write output"
        " mappings."
    ),
    "propagateAllParentVariables": (
        "gives everything to what it calls. Switch “propagate all parent variables” off and write input mappings."
    ),
    "bindingType": "asks for another version than its own case runs on. Choose the binding “latest”.",
    "versionTag": "asks for a version by its tag. Choose the binding “latest”.",
    # extensions of the modeller
    "zeebe:executionListeners": "has execution listeners. Draw a service or script task where something is to happen.",
    "zeebe:taskListeners": "has task listeners. Draw a service or script task where something is to happen.",
    "zeebe:linkedResources": "links resources. Take them out; forms, letters and decisions are found by their ids.",
    "zeebe:adHoc": "is an ad-hoc sub-process. Draw the ways through it with gateways.",
    "zeebe:conditionalFilter": "is a conditional event. Draw a message or signal event instead.",
    "zeebe:userTaskForm": "holds its form inside the diagram. Save the form as a file in forms/ and write its id.",
    "zeebe:taskDefinition": (
        "names a handler where none runs. Only service and send tasks and message events that throw have one."
    ),
    "zeebe:taskHeaders": "has task headers and no handler that reads them. Name the handler, or take them out.",
    "zeebe:ioMapping": "has mappings where nothing is given or taken. Take them out, or draw a script task.",
    "zeebe:input": (
        "is given something where nothing takes it. Take the input mapping out, or draw a script task before."
    ),
    "zeebe:output": "has an output mapping that would do nothing. Take it out, or draw a script task behind.",
    "zeebe:subscription": "has a subscription where nothing is waited for. Take it out.",
    "zeebe:script": "holds a script where none runs. Make it a script task.",
    "zeebe:calledDecision": "names a decision where none is made. Make it a business rule task.",
    "zeebe:calledElement": "names a process where none is called. Make it a call activity.",
    "zeebe:userTask": "is marked as a user task and is none. Make it a user task.",
    "zeebe:formDefinition": (
        "names a form where none is shown. Only user tasks and start events show a form; where a message is waited for,"
        " write the property “form”."
    ),
    "zeebe:assignmentDefinition": "is given to a team where nobody does anything. Make it a user task.",
    "zeebe:taskSchedule": "has a due date where nobody does anything. Make it a user task.",
    "zeebe:priorityDefinition": "has a priority where nobody does anything. Make it a user task.",
    oddities.DUPLICATE_PROPERTY: "has the same property twice. Take one of them out.",
    # what is broken
    oddities.DANGLING: "refers to something that is not in the file. Draw it again, or choose what it refers to.",
    oddities.CROSSES_LEVEL: (
        "goes through the border of a sub-process or process. End the flow at the border, and draw an event for what is"
        " to go across."
    ),
    oddities.WAYS_DIFFER: "lists other flows than are drawn. Open and save the diagram in the modeller.",
    oddities.DUPLICATE_ID: "has an id that something else has too. Give one of them another id.",
    oddities.MISSING_ID: "has no id. Open and save the diagram in the modeller.",
    oddities.RESERVED_ID: "has an id that the engine keeps for itself. Give it another, such as application_received.",
    oddities.TIMER_TIMES: "has no time, or several. Write one: a date, a duration or a cycle.",
    oddities.BAD_COORDINATES: "is drawn at a place that cannot be read. Move it in the modeller and save.",
    # beside processes
    "import": "takes in another file. Put the diagrams into one folder; processes find each other by their ids.",
    "correlationProperty": "correlates messages as another tool does. Write the message's correlation key.",
    "correlationKey": "correlates messages as another tool does. Write the message's correlation key.",
    "resource": "declares a resource. Take it out; teams stand in variant.toml.",
    "interface": "declares a service. Take it out; name a handler on the service task.",
    "relationship": "declares a relationship. Take it out.",
    "globalTask": "is a global task. Draw a process with this task in it instead.",
    "globalUserTask": "is a global task. Draw a process with this task in it instead.",
    "globalScriptTask": "is a global task. Draw a process with this task in it instead.",
    "globalBusinessRuleTask": "is a global task. Draw a process with this task in it instead.",
    "globalManualTask": "is a global task. Draw a process with this task in it instead.",
    "conversation": "is a conversation, which is not run. Draw a process instead.",
    "supportedInterfaceRef": "declares a service. Take it out; name a handler on the service task.",
}

#: For what another tool writes: its usual prefix → its name.
TOOLS: Mapping[str, str] = {
    "camunda": "Camunda 7",
    "activiti": "Activiti",
    "flowable": "Flowable",
    "signavio": "Signavio",
    "spiffworkflow": "SpiffWorkflow",
    "bizagi": "Bizagi",
}


def tool_of(what: str) -> str | None:
    """The prefix of what another tool wrote, of which nothing can be said but that; None for anything else."""
    prefix, colon, _ = what.partition(":")
    return prefix if colon and what not in INSTEAD and prefix != "zeebe" else None


def instead_of(what: str, detail: str) -> str:
    """The sentence for an oddity, to be said after the element's name."""
    sentence = INSTEAD.get(what)
    if sentence is not None:
        return sentence
    prefix, colon, _ = what.partition(":")
    seen = f"{what} ({detail})" if detail else what
    if colon and prefix in TOOLS:
        return (
            f"says “{seen}” in the language of {TOOLS[prefix]}. Say it in the modeller for Camunda 8, or take it out."
        )
    return f"says “{seen}”, which the engine does not read. Take it out; docs/dialect.md lists what can be drawn."
