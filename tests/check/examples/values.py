"""A way that is taken at an answer which no question offers, and one at an answer that is offered."""

from tests.check.builders import form
from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_RISK = {
    "type": "radio", "id": "field_risk", "key": "risk", "label": "Is anybody at risk?",
    "values": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
}  # fmt: skip


def _taken_at(answer: str) -> Side:
    sketch = Sketch("received risk act done", ". . wait closed", column=195).start(form="application")
    sketch.gateway("risk", name="Anybody at risk?", default="no").user("act", name="Act at once").end("done")
    sketch.user("wait", name="Decide").end("closed").flow("received", "risk")
    sketch.flow("risk", "act", condition=f'=risk = "{answer}"', id="yes").flow("risk", "wait", id="no", name="No")
    return Side(
        picture=sketch.flow("act", "done").flow("wait", "closed"),
        says=f"The form offers “yes” and “no”; the way to “Act at once” is taken where risk is “{answer}”.",
        files={"forms__application_form": form("application", _RISK)},
    )


EXAMPLE = Example(wrong=_taken_at("Yes"), right=_taken_at("yes"))
