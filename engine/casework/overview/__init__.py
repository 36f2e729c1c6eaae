"""What managers look at: what is late, which limits were kept, which rungs were taken, the figures, what is stuck."""

from engine.casework.overview.figures import CountedCase, Published, published_figures, year_before
from engine.casework.overview.figures_years import FiguresYear
from engine.casework.overview.incidents import Stuck, StuckPage, stuck_at, stuck_now
from engine.casework.overview.late_tasks import Late, LateCount, LateTask, StandingStill, late_now
from engine.casework.overview.names import Names
from engine.casework.overview.outcomes import LimitOutcome, Missed, Month, Outcomes, deadline_outcomes
from engine.casework.overview.rungs import RungCount, RungOfPeriod, Rungs, rungs_reached
from engine.casework.overview.yearly_figures import (
    CountedRow,
    EnteredRow,
    YearlyFigures,
    figures_by_year,
    figures_of_whole_years,
    yearly_figures,
)

__all__ = [
    "CountedCase",
    "CountedRow",
    "EnteredRow",
    "FiguresYear",
    "Late",
    "LateCount",
    "LateTask",
    "LimitOutcome",
    "Missed",
    "Month",
    "Names",
    "Outcomes",
    "Published",
    "RungCount",
    "RungOfPeriod",
    "Rungs",
    "StandingStill",
    "Stuck",
    "StuckPage",
    "YearlyFigures",
    "deadline_outcomes",
    "figures_by_year",
    "figures_of_whole_years",
    "late_now",
    "published_figures",
    "rungs_reached",
    "stuck_at",
    "stuck_now",
    "year_before",
    "yearly_figures",
]
