"""A flow through a task, and one that is led around it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _skipping(*route: tuple[float, float]) -> Sketch:
    sketch = Sketch("received urgent confirm join closed").start()
    sketch.gateway("urgent", name="Is anyone at risk?", default="confirmed").user("confirm", name="Confirm the reports")
    sketch.gateway("join", name="").end().flow("received", "urgent").flow("urgent", "confirm", id="confirmed")
    sketch.flow("confirm", "join", "closed").flow("urgent", "join", id="at_once", condition="=risk", name="Yes")
    sketch.routes = {"at_once": route}
    sketch.labels = {"at_once": (140.0, 32.0)}
    return sketch


EXAMPLE = Example(
    wrong=Side(
        picture=_skipping((140.0, 25.0), (140.0, 30.0), (420.0, 30.0), (420.0, 25.0)),
        says="The flow from the gateway to the join goes through the task “Confirm the reports”.",
    ),
    right=Side(
        picture=_skipping((140.0, 25.0), (140.0, 70.0), (420.0, 70.0), (420.0, 25.0)),
        says="The flow from the gateway to the join goes below the task “Confirm the reports”.",
    ),
)
