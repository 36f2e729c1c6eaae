"""A limit that is shorter than the Act's, and one that is not."""

from tests.check.builders import SETTINGS, limits, plain
from tests.check.example import Example, Side

_FLOOR = """
[floors."limits.qualifying complaint"]
least = "1 month beginning with incident_on"
until = "reported_on"
who = "a complaint"
clause = "L104.11"
sentence = "A complaint counts that is made within one month beginning with the day of the behaviour."
"""


def _within(amount: int, says: str) -> Side:
    return Side(
        says=says,
        file="time_limits.dmn",
        excerpt=f"<text>{amount}</text>",
        settings=SETTINGS + _FLOOR,
        others=(plain(),),
        files={"time_limits_dmn": limits(("qualifying complaint", amount, "weeks", "incident_on"))},
    )


EXAMPLE = Example(
    wrong=_within(2, "complaints count that are made within two weeks, by the Act within a month."),
    right=_within(5, "complaints count that are made within five weeks, which is longer than the Act's month."),
)
