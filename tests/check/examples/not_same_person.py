"""A task that is kept apart from none that there is, and from the one that is meant."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _appeal(named: str) -> Side:
    sketch = Sketch("received decide hear_appeal closed").start(form="application").user("decide")
    sketch.user("hear_appeal", properties={"not_same_person_as": named}).end()
    sketch.flow("received", "decide", "hear_appeal", "closed").note("hear_appeal", "not_same_person_as")
    says = f"“Hear appeal” may not be done by who did {named}; the task before it has the id decide."
    return Side(picture=sketch, says=says)


EXAMPLE = Example(wrong=_appeal("decid"), right=_appeal("decide"))
