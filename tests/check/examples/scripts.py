"""A value that is computed and lost, and one that is kept."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _counting(kept_as: str, says: str) -> Side:
    sketch = Sketch("received compute closed").start()
    sketch.script("compute", "=count(reports)", kept_as, name="Count the reports").end()
    sketch.flow("received", "compute", "closed")
    return Side(picture=sketch.note("compute", expression="FEEL", resultVariable="Result variable"), says=says)


EXAMPLE = Example(
    wrong=_counting("", "“Count the reports” has an expression and no result variable."),
    right=_counting("reports_counted", "“Count the reports” keeps its value as reports_counted."),
)
