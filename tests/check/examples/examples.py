"""A choice that a worked example takes and no form offers, and one that the form offers."""

from tests.check.builders import form, plain
from tests.check.example import Example, Side

_EXAMPLE = """title = "By phone"
[application]
on = 2026-03-02
[application.answers]
received_through = "phone"
"""


def _offering(*choices: str) -> Side:
    values = [{"value": choice, "label": choice.capitalize()} for choice in choices]
    asked = {"type": "radio", "key": "received_through", "label": "How?", "id": "f1", "values": values}
    return Side(
        says=f"an example chooses phone, and the form offers {' and '.join(choices)}.",
        file="forms/application.form",
        excerpt=", ".join(f'{{"value": "{choice}", "label": "{choice.capitalize()}"}}' for choice in choices),
        others=(plain(),),
        files={"forms__application_form": form("application", asked), "scenarios__01_by_phone_toml": _EXAMPLE},
    )


EXAMPLE = Example(wrong=_offering("form", "letter"), right=_offering("form", "phone"))
