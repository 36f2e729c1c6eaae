"""Two shapes on each other, and beside each other."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _two_tasks() -> Sketch:
    sketch = Sketch("received check decide closed").start().user("check").user("decide").end()
    return sketch.flow("received", "check", "decide", "closed")


def _on_each_other() -> Sketch:
    sketch = _two_tasks()
    sketch.moved = {"decide": (-70.0, 30.0)}
    sketch.routes = {
        "check_to_decide": [(120.0, 40.0), (120.0, 55.0), (160.0, 55.0)],
        "decide_to_closed": [(260.0, 30.0), (330.0, 30.0), (330.0, 0.0), (402.0, 0.0)],
    }
    return sketch


EXAMPLE = Example(
    wrong=Side(picture=_on_each_other(), says="The task “Decide” lies on a corner of the task “Check”."),
    right=Side(picture=_two_tasks(), says="The tasks “Check” and “Decide” stand beside each other."),
)
