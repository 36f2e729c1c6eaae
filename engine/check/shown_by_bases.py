"""What bases show of a case: where a council asks for less, nothing of it is shown, and that is no slip."""

from __future__ import annotations

from collections.abc import Iterator

from engine.variants import Base


def shown_by(base: Base) -> Iterator[str]:
    """The names that the base's [cases] and [case_page] show."""
    for names in (*base.table("cases").values(), *base.table("case_page").values()):
        yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
