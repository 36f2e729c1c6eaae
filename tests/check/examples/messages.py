"""A signal that nothing hears, and one that an event on a task waits for."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_SIGNAL = '<bpmn:signalEventDefinition signalRef="s"/>'


def _telling(*, is_heard: bool) -> Sketch:
    rows = ("received split hear allowed join closed", ". . act", ". . . stopped" if is_heard else "")
    sketch = Sketch(*rows).message("s", "appeal allowed", "signal").start().gateway("split", "parallel", name="")
    sketch.user("hear", name="Hear the appeal")
    sketch.add("intermediateThrowEvent", "allowed", name="Appeal allowed", inner=_SIGNAL)
    sketch.user("act", name="Carry out the action").gateway("join", "inclusive", name="").end()
    if is_heard:
        sketch.boundary("told", "act", _SIGNAL, name="Appeal allowed").end("stopped").flow("told", "stopped")
    return sketch.flow("received", "split", "hear", "allowed", "join", "closed").flow("split", "act", "join")


EXAMPLE = Example(
    wrong=Side(
        picture=_telling(is_heard=False),
        says="The event “Appeal allowed” throws a signal, and no event in the diagram waits for it.",
    ),
    right=Side(
        picture=_telling(is_heard=True),
        says="The event “Appeal allowed” throws a signal, and an event on the border of “Carry out the action” waits"
        " for it.",
    ),
)
