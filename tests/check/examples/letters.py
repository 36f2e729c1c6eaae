"""A placeholder that nothing gives, and one that the application's form asks for."""

from tests.check.builders import LETTER
from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _letter(placeholder: str) -> Side:
    sending = Sketch("received write closed").start(form="application").send("write").end()
    letter = LETTER.replace("applicant_name", placeholder)
    return Side(
        says=f"the form of the application gives applicant_name, and the letter prints {placeholder}.",
        file="letters/ct1.md",
        excerpt=letter,
        others=(sending.flow("received", "write", "closed"),),
        files={"letters__ct1_md": letter},
    )


EXAMPLE = Example(wrong=_letter("aplicant_name"), right=_letter("applicant_name"))
