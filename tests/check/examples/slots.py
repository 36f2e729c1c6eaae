"""A slot whose process does not tell the day that comes after it, and one whose does."""

from tests.check.builders import SETTINGS, Drawing, form
from tests.check.example import Example, Side

_SLOT = '\n[slots.completion]\nuse = "completion"\nleaves = ["%s"]\n'
_ASKED = form("check", {"type": "datetime", "subtype": "date", "key": "completed_on", "dateLabel": "When?", "id": "f"})


def _leaving(fact: str) -> Side:
    completion = Drawing("completion").start().user("check", form="check").end().flow("received", "check", "closed")
    main = Drawing("main").start(form="application").call("complete", "completion").end()
    return Side(
        file="variant.toml",
        excerpt=(_SLOT % fact).strip(),
        settings=SETTINGS + _SLOT % fact,
        others=(completion, main.flow("received", "complete", "closed")),
        files={"forms__check_form": _ASKED},
        says="The process “completion” asks for completed_on.",
    )


EXAMPLE = Example(wrong=_leaving("complete_on"), right=_leaving("completed_on"))
