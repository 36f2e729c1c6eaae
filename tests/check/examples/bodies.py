"""A letter that names a body of another council, and one that names the council's own."""

from tests.check.builders import LETTER, SETTINGS, plain
from tests.check.example import Example, Side

_AGENCY = """
[[teams]]
id = "youth"
name = "Youth justice team"
[[agencies]]
id = "youth"
name = "Youth Justice Service"
team = "youth"
"""


def _written(name: str, says: str) -> Side:
    letter = f"{LETTER}\nThe {name} will ring you.\n"
    return Side(
        says=says,
        file="letters/ct1.md",
        excerpt=f"The {name} will ring you.",
        others=(plain(),),
        settings=SETTINGS + _AGENCY,
        files={"letters__ct1_md": letter},
    )


EXAMPLE = Example(
    wrong=_written("Youth Offending Service", "The council's agency is the Youth Justice Service."),
    right=_written("Youth Justice Service", "The council's agency is the Youth Justice Service."),
)
