"""What the managers' pages show, as CSV files: all of it, not a page."""

from __future__ import annotations

from flask import Response, request

from engine.casework.overview import deadline_outcomes, late_now, published_figures, rungs_reached
from engine.clock import local_date
from engine.errors import BadInputError
from webui.access import Right, allow, may
from webui.overview.charts import AGREED
from webui.overview.download import csv_file
from webui.overview.period import Period, period_of
from webui.overview.views import blueprint, team_and_person
from webui.shell.office import office, policy, today

#: Rows of a file; whoever has more asks for one team, or for a shorter period.
MOST = 20_000


@blueprint.get("/late.csv")
@allow(Right.SEE_FIGURES)
def late_file() -> Response:
    team, person = team_and_person()
    found = late_now(office(), policy(), team=team, person=person, limit=MOST)
    shows_names = may(Right.SEE_CASES)
    return csv_file(
        f"late-{found.today.isoformat()}",
        ("Case", "Known by", "Task", "About", "Team", "Who has it", "Due", "Working days late", "Rung", "Rung name",
         "Follow up", "Why it was due then"),
        (
            (
                each.task_id.reference, each.title if shows_names else "", each.name, each.item, each.team, each.holder,
                each.due_on, each.working_days, each.taken.number if each.taken else None,
                each.taken.name if each.taken else "", each.follow_up_on, each.explanation,
            )
            for each in found.tasks
        ),
    )  # fmt: skip


@blueprint.get("/deadlines.csv")
@allow(Right.SEE_FIGURES)
def deadlines_file() -> Response:
    period = _period()
    found = deadline_outcomes(office(), policy(), first=period.first, last=period.last, limit=1)
    return csv_file(
        f"deadlines-{period.first.isoformat()}-to-{period.last.isoformat()}",
        ("Limit", "How long", "Clauses", "Kept", "Missed", "Kept of 100", "Still running", "Extended",
         "Median days late", "Longest days late"),
        (
            (
                each.name or AGREED, each.length, ", ".join(clause.id for clause in each.clauses), each.kept,
                each.missed, each.share, each.running, each.extended, each.median_days, each.longest_days,
            )
            for each in found.limits
        ),
    )  # fmt: skip


@blueprint.get("/missed.csv")
@allow(Right.SEE_FIGURES)
def missed_file() -> Response:
    period = _period()
    found = deadline_outcomes(
        office(), policy(), first=period.first, last=period.last, limit_name=request.args.get("limit"), limit=MOST
    )
    shows_names = may(Right.SEE_CASES)
    return csv_file(
        f"missed-{period.first.isoformat()}-to-{period.last.isoformat()}",
        ("Case", "Known by", "Task", "Team", "Limit", "Due", "Done", "Days late"),
        (
            (
                each.task_id.reference, each.title if shows_names else "", each.name, each.team, each.limit or AGREED,
                each.due_on, each.completed_on, each.days,
            )
            for each in found.missed
        ),
    )  # fmt: skip


@blueprint.get("/rungs.csv")
@allow(Right.SEE_FIGURES)
def rungs_file() -> Response:
    period = _period()
    found = rungs_reached(office(), policy(), first=period.first, last=period.last, limit=MOST)
    shows_names = may(Right.SEE_CASES)
    return csv_file(
        f"rungs-{period.first.isoformat()}-to-{period.last.isoformat()}",
        ("Taken", "Case", "Known by", "Ladder", "Rung", "Rung name", "Task", "About", "Team", "Who has it", "Due",
         "Done"),
        (
            (
                local_date(each.at), each.reference, each.title if shows_names else "", each.process, each.rung,
                each.rung_name, each.name, each.item, each.team, each.holder, each.due_on, each.completed_on,
            )
            for each in found.taken
        ),
    )  # fmt: skip


@blueprint.get("/figures.csv")
@allow(Right.SEE_FIGURES)
def figures_file() -> Response:
    period = _period()
    found = published_figures(office(), policy(), first=period.first, last=period.last)
    return csv_file(
        f"figures-{period.first.isoformat()}-to-{period.last.isoformat()}",
        ("From", "To", "Figure", "Number", "A year before", "Clauses"),
        (
            (
                period.first, period.last, each.figure.label, each.count, each.year_before,
                ", ".join(clause.id for clause in each.clauses),
            )
            for each in found
        ),
    )  # fmt: skip


@blueprint.get("/counted.csv")
@allow(Right.SEE_FIGURES)
def counted_file() -> Response:
    """The cases behind each figure."""
    period = _period()
    found = published_figures(office(), policy(), first=period.first, last=period.last)
    shows_names = may(Right.SEE_CASES)
    return csv_file(
        f"counted-{period.first.isoformat()}-to-{period.last.isoformat()}",
        ("Figure", "Counts on", "Case", "Known by", "About"),
        (
            (each.figure.label, case.day, case.reference, case.title if shows_names else "", case.item)
            for each in found
            for case in each.cases
        ),
    )


def _period() -> Period:
    """Raises BadInputError where the address names no period."""
    asked = period_of(request.args, today())
    if asked.period is None:
        raise BadInputError(f"{'. '.join(asked.problems.values())}.")
    return asked.period
