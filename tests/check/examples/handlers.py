"""A handler that there is not, and one that there is."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _sending(handler: str) -> Side:
    sketch = Sketch("received write closed").start().send("write", name="Write to the applicant", handler=handler).end()
    sketch.flow("received", "write", "closed").note("write", type="Handler")
    return Side(picture=sketch, says=f"The send task “Write to the applicant” names the handler {handler}.")


EXAMPLE = Example(wrong=_sending("send-leter"), right=_sending("send-letter"))
