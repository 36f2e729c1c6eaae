"""An error thrown on the way, and one at the end of it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _failing(tag: str, *row: str) -> Sketch:
    sketch = Sketch(" ".join(row)).message("e", "Victim not reached", "error", 'errorCode="not-reached"')
    sketch.start().user("contact", name="Contact the victim")
    sketch.add(tag, "failed", name="Victim not reached", inner='<bpmn:errorEventDefinition errorRef="e"/>')
    if "closed" in row:
        sketch.end()
    return sketch.flow(*row)


EXAMPLE = Example(
    wrong=Side(
        picture=_failing("intermediateThrowEvent", "received", "contact", "failed", "closed"),
        says="The error “Victim not reached” is thrown in the middle of the way, and a flow leads on from it.",
    ),
    right=Side(
        picture=_failing("endEvent", "received", "contact", "failed"),
        says="The error “Victim not reached” is an end event, and nothing comes behind it.",
    ),
)
