"""A sub-process with two starts, and with one."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _review(*, starts: int) -> Sketch:
    sketch = Sketch("received . begin look done . closed", ". . again" if starts == 2 else "")
    sketch.start(form="application").subprocess("review").start("begin", name="Asked for", within="review")
    sketch.user("look", name="Look at the reports", within="review").end("done", within="review").end()
    if starts == 2:
        sketch.start("again", name="Asked for again", within="review").flow("again", "look")
    return sketch.flow("received", "review", "closed").flow("begin", "look", "done")


EXAMPLE = Example(
    wrong=Side(picture=_review(starts=2), says="In the sub-process “Review” stand two start events."),
    right=Side(picture=_review(starts=1), says="In the sub-process “Review” stands one start event."),
)
