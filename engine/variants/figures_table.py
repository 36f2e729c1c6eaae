"""How the table of the figures is laid out that is published (L104.9), and whether anybody may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.variants.tables import SNAKE_CASE, TomlTable


class FiguresAs(StrEnum):
    """Where the figures stand; the areas, or the years of one council, stand across them."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresTable:
    """`[figures_table]`."""

    title: str = ""
    intro: str = ""  #: what stands above the table; "" for nothing
    figures_as: FiguresAs = FiguresAs.COLUMNS
    is_public: bool = False  #: anybody may read it, and a body of whose areas the council is takes its numbers
    #: Figure → what it is called in the table, in its order; empty for all of [figures] as they are called there
    figures: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()  #: that ask for the table as a whole
    footnotes: tuple[str, ...] = ()  #: clauses: the conflicts about them stand below the table


#: Where nothing is said: all figures as they are counted, for staff alone.
AS_COUNTED = FiguresTable()


def read_figures_table(table: TomlTable) -> FiguresTable:
    title, intro = table.text("title"), table.text("intro")
    figures_as = table.text("figures_as") or FiguresAs.COLUMNS
    if figures_as not in set(FiguresAs):
        table.complain(f"“figures_as” is “{figures_as[:60]}”. Write one of: {', '.join(FiguresAs)}.")
        figures_as = FiguresAs.COLUMNS
    figures = {}
    inner = table.table("figures")
    inner.place = "[figures_table.figures]"
    for name, label in inner.rest().items():
        if SNAKE_CASE.fullmatch(name) and isinstance(label, str) and label.strip():
            figures[name] = label.strip()
        else:
            inner.complain(f'“{name[:60]}” is not understood. Write a figure and its words: reviews = "Reviews held".')
    found = FiguresTable(
        title=title, intro=intro, figures_as=FiguresAs(figures_as), is_public=table.flag("public"), figures=figures,
        clauses=table.texts("clauses"), footnotes=table.texts("footnotes"),
    )  # fmt: skip
    table.refuse_the_rest()
    return found
