"""Both doors: what the check says of a diagram, and whether the runtime compiles it."""

from __future__ import annotations

from engine.check import Severity, check_diagram
from engine.diagram import read_diagram
from engine.errors import DiagramNotRunnableError
from engine.runtime import compile_process
from tests.casework.builders import diagram, process
from tests.runtime.sketch import definitions_for


def errors_of_the_check(body: str, definitions: str = "") -> list[str]:
    """The check's errors about the process with this body; nothing here is laid out, and that is not what is asked."""
    written = diagram(process(body), definitions=definitions_for(body) + definitions)
    found = check_diagram(read_diagram(written, file="main.bpmn"))
    return [each.sentence for each in found if each.severity is Severity.ERROR and each.rule != "drawn"]


def refusal_of_the_runtime(body: str, definitions: str = "") -> str | None:
    """The sentence with which the runtime refuses the process; None where it compiles it."""
    read = read_diagram(diagram(process(body), definitions=definitions_for(body) + definitions), file="main.bpmn")
    try:
        compile_process(read.processes["main"], read.oddities)
    except DiagramNotRunnableError as error:
        return str(error)
    return None
