"""A property whose name nothing reads, and the one that was meant."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _task(name: str) -> Side:
    sketch = Sketch("received check closed").start().user("check", properties={name: "X1"}).end()
    sketch.flow("received", "check", "closed").note("check", name)
    return Side(picture=sketch, says=f"The user task “Check” has the property “{name}”.")


EXAMPLE = Example(wrong=_task("claus"), right=_task("clause"))
