"""A call of no process, and of one that is there."""

from tests.check.builders import Drawing, plain
from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _calling(process: str, says: str, *others: Drawing) -> Side:
    sketch = Sketch("received ask closed").start(form="application").call("ask", process, name="Ask the agency").end()
    sketch.flow("received", "ask", "closed").note("ask", processId="Called process")
    return Side(picture=sketch, says=says, others=others)


EXAMPLE = Example(
    wrong=_calling("", "The call activity “Ask the agency” names no process."),
    right=_calling(
        "agency_response", "The call activity “Ask the agency” calls agency_response.", plain("agency_response")
    ),
)
