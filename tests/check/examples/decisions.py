"""A decision that no file holds, and one that is there."""

from tests.check.builders import decision
from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _asking(name: str) -> Side:
    sketch = Sketch("received decide closed").start(form="application")
    sketch.decide("decide", name, name="Propose a decision").end().flow("received", "decide", "closed")
    return Side(
        picture=sketch.note("decide", decisionId="Decision"),
        says=f"The business rule task “Propose a decision” asks for {name}; threshold.dmn holds threshold.",
        files={"threshold_dmn": decision("threshold", "1 + 1")},
    )


EXAMPLE = Example(wrong=_asking("treshold"), right=_asking("threshold"))
