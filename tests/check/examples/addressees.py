"""A letter whose clause speaks of the victim, and which leaves the victim out."""

from tests.check.builders import LETTER, POLICY, SETTINGS
from tests.check.example import Example, Side
from tests.check.sketch import Sketch

ROLES = """
[addressees.applicant]
name = "applicant_name"

[addressees.victim]
name = "applicant_name"
"""


def _letter(to: str, says: str) -> Side:
    sending = Sketch("received write closed").start(form="application").send("write").end()
    letter = LETTER.replace('"the applicant"', to).replace("X1", "X9").replace("applicant_name", "to")
    clause = '["X9"]\ntext = "The victim is told."\n'
    return Side(
        says=f"the clause X9 says that the victim is told, and the letter {says}.",
        file="letters/ct1.md",
        excerpt=letter,
        others=(sending.flow("received", "write", "closed"),),
        files={"letters__ct1_md": letter, "policy_toml": POLICY + clause, "variant_toml": SETTINGS + ROLES},
    )


EXAMPLE = Example(
    wrong=_letter('["applicant"]', "goes to the applicant alone"),
    right=_letter('["applicant", "victim"]', "goes to both"),
)
