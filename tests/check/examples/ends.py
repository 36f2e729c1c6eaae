"""An end at which a guard would refuse to close the case, and the answer that leads there refused before."""

from tests.check.builders import SETTINGS, Drawing, decision, form
from tests.check.example import Example, Side

_CLOSING = """[guards.closing]
before = { ends = ["*"] }
unless = "floor != true or outcome != null"
sentence = "Three complaints, and no review."
clause = "X1"
"""
_DECIDING = """
[guards.deciding]
before = { facts = ["threshold_met"] }
when = "threshold_met = false"
unless = "floor != true"
sentence = "Three complaints: it is met."
clause = "X1"
"""
_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met?", "id": "m", "properties": {"asked_as": "yes or no"}}
_OUTCOME = {"type": "textarea", "key": "outcome", "label": "Outcome", "id": "o", "validate": {"required": True}}


def _guards(guards: str, says: str) -> Side:
    drawing = Drawing().start().user("decide", form="decide").gateway("met", default="met_to_refused")
    drawing.user("review", form="review").end("reviewed").end("refused")
    drawing.flow("received", "decide", "met").flow("met", "review", condition="=threshold_met").flow("met", "refused")
    drawing.flow("review", "reviewed")
    return Side(
        says=says,
        file="variant.toml",
        excerpt=guards,
        others=(drawing,),
        settings=SETTINGS + guards,
        files={
            "floor_dmn": decision("floor", "true", gives="boolean"),
            "forms__decide_form": form("decide", _MET),
            "forms__review_form": form("review", _OUTCOME),
        },
    )


EXAMPLE = Example(
    wrong=_guards(_CLOSING, "nothing stands before the answer that leads to an end where the case may not close."),
    right=_guards(_CLOSING + _DECIDING, "a guard stands before that answer, so that nobody comes to the end."),
)
