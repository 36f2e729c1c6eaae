"""A task in another team's lane, and in its own."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _in_lane(lane: str) -> Sketch:
    upper, lower = ("decide", ".") if lane == "Officers" else (".", "decide")
    sketch = Sketch(f"received check {upper} . closed", f". . {lower} tell")
    sketch.start(form="application", lane="Officers").user("check", lane="Officers")
    sketch.user("decide", team="panel", lane=lane).user("tell", name="Sign the letter", team="panel", lane="Panel")
    sketch.end(lane="Officers").flow("received", "check", "decide", "tell", "closed")
    return sketch.note("decide", candidateGroups="Candidate groups")


EXAMPLE = Example(
    wrong=Side(
        picture=_in_lane("Officers"),
        says="The task “Decide” stands in the lane “Officers”, and its candidate group is the panel.",
    ),
    right=Side(
        picture=_in_lane("Panel"),
        says="The task “Decide” stands in the lane “Panel”, and its candidate group is the panel.",
    ),
)
