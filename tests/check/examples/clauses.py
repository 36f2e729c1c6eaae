"""A clause that the policy does not have, and one that it has."""

from tests.check.builders import LETTER, limits
from tests.check.example import Example, Side
from tests.check.sketch import Sketch

_FILES = {
    "policy_toml": '["H11.1"]\ntext = "Acknowledge within two working days."\nsource = "The policy"\n',
    "letters__ct1_md": LETTER.replace("X1", "H11.1"),
    "time_limits_dmn": limits(("acknowledge", 2, "working days", "application_date")).replace(b"X1", b"H11.1"),
}


def _carrying_out(clause: str) -> Side:
    sketch = Sketch("received acknowledge closed").start(form="application")
    sketch.user("acknowledge", properties={"clause": clause}).end().flow("received", "acknowledge", "closed")
    says = f"The task “Acknowledge” carries out the clause {clause}; policy.toml has H11.1."
    return Side(picture=sketch.note("acknowledge", "clause"), says=says, files=_FILES)


EXAMPLE = Example(wrong=_carrying_out("H11.2"), right=_carrying_out("H11.1"))
