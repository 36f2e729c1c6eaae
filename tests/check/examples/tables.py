"""A table that has no row for one of the answers, and one that has a row for each."""

from tests.check.builders import Drawing, form
from tests.check.example import Example, Side

_RISK = {
    "type": "radio", "id": "field_risk", "key": "risk", "label": "Is anybody at risk?",
    "values": [{"value": value, "label": value.capitalize()} for value in ("yes", "no", "unknown")],
}  # fmt: skip


def _who_acts(cell: str, says: str) -> Side:
    drawing = Drawing().start(form="application").decide("choose", "who_acts", "actor").end()
    table = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Who acts" namespace="n">'
        '<decision id="who_acts" name="Who acts"><variable id="v" name="who_acts"/><decisionTable id="table" '
        'hitPolicy="UNIQUE"><input id="in" label="At risk"><inputExpression id="ie" typeRef="string"><text>risk</text>'
        '</inputExpression></input><output id="out" name="actor" typeRef="string"/><rule id="urgent"><inputEntry '
        'id="i1"><text>"yes"</text></inputEntry><outputEntry id="o1"><text>"the police"</text></outputEntry></rule>'
        f'<rule id="other"><inputEntry id="i2"><text>{cell}</text></inputEntry><outputEntry id="o2"><text>"an officer"'
        "</text></outputEntry></rule></decisionTable></decision></definitions>"
    )
    return Side(
        says=says,
        file="threshold.dmn",
        excerpt=cell,
        others=(drawing.flow("received", "choose", "closed"),),
        files={"threshold_dmn": table, "forms__application_form": form("application", _RISK)},
    )


EXAMPLE = Example(
    wrong=_who_acts('"unknown"', "the first row is for yes, the second for this, and the form offers no, too."),
    right=_who_acts('"no", "unknown"', "the first row is for yes, the second for these: all that the form offers."),
)
