"""An error that nothing catches, and one that is caught on the border of what fails."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_ERROR = '<bpmn:errorEventDefinition errorRef="e"/>'


def _failing(*, is_caught: bool) -> Sketch:
    rows = ("received . begin choose done . closed", ". . . failed", ". . . . . . over" if is_caught else "")
    sketch = Sketch(*rows).message("e", "Victim not reached", "error", 'errorCode="not-reached"')
    sketch.start(form="application").subprocess("review", name="Contact the victim").start("begin", within="review")
    sketch.gateway("choose", name="Reached?", within="review", default="no").end("done", within="review")
    sketch.end("failed", name="Not reached", within="review", inner=_ERROR).end()
    if is_caught:
        sketch.boundary("caught", "review", _ERROR, name="Not reached").end("over", name="Closed without the victim")
        sketch.flow("caught", "over")
    sketch.flow("received", "review", "closed").flow("begin", "choose").flow("choose", "failed", id="no", name="No")
    return sketch.flow("choose", "done", condition="=reached", name="Yes")


EXAMPLE = Example(
    wrong=Side(
        picture=_failing(is_caught=False),
        says="A sub-process can end in the error “Not reached”, and no event on its border catches that.",
    ),
    right=Side(
        picture=_failing(is_caught=True),
        says="A sub-process can end in the error “Not reached”, and an error event on its border catches that.",
    ),
)
