"""A name that nothing gives, and one that the application's form asks for."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _due(name: str) -> Side:
    sketch = Sketch("received check closed").start(form="application").user("check", due=f"={name}").end()
    sketch.flow("received", "check", "closed").note("check", dueDate="Due date")
    return Side(picture=sketch, says=f"The due date of “Check” reads {name}; the form asks for application_date.")


EXAMPLE = Example(wrong=_due("aplication_date"), right=_due("application_date"))
