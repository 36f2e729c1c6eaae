"""Limits inside a time frame that together are longer than it is, and some that fit."""

from tests.check.builders import limits
from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _whole(collate: int) -> Side:
    sketch = Sketch("received begins collate consider plan planned closed").start(form="application")
    sketch.subprocess("whole", name="The whole review", properties={"due_date": '=due("whole review")'})
    sketch.add("startEvent", "begins", within="whole")
    sketch.user("collate", due='=due("collate")', within="whole", properties={"happened_on": "collated_on"})
    sketch.user("consider", due='=due("consider")', within="whole", properties={"happened_on": "considered_on"})
    sketch.user("plan", due='=due("plan")', within="whole").add("endEvent", "planned", within="whole").end()
    sketch.flow("received", "whole", "closed").flow("begins", "collate", "consider", "plan", "planned")
    for task in ("collate", "consider", "plan"):
        sketch.note(task, dueDate="Due date")
    rows = limits(
        ("whole review", 8, "weeks", "application_date"),
        ("collate", collate, "working days", "application_date"),
        ("consider", 20, "working days", "collated_on"),
        ("plan", 15, "working days", "considered_on"),
    )
    return Side(
        picture=sketch,
        files={"time_limits_dmn": rows},
        says=f"The whole review has 8 weeks; inside, {collate}, 20 and 15 working days follow one another.",
    )


EXAMPLE = Example(wrong=_whole(10), right=_whole(5))
