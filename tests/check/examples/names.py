"""A task without a name, and with one."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _named(name: str) -> Sketch:
    sketch = Sketch("received decide closed").start().user("decide", name=name).end()
    return sketch.flow("received", "decide", "closed")


EXAMPLE = Example(
    wrong=Side(picture=_named(""), says="Between “Received” and “Closed” stands a user task without a name."),
    right=Side(picture=_named("Decide the threshold"), says="The user task is called “Decide the threshold”."),
)
