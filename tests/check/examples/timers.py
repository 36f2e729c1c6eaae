"""A time in words, and one that can be read."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _waiting(duration: str) -> Side:
    inner = f"<bpmn:timerEventDefinition><bpmn:timeDuration>{duration}</bpmn:timeDuration></bpmn:timerEventDefinition>"
    sketch = Sketch("received wait closed").start().add("intermediateCatchEvent", "wait", inner=inner).end()
    sketch.flow("received", "wait", "closed").note("wait", timeDuration="Duration")
    return Side(picture=sketch, says=f"The timer “Wait” has the duration {duration}.")


EXAMPLE = Example(wrong=_waiting("14 days"), right=_waiting("P14D"))
