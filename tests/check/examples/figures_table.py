"""A line of the published table that nobody counts, and one that the council counts."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side

FIGURE = '[figures.applications]\nlabel = "Applications"\nfact = "applicant_name"\n'


def _lines(figure: str, says: str) -> Side:
    shown = f'[figures_table.figures]\n{figure} = "Applications for a review"\n'
    return Side(
        says=says,
        file="variant.toml",
        excerpt=shown,
        others=(plain(),),
        settings=f"{SETTINGS}\n{FIGURE}\n{shown}",
    )


EXAMPLE = Example(
    wrong=_lines("aplications", "the figure is misspelt, so that nobody counts it."),
    right=_lines("applications", "`[figures.applications]` counts it."),
)
