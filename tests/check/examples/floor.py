"""A table that turns away what the Act takes, and one that takes it."""

from tests.check.builders import SETTINGS, Drawing, decision, form
from tests.check.example import Example, Side

_DAYS = [
    {"type": "datetime", "subtype": "date", "key": f"{name}_on", "dateLabel": name.capitalize(), "id": name}
    for name in ("incident", "reported")
]
_REPORTS = {"type": "dynamiclist", "path": "reports", "label": "Reports", "id": "l", "components": _DAYS}
_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met", "id": "m"}
_GUARD = """[guards.act]
before = { facts = ["threshold_met"] }
when = "threshold_met = false"
unless = "floor != true"
sentence = "Three reports bind."
clause = "L104.4"
"""


def _threshold(table: str, says: str) -> Side:
    drawing = Drawing().start(form="application").decide("propose", "threshold", "proposal")
    drawing.user("confirm", form="confirm").end().flow("received", "propose", "confirm", "closed")
    return Side(
        says=says,
        file="threshold.dmn",
        excerpt=table,
        others=(drawing,),
        settings=SETTINGS + _GUARD,
        files={
            "floor_dmn": decision("floor", "count(reports) >= 3", reads="reports"),
            "threshold_dmn": decision("threshold", table, reads="reports"),
            "forms__application_form": form("application", _REPORTS),
            "forms__confirm_form": form("confirm", _MET),
        },
    )


EXAMPLE = Example(
    wrong=_threshold("count(reports) >= 4", "the threshold asks for four reports, where the Act's own asks for three."),
    right=_threshold("count(reports) >= 3", "the threshold asks for three reports, as the Act's own does."),
)
