"""A figure of a fact that nothing tells, and one of a fact that a form asks for."""

from tests.check.builders import SETTINGS, form, plain
from tests.check.example import Example, Side

_FIGURE = """
[figures.applications]
label = "Applications"
counted_on = "value"
"""


def _counted(fact: str, says: str) -> Side:
    line = f'fact = "{fact}"'
    return Side(
        says=says,
        file="variant.toml",
        excerpt=f"{_FIGURE.strip()}\n{line}",
        others=(plain(),),
        settings=f"{SETTINGS}{_FIGURE}{line}\n",
        files={"forms__application_form": form("application")},
    )


EXAMPLE = Example(
    wrong=_counted("aplication_date", "The form asks for application_date."),
    right=_counted("application_date", "The form asks for application_date."),
)
