"""A choice that is written otherwise than another form offers it for the same fact, and one that is written alike."""

from tests.check.builders import form, plain
from tests.check.example import Example, Side


def _asking(value: str) -> Side:
    def asked(id: str, choice: str) -> bytes:
        values = [{"value": choice, "label": "By phone"}, {"value": "letter", "label": "By letter"}]
        return form(id, {"type": "radio", "key": "contact_kind", "label": "How?", "id": "f1", "values": values})

    return Side(
        says=f"another form offers telephone for the same fact, this one offers {value}.",
        file="forms/contact_victim.form",
        excerpt=f'{{"value": "{value}", "label": "By phone"}}',
        others=(plain(),),
        files={
            "forms__contact_victim_form": asked("contact_victim", value),
            "forms__consent_form": asked("consent", "telephone"),
        },
    )


EXAMPLE = Example(wrong=_asking("telehpone"), right=_asking("telephone"))
