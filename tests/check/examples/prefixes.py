"""A folder whose neighbour has the same prefix, and one whose neighbour has another."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side


def _beside(prefix: str, says: str) -> Side:
    line = f'reference_prefix = "{prefix}"\n'
    return Side(
        says=says,
        file="variant.toml",
        excerpt=line,
        others=(plain(),),
        settings=line + SETTINGS,
        neighbours={"othershire": "HBC"},
    )


EXAMPLE = Example(
    wrong=_beside("HBC", "the folder of Othershire, beside this one, has the same prefix."),
    right=_beside("SBC", "the folder of Othershire, beside this one, has HBC."),
)
