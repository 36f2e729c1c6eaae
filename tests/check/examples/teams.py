"""A team that the folder does not have, and one that it has."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _for_team(team: str) -> Side:
    sketch = Sketch("received check closed").start(form="application").user("check", team=team).end()
    sketch.flow("received", "check", "closed").note("check", candidateGroups="Candidate groups")
    return Side(picture=sketch, says=f"The user task “Check” is for {team}; variant.toml has officers and panel.")


EXAMPLE = Example(wrong=_for_team("oficers"), right=_for_team("officers"))
