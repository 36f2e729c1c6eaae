"""A task that no flow leads to, and one that can be come to."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _telling(*, is_reached: bool) -> Sketch:
    sketch = Sketch("received decide tell closed", "" if is_reached else ". decided").start().user("decide")
    sketch.user("tell", name="Tell the applicant").end()
    sketch.flow("received", "decide").flow("tell", "closed")
    if is_reached:
        sketch.flow("decide", "tell")
    else:
        sketch.end("decided").flow("decide", "decided")
    return sketch


EXAMPLE = Example(
    wrong=Side(
        picture=_telling(is_reached=False),
        says="From “Decide” a flow leads to an end; none leads to “Tell the applicant”, which stands beside it.",
    ),
    right=Side(
        picture=_telling(is_reached=True),
        says="Flows lead from the start over “Decide” and “Tell the applicant” to the end.",
    ),
)
