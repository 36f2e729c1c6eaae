"""A limit that is no row of the table, and one that is."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _due(limit: str) -> Side:
    sketch = Sketch("received check closed").start(form="application").user("check", due=f'=due("{limit}")').end()
    sketch.flow("received", "check", "closed").note("check", dueDate="Due date")
    return Side(picture=sketch, says=f"The due date of “Check” asks for the limit {limit}; the row is acknowledge.")


EXAMPLE = Example(wrong=_due("acknowlege"), right=_due("acknowledge"))
