"""A form that is not in the folder, and one that is."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _showing(form: str) -> Side:
    sketch = Sketch("received check closed").start(form="application").user("check", form=form).end()
    sketch.flow("received", "check", "closed").note("check", formId="Form")
    return Side(picture=sketch, says=f"The user task “Check” shows the form “{form}”; forms/ holds “application”.")


EXAMPLE = Example(wrong=_showing("aplication"), right=_showing("application"))
