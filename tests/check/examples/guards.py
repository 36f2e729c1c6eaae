"""A guard before a fact that nobody tells, and one before the fact that was meant."""

from tests.check.builders import SETTINGS, Drawing, form
from tests.check.example import Example, Side

_DECIDE = form("decide", {"type": "checkbox", "key": "threshold_met", "label": "Met", "id": "m"})


def _guard(fact: str, says: str) -> Side:
    guard = f"""[guards.reasons]
before = {{ facts = ["{fact}"] }}
unless = "case.status = \\"open\\""
sentence = "The case is closed."
clause = "X1"
"""
    drawing = Drawing().start().user("decide", form="decide").end().flow("received", "decide", "closed")
    return Side(
        says=says,
        file="variant.toml",
        excerpt=guard,
        others=(drawing,),
        settings=SETTINGS + guard,
        files={"forms__decide_form": _DECIDE},
    )


EXAMPLE = Example(
    wrong=_guard("treshold_met", "the fact is misspelt, so that the guard stands before nothing."),
    right=_guard("threshold_met", "the guard stands before the fact that the form asks for."),
)
