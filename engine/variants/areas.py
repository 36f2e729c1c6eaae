"""The areas of a body that several councils' cases come to: what is told of each, once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.variants.tables import SNAKE_CASE, TomlTable

#: The name of a folder, and no way to one.
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Where a council decides what comes to this body."""

    id: str
    name: str
    body: str = ""  #: what its council is called
    email: str = ""  #: where that is reached
    form: str = ""  #: address of its form for applications; "" where none is published
    #: folder in the same installation of which the published figures are taken; "" where they are entered
    figures_of: str = ""


def read_area(table: TomlTable) -> Area | None:
    area = Area(
        id=table.text("id", required=True, fits=SNAKE_CASE, like="high_peak"),
        name=table.text("name", required=True),
        body=table.text("body"),
        email=table.text("email"),
        form=table.text("form"),
        figures_of=table.text("figures_of", fits=_FOLDER, like="high_peak"),
    )
    table.refuse_the_rest()
    return area if area.id and area.name else None
