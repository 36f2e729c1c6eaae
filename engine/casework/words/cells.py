"""Values as cells of a spreadsheet, in which none runs."""

from __future__ import annotations

from datetime import date

#: What makes a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # noqa: RUF001  # full-width ones too


def safe_cell(value: object) -> object:
    """A number as it is, a day as 2026-05-05, nothing for None, and any text as a text."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    # An apostrophe in front keeps it a text: names and reasons were typed by anybody.
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
