"""An output under two words, and under a name."""

from tests.check.example import Example, Side
from tests.check.sketch import Sketch


def _sending(target: str) -> Side:
    mapping = f'<zeebe:ioMapping><zeebe:output source="=sent_on" target="{target}"/></zeebe:ioMapping>'
    sketch = Sketch("received write closed").start()
    sketch.add("sendTask", "write", extension=f'<zeebe:taskDefinition type="send-letter"/>{mapping}').end()
    sketch.flow("received", "write", "closed").note("write", target="Output mapping to")
    return Side(picture=sketch, says=f"The send task “Write” maps an output to “{target}”.")


EXAMPLE = Example(wrong=_sending("day of ct1"), right=_sending("ct1_sent_on"))
