"""A colour on which white words cannot be read, and a dark one."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side


def _coloured(colour: str, says: str) -> Side:
    line = f'colour = "{colour}"\n'
    return Side(says=says, file="variant.toml", excerpt=line, others=(plain(),), settings=line + SETTINGS)


EXAMPLE = Example(
    wrong=_coloured("#ffd400", "on this yellow, white words have a contrast of 1.43:1."),
    right=_coloured("#1d70b8", "on this blue, white words have a contrast of 5.17:1."),
)
