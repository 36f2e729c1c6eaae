"""An expression with a bracket left open, and one that can be read."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _due(expression: str, says: str) -> Side:
    sketch = Sketch("received check closed").start().user("check", due=expression).end()
    return Side(picture=sketch.flow("received", "check", "closed").note("check", dueDate="Due date"), says=says)


EXAMPLE = Example(
    wrong=_due('=due("acknowledge"', "The due date of “Check” is an expression whose last bracket is missing."),
    right=_due('=due("acknowledge")', "The due date of “Check” is a whole expression."),
)
