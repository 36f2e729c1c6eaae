"""A way out without a condition, and with one."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _deciding(condition: str) -> Sketch:
    sketch = Sketch("received met accept accepted", ". . refuse refused", column=195).start()
    sketch.gateway("met", name="Threshold met?", default="no").user("accept", name="Accept the application")
    sketch.end("accepted").user("refuse", name="Refuse the application").end("refused").flow("received", "met")
    sketch.flow("met", "accept", condition=condition, id="yes", name="" if condition else "Yes")
    sketch.flow("met", "refuse", id="no", name="No")
    return sketch.flow("accept", "accepted").flow("refuse", "refused")


EXAMPLE = Example(
    wrong=Side(
        picture=_deciding(""),
        says="Of the two ways out of “Threshold met?” one is the default, and “Yes” has no condition.",
    ),
    right=Side(
        picture=_deciding("=threshold_met"),
        says="Of the two ways out of “Threshold met?” one is the default, and the other has the condition"
        " =threshold_met.",
    ),
)
