"""What the public reads of the figures, counted once a day: whoever asks again asks no table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from engine.casework.overview import YearlyFigures, figures_of_whole_years
from engine.casework.overview.figures_sheet import FiguresSheet, figures_sheet
from engine.variants import Variant
from webui.shell.office import council_served, office, today

T = TypeVar("T")

_KEPT = "published_figures"


@dataclass(kw_only=True)
class _Kept:
    """At most one of each thing for each council and language."""

    found: dict[tuple[str, str, str], tuple[tuple[str, date], Any]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def keep_published(app: Flask) -> None:
    app.extensions[_KEPT] = _Kept()


def published_sheet(variant: Variant, language: str) -> FiguresSheet:
    return kept(
        variant, language, "sheet",
        lambda: figures_sheet(published_table(variant), [variant], made_on=today(), language=language),
    )  # fmt: skip


def published_table(variant: Variant) -> YearlyFigures:
    """Numbers alone: no case stands in what is kept."""
    return kept(
        variant, "", "table",
        lambda: figures_of_whole_years(office(), variant, today=today(), council_of=council_served),
    )  # fmt: skip


def kept(variant: Variant, language: str, what: str, make: Callable[[], T]) -> T:
    """As it was made today of this version of the policy; made now where it was not."""
    kept_here = cast(_Kept, current_app.extensions[_KEPT])
    key, made_of = (variant.id, language, what), (variant.digest, today())
    with kept_here.lock:
        found = kept_here.found.get(key)
    if found is not None and found[0] == made_of:
        return cast(T, found[1])
    made = make()
    with kept_here.lock:
        kept_here.found[key] = made_of, made
    return made
