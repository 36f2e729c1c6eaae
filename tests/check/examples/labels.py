"""A label on a task, and one beside it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _labelled(**labels: tuple[float, float]) -> Sketch:
    sketch = Sketch("received decide closed").start(name="Application received").user("decide", name="Decide").end()
    sketch.labels = dict(labels)
    return sketch.flow("received", "decide", "closed")


EXAMPLE = Example(
    wrong=Side(
        picture=_labelled(received=(84.0, 12.0)), says="The label “Application received” lies on the task “Decide”."
    ),
    right=Side(picture=_labelled(), says="The label “Application received” stands below its start event."),
)
