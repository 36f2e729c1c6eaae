"""A number of a year that is still to come, and one of a year that was."""

from datetime import date

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side

TABLE = '[[entered_figures]]\nlabel = "cases"\nsource = "Community triggers, historic figures"\n'


def _entered(year: str, says: str) -> Side:
    shown = f'{TABLE}by_year = {{ "{year}" = 2 }}\n'
    return Side(
        says=says,
        file="variant.toml",
        excerpt=shown,
        others=(plain(),),
        settings=f"{SETTINGS}\n{shown}",
        today=date(2026, 3, 31),
    )


EXAMPLE = Example(
    wrong=_entered("2026/27", "it is 31 March 2026, and the year begins on 1 April."),
    right=_entered("2025/26", "the year has begun."),
)
