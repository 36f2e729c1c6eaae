"""A letter that does not tell the applicant what the decision is, and one that does."""

from tests.check.builders import LETTER, SETTINGS, Drawing, form
from tests.check.example import Example, Side

_OWED = """
[owed.decision]
clause = "L104.6"
to = "applicant"
when = "threshold_met != null"
sentence = "The applicant is told whether the threshold is met or not."
[addressees.applicant]
name = "applicant_name"
"""
_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met?", "id": "m", "properties": {"asked_as": "yes or no"}}


def _told(clause: str, says: str) -> Side:
    drawing = Drawing().start(form="application").user("decide", form="decide").send("tell").end()
    drawing.flow("received", "decide", "tell", "closed")
    letter = LETTER.replace('"the applicant"', '["applicant"]').replace("X1", clause)
    return Side(
        says=says,
        file="letters/ct1.md",
        excerpt=letter,
        others=(drawing,),
        settings=SETTINGS + _OWED,
        files={"letters__ct1_md": letter, "forms__decide_form": form("decide", _MET)},
    )


EXAMPLE = Example(
    wrong=_told("X1", "the only letter carries out another clause."),
    right=_told("L104.6", "the letter says whether the threshold is met."),
)
