"""Numbers of a variant.toml: what is tried to reach somebody, and how many years something is kept."""

from __future__ import annotations

from engine.variants.tables import TomlTable


def read_efforts(table: TomlTable) -> dict[str, int]:
    efforts = {}
    for key in ("attempts", "ways", "days"):
        value = table.take(key)
        if type(value) is int and 0 < value <= 100:
            efforts[key] = value
        elif value is not None:
            table.complain(f"“{key}” is not a whole number from 1 to 100. Write {key} = 3.")
    table.refuse_the_rest()
    return efforts


def read_retention(table: TomlTable) -> int | None:
    years = table.take("years")
    table.refuse_the_rest()
    if years is None or (type(years) is int and 0 < years <= 100):
        return years
    table.complain("“years” is not a whole number from 1 to 100. Write years = 6.")
    return None
