"""Two ways out of a task, and out of a gateway behind it."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _parting(*, gateway: bool) -> Sketch:
    columns = "received confirm split ask_police asked" if gateway else "received confirm ask_police asked"
    below = ". . . ask_landlord asked_too" if gateway else ". . ask_landlord asked_too"
    sketch = Sketch(columns, below).start().user("confirm", name="Confirm the reports")
    if gateway:
        sketch.gateway("split", "parallel", name="").flow("confirm", "split")
    source = "split" if gateway else "confirm"
    sketch.user("ask_police", name="Ask the police").user("ask_landlord", name="Ask the landlord")
    sketch.end("asked").end("asked_too", name="Asked").flow("received", "confirm")
    return sketch.flow(source, "ask_police", "asked").flow(source, "ask_landlord", "asked_too")


EXAMPLE = Example(
    wrong=Side(
        picture=_parting(gateway=False),
        says="Two flows leave the task “Confirm the reports”: to “Ask the police” and to “Ask the landlord”.",
    ),
    right=Side(
        picture=_parting(gateway=True),
        says="One flow leaves “Confirm the reports”, to a parallel gateway, and both ways leave that.",
    ),
)
