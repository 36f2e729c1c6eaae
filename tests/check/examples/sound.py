"""Ways that part at one kind of gateway and join at another, and ways that join as they part."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _joined_by(kind: str) -> Sketch:
    sketch = Sketch("received split write join closed", ". . ring", column=150).start()
    sketch.gateway("split", name="By letter?", default="no").user("write", name="Write to the victim")
    sketch.user("ring", name="Ring the victim").gateway("join", kind, name="").end()
    sketch.flow("received", "split").flow("split", "write", condition="=by_letter", name="Yes")
    return sketch.flow("write", "join", "closed").flow("split", "ring", id="no", name="No").flow("ring", "join")


EXAMPLE = Example(
    wrong=Side(
        picture=_joined_by("parallel"),
        says="An exclusive gateway takes one of two ways, and a parallel gateway waits for both.",
    ),
    right=Side(
        picture=_joined_by("exclusive"),
        says="An exclusive gateway takes one of two ways, and an exclusive gateway brings them together.",
    ),
)
