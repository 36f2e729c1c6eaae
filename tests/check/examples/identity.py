"""A letter that names the council whose folder it was copied from, and one that prints the council's own name."""

from tests.check.builders import LETTER, plain
from tests.check.example import Example, Side


def _signed_by(council: str) -> Side:
    return Side(
        file="letters/ct1.md",
        excerpt=f"Yours sincerely\n{council}",
        others=(plain(),),
        beside=("Othershire Council",),
        files={"letters__ct1_md": f"{LETTER}\nYours sincerely\n{council}\n"},
        says="The letter was copied from the folder of Othershire Council.",
    )


EXAMPLE = Example(wrong=_signed_by("Othershire Council"), right=_signed_by("((council.name))"))
