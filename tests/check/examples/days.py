"""A day that may be any, and one that has to have come."""

from tests.check.builders import form, plain
from tests.check.example import Example, Side


def _asked(excerpt: str, says: str) -> Side:
    written = form("application").decode().replace('"properties": {"max": "=today()"}', '"properties": {}')
    return Side(
        says=says,
        file="forms/application.form",
        excerpt=excerpt,
        others=(plain(),),
        files={"forms__application_form": written.replace('"properties": {}', excerpt)},
    )


EXAMPLE = Example(
    wrong=_asked('"properties": {}', "The day of the application may be any."),
    right=_asked('"properties": {"max": "=today()"}', "The day of the application is today at the latest."),
)
