"""A timer on a task that never waits, and on one that does."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _late(sketch: Sketch) -> Sketch:
    """A timer on the task of the sketch."""
    sketch.boundary("late", "host", _TIMER, name="After 14 days").end().end("reminded")
    return sketch.flow("received", "host", "closed").flow("late", "reminded")


def _drawing() -> Sketch:
    return Sketch("received host closed", ". . reminded").start()


EXAMPLE = Example(
    wrong=Side(
        picture=_late(_drawing().script("host", "=count(reports)", name="Count the reports")),
        says="A timer sits on the border of the script task “Count the reports”, which is done at once.",
    ),
    right=Side(
        picture=_late(_drawing().user("host", name="Confirm the reports")),
        says="A timer sits on the border of the user task “Confirm the reports”, which waits for a person.",
    ),
)
