"""What the charts of these pages show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from engine.casework.overview import LateCount, LimitOutcome, Month, Published, RungCount
from engine.casework.overview.figures_charts import FiguresChart
from engine.language import say
from engine.words import MONTHS, counted
from webui.overview.chart import Bar, draw_bars

_TABLE = "The same numbers stand in the table below."
#: What stands for days that were agreed in a case, where the policy sets no limit.
AGREED = "Days agreed in the case"


def chart_of_teams(counts: Iterable[LateCount]) -> Markup:
    bars = [Bar(each.name, counted(each.count, "late task"), each.count) for each in counts]
    return draw_bars(bars, title="Late tasks of each team", description=f"A bar for each team. {_TABLE}")


def chart_of_limits(limits: Iterable[LimitOutcome]) -> Markup:
    bars = [_kept(limit.name or AGREED, limit.kept, limit.missed) for limit in limits]
    return draw_bars(
        bars, title="Deadlines kept and missed, by limit",
        description=f"A bar for each limit, full for those kept, hatched for those missed. {_TABLE}",
    )  # fmt: skip


def chart_of_months(months: Sequence[Month]) -> Markup:
    bars = [_kept(month_in_words(month), month.kept, month.missed) for month in months]
    return draw_bars(
        bars, title="Deadlines kept and missed, by month",
        description=f"A bar for each month, full for those kept, hatched for those missed. {_TABLE}",
    )  # fmt: skip


def chart_of_rungs(counts: Iterable[RungCount]) -> Markup:
    bars = [Bar(f"Rung {each.rung}: {each.name}", counted(each.count, "time"), each.count) for each in counts]
    return draw_bars(bars, title="Rungs taken", description=f"A bar for each rung of a ladder. {_TABLE}")


def chart_of_figures(figures: Iterable[Published]) -> Markup:
    bars = [Bar(each.figure.label, f"{each.count:,}", each.count) for each in figures]
    return draw_bars(bars, title="The figures of the period", description=f"A bar for each figure. {_TABLE}")


def chart_of_sheet(chart: FiguresChart) -> Markup:
    """Full bars for what was counted, hatched ones for what was entered; in the language that is spoken."""
    bars = [
        Bar(bar.label, bar.value, 0 if bar.is_entered else bar.number, bar.number if bar.is_entered else 0)
        for bar in chart.bars
    ]
    hatched = say("Hatched bars are numbers that were entered.") if any(bar.is_entered for bar in chart.bars) else ""
    same = say("The same numbers stand in the table above.")
    return draw_bars(bars, title=chart.title, description=f"{same} {hatched}".strip())


def month_in_words(month: Month) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _kept(label: str, kept: int, missed: int) -> Bar:
    return Bar(label, f"{kept:,} kept, {missed:,} missed", kept, missed)
