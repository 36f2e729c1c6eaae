"""A main process that a diagram holds, or none."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side


def _settings(main_process: str) -> Side:
    excerpt = f'name = "Somewhere"\nmain_process = "{main_process}"'
    settings = SETTINGS.replace('name = "Somewhere"\nmain_process = "main"', excerpt)
    says = f"the process that an application starts is called “{main_process}”, and a diagram holds “main”."
    return Side(says=says, file="variant.toml", excerpt=excerpt, settings=settings, others=(plain(),))


EXAMPLE = Example(wrong=_settings("mian"), right=_settings("main"))
