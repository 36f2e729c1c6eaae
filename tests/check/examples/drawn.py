"""A flow that ends beside its task, and one that ends on it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _acknowledging(**routes: list[tuple[float, float]]) -> Sketch:
    sketch = Sketch("received acknowledge closed").start().user("acknowledge").end()
    sketch.flow("received", "acknowledge", id="to_task").flow("acknowledge", "closed")
    sketch.routes = dict(routes)
    return sketch


EXAMPLE = Example(
    wrong=Side(
        picture=_acknowledging(to_task=[(18.0, 0.0), (52.0, 0.0), (52.0, 66.0), (140.0, 66.0)]),
        says="The flow from “Received” ends below the task “Acknowledge” without touching it.",
    ),
    right=Side(picture=_acknowledging(), says="The flow from “Received” ends on the border of “Acknowledge”."),
)
