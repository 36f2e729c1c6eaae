"""The contract of a handler: what it is given, what it may give back, and how it is declared.

A handler runs outside the transaction of the step that asked for it, and at least once: what it sends, it sends under
its `once_key`. It returns a `HandlerResult`, or a `BusinessFault` that the diagram can catch; anything raised is a
failure that is tried again. What takes its time with others is `UnderWay`: the job waits for it, and is worked again.

It runs in rehearsals too, before anybody has decided anything. So it reaches the world through the ports that it
declares, behind which a rehearsal puts stand-ins, and in no other way; one that declares none only computes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, cast

from engine.errors import HandlerInputError, HandlerResultError, PortRefusedError
from engine.handler.inputs import Input
from engine.handler.letters import WrittenLetter
from engine.handler.port import Port

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlerContext:
    """Everything a handler may know and use."""

    case_reference: str
    council_id: str
    once_key: str  #: the same for every attempt of one job; what leaves the building leaves under it, once
    number: int  #: the job's within its case: a later job has a higher one, another attempt the same
    inputs: Mapping[str, Any]  #: the element's input mappings, as FEEL values
    headers: Mapping[str, str]  #: the element's task headers
    values: Mapping[str, Any]  #: the case as FEEL sees it from the element; may be read lazily
    now: datetime  #: aware
    ports: Mapping[Port[Any], object]  #: what stands behind each; a handler asks by `port`
    item_id: str = ""  #: the item that the process is about; "" for the case itself

    def port(self, port: Port[T]) -> T:
        """What stands behind `port`. Raises PortRefusedError where the handler does not declare it."""
        if port not in self.ports:
            raise PortRefusedError(f"A handler asks for the port “{port.name}” and does not declare it.")
        return cast("T", self.ports[port])


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlerResult:
    """What a handler did."""

    outputs: Mapping[str, Any] = field(default_factory=dict)  #: FEEL values, for the element's output mappings
    letters: tuple[WrittenLetter, ...] = ()  #: the letters that left
    note: str = ""  #: a sentence for the record


@dataclass(frozen=True, kw_only=True, slots=True)
class BusinessFault:
    """An outcome that the diagram draws: it throws the BPMN error `code`."""

    code: str
    message: str  #: what is wrong and what a person can do, as a sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class UnderWay:
    """What was begun has not happened yet. The handler is called again, with the same `once_key`, when it has, or when
    somebody has given it up."""

    note: str  #: for what is waited, as a sentence for the record


Ended: TypeAlias = HandlerResult | BusinessFault | UnderWay
HandlerFunction: TypeAlias = Callable[[HandlerContext], Ended]


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """A value that a handler gives back, for output mappings."""

    name: str
    label: str
    types: tuple[type, ...] | None = None  #: of the FEEL values that it can be, besides null; None for any

    def is_of_its_types(self, value: Any) -> bool:
        """Whether it may be given back; Python's whole numbers are numbers to FEEL."""
        if value is None or self.types is None:
            return True
        return isinstance(value, self.types) or (Decimal in self.types and type(value) is int)


@dataclass(frozen=True, kw_only=True, slots=True)
class Handler:
    """A function behind service tasks, send tasks and message events, with what it declares."""

    name: str  #: as the diagram's task definition names it: "send-letter"
    title: str  #: as the modeller shows it
    summary: str  #: the first line of the function's docstring
    function: HandlerFunction
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    faults: tuple[str, ...]  #: the codes of the business faults it may return
    ports: tuple[Port[Any], ...]  #: its only ways out; none: it only computes
    takes_more_inputs: bool  #: whether inputs that are not declared have a meaning to it

    def input_problems(self, inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """What is wrong with the values of the inputs, a sentence each."""
        found = [declared.problem(inputs.get(declared.name)) for declared in self.inputs]
        return (*self.name_problems(inputs), *(sentence for sentence in found if sentence))

    def name_problems(self, names: Mapping[str, Any] | set[str]) -> tuple[str, ...]:
        """A sentence for each input name that the handler does not know."""
        if self.takes_more_inputs:
            return ()
        known = [declared.name for declared in self.inputs]
        return tuple(
            f"“{name}” is no input of {self.name}. It takes: {', '.join(known) or 'none'}."
            for name in names
            if name not in known
        )

    def run(self, context: HandlerContext) -> Ended:
        """Check the inputs, call the function with the ports it declares, check what it gave back.

        Raises HandlerInputError, PortRefusedError and HandlerResultError, and whatever the function raises.
        """
        problems = self.input_problems(context.inputs)
        if problems:
            raise HandlerInputError(handler=self.name, sentences=problems)
        declared = {port: behind for port, behind in context.ports.items() if port in self.ports}
        result: object = self.function(replace(context, ports=declared))
        if isinstance(result, BusinessFault):
            if result.code not in self.faults:
                raise HandlerResultError(f"{self.name} returned the fault “{result.code}”, which it does not declare.")
            return result
        if isinstance(result, UnderWay):
            return result
        if not isinstance(result, HandlerResult):
            raise HandlerResultError(f"{self.name} returned neither a result nor a business fault.")
        undeclared = sorted(set(result.outputs) - {output.name for output in self.outputs})
        if undeclared:
            raise HandlerResultError(f"{self.name} returned “{undeclared[0]}”, which is not among its outputs.")
        for output in self.outputs:
            if not output.is_of_its_types(result.outputs.get(output.name)):
                raise HandlerResultError(f"{self.name} returned “{output.name}” as something that it does not declare.")
        return result


def handler(
    *,
    name: str,
    title: str,
    ports: tuple[Port[Any], ...],
    inputs: tuple[Input, ...] = (),
    outputs: tuple[Output, ...] = (),
    faults: tuple[str, ...] = (),
    takes_more_inputs: bool = False,
) -> Callable[[HandlerFunction], Handler]:
    """Make a `Handler` of the function below; its docstring's first line becomes the summary.

    `ports` is never left out: that a handler has no way out is said, and not forgotten.
    """

    def make(function: HandlerFunction) -> Handler:
        return Handler(
            name=name,
            title=title,
            summary=(inspect.getdoc(function) or "").partition("\n")[0],
            function=function,
            inputs=inputs,
            outputs=outputs,
            faults=faults,
            ports=ports,
            takes_more_inputs=takes_more_inputs,
        )

    return make
