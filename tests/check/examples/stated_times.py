"""An event whose name has another number of days than its limit, and one that has the same."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_TIMER = '<bpmn:timerEventDefinition><bpmn:timeDate>=due("acknowledge")</bpmn:timeDate></bpmn:timerEventDefinition>'


def _outstanding(days: str) -> Side:
    sketch = Sketch("received wait closed").start(form="application")
    sketch.add("intermediateCatchEvent", "wait", name=f"{days} working days have passed", inner=_TIMER).end()
    sketch.flow("received", "wait", "closed").note("wait", timeDate="Date")
    return Side(picture=sketch, says=f"The limit “acknowledge” has two working days, the name of the event {days}.")


EXAMPLE = Example(wrong=_outstanding("three"), right=_outstanding("two"))
