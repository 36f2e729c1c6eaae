"""A task drawn outside its sub-process, and inside it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _review(*, moved: tuple[float, float] = (0.0, 0.0)) -> Sketch:
    sketch = Sketch("received . begin look done . closed").start().subprocess("review")
    sketch.start("begin", within="review").user("look", name="Look at the reports", within="review")
    sketch.end("done", within="review").end().flow("received", "review", "closed").flow("begin", "look", "done")
    sketch.moved = {"look": moved}
    if moved != (0.0, 0.0):
        sketch.routes = {
            "begin_to_look": [(298.0, 0.0), (340.0, 0.0), (340.0, 140.0), (370.0, 140.0)],
            "look_to_done": [(470.0, 140.0), (500.0, 140.0), (500.0, 0.0), (542.0, 0.0)],
        }
    return sketch


EXAMPLE = Example(
    wrong=Side(
        picture=_review(moved=(0.0, 140.0)),
        says="“Look at the reports” belongs to the sub-process “Review” and is drawn below it.",
    ),
    right=Side(picture=_review(), says="“Look at the reports” is drawn inside the sub-process “Review”."),
)
