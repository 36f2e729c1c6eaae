"""A task that nobody would be told of, and one in a team's inbox."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _ring(tag: str, extension: str = "") -> Sketch:
    sketch = Sketch("received ring closed").start()
    sketch.add(tag, "ring", name="Ring the applicant", extension=extension).end()
    return sketch.flow("received", "ring", "closed")


EXAMPLE = Example(
    wrong=Side(picture=_ring("manualTask"), says="“Ring the applicant” is a manual task between a start and an end."),
    right=Side(
        picture=_ring("userTask", "<zeebe:userTask/>"),
        says="“Ring the applicant” is a user task, with the sign of a person.",
    ),
)
