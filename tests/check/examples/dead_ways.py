"""A default way beside two answers that are all there are, and beside one of them."""

from tests.check.builders import form
from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_TICKED = {"type": "checkbox", "id": "field_met", "key": "met", "label": "The threshold is met"}


def _otherwise(condition: str, says: str) -> Side:
    sketch = Sketch("received met accept accepted", ". . refuse refused", column=195).start(form="application")
    sketch.gateway("met", name="Threshold met?", default="no").user("accept", name="Accept the application")
    sketch.end("accepted").user("refuse", name="Refuse the application").end("refused").flow("received", "met")
    sketch.flow("met", "accept", condition=condition, id="yes").flow("met", "refuse", id="no", name="No")
    return Side(
        picture=sketch.flow("accept", "accepted").flow("refuse", "refused"),
        says=says,
        files={"forms__application_form": form("application", _TICKED)},
    )


EXAMPLE = Example(
    wrong=_otherwise("=met or met != true", "The way to “Accept the application” is taken whether met is true or not."),
    right=_otherwise("=met", "The way to “Accept the application” is taken where met is true."),
)
