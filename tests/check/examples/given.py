"""A letter that prints an answer which may be left out, and one that prints it where it is there."""

from tests.check.builders import LETTER, Drawing, form
from tests.check.example import Example, Side

_PHONE = {"type": "textfield", "id": "field_phone", "key": "applicant_phone", "label": "Telephone"}


def _letter(printed: str, says: str) -> Side:
    drawing = Drawing().start(form="application").send("write").end().flow("received", "write", "closed")
    return Side(
        says=says,
        file="letters/ct1.md",
        excerpt=printed,
        others=(drawing,),
        files={"letters__ct1_md": f"{LETTER}\n{printed}\n", "forms__application_form": form("application", _PHONE)},
    )


EXAMPLE = Example(
    wrong=_letter("We ring you on ((applicant_phone)).", "nobody has to say on which number they are rung."),
    right=_letter("((applicant_phone??We ring you on ((applicant_phone)).))", "the words go with the number."),
)
