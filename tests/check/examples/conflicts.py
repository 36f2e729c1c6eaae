"""Documents that disagree, and documents of which one was amended."""

from tests.check.builders import plain
from tests.check.example import Example, Side

_CONFLICT = """
[[conflicts]]
clauses = ["X1", "X2"]
sentence = "The policy gives two working days, the leaflet five."
what_we_do = "The shorter holds."
"""


def _policy(leaflet: str, conflict: str, says: str) -> Side:
    policy = (
        '["X1"]\ntext = "Acknowledge within two working days."\nsource = "The policy"\n\n'
        f'["X2"]\ntext = "We acknowledge within {leaflet} working days."\nsource = "The leaflet"\n{conflict}'
    )
    return Side(says=says, file="policy.toml", excerpt=policy, others=(plain(),), files={"policy_toml": policy})


EXAMPLE = Example(
    wrong=_policy("five", _CONFLICT, "the leaflet gives another time than the policy, and a conflict says so."),
    right=_policy("two", "", "the leaflet was amended, and the conflict is gone."),
)
