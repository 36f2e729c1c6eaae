"""A hand-over of something that the agreement does not have, and one of what it has."""

from tests.check.builders import SETTINGS
from tests.check.example import Example, Side
from tests.check.sketch import Sketch

AGREED = """
[agreements.appeals]
with = ["appeals_body"]
clause = "X1"
[agreements.appeals.sends.appeal]
facts = ["applicant_name"]
opens_case = true
"""


def _handing_over(message: str) -> Side:
    inputs = {"agreement": "appeals", "message": message, "applicant_name": "=applicant_name"}
    sketch = Sketch("received pass_on closed").start()
    sketch.send("pass_on", name="Hand the appeal over", handler="hand-over", tag="serviceTask", inputs=inputs).end()
    sketch.flow("received", "pass_on", "closed").note("pass_on", agreement="appeals", message=message)
    says = f"The service task “Hand the appeal over” hands over “{message}”; the agreement has “appeal”."
    return Side(picture=sketch, says=says, settings=SETTINGS + AGREED)


EXAMPLE = Example(wrong=_handing_over("apeal"), right=_handing_over("appeal"))
