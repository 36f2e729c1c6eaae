"""A council whose base has moved on since it was pinned, and one that runs on the base as it is."""

from datetime import date

from engine.variants import BaseFolder, Pin
from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side

PIN = Pin(folders=(BaseFolder(name="base", files={"variant.toml": SETTINGS.encode()}),), pinned_on=date(2026, 3, 2))
MOVED = (BaseFolder(name="base", files={"variant.toml": f"{SETTINGS}\n# Looked through".encode()}),)


def _over(base_today: tuple[BaseFolder, ...], says: str) -> Side:
    return Side(
        says=says,
        file="variant.toml",
        excerpt='extends = "base"',
        settings=f'extends = "base"\n{SETTINGS}',
        others=(plain(),),
        extends="base",
        pin=PIN,
        base_today=base_today,
    )


EXAMPLE = Example(
    wrong=_over(MOVED, "the folder base holds something else than on 2 March 2026, when it was pinned."),
    right=_over(PIN.folders, "the folder base is as it was pinned."),
)
