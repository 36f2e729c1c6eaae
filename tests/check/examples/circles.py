"""A circle that goes round in one moment, and one that waits for an officer."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _round(tag: str, name: str, extension: str = "") -> Sketch:
    sketch = Sketch("received join try reached closed").start().gateway("join", name="")
    sketch.add(tag, "try", name=name, extension=extension)
    sketch.gateway("reached", name="Victim reached?", default="no").end()
    sketch.flow("received", "join", "try", "reached").flow("reached", "closed", condition="=reached", name="Yes")
    return sketch.flow("reached", "join", id="no", name="No")


EXAMPLE = Example(
    wrong=Side(
        picture=_round("intermediateThrowEvent", "Try again"),
        says="A flow leads back from the gateway “Victim reached?”, and the circle holds nothing to wait for.",
    ),
    right=Side(
        picture=_round("userTask", "Contact the victim", "<zeebe:userTask/>"),
        says="A flow leads back from the gateway “Victim reached?”, and the circle holds the task “Contact the"
        " victim”.",
    ),
)
