"""The managers' pages that only read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.casework.overview import (
    Published,
    deadline_outcomes,
    late_now,
    published_figures,
    rungs_reached,
    year_before,
)
from engine.clock import local_date
from webui.access import Right, allow, may
from webui.overview import charts
from webui.overview.period import Asked, Period, period_of, shortcuts
from webui.shell.office import office, policy, today
from webui.shell.pagination import SIZE, PageNumber, page_asked

#: The address is older than the name, and people keep it.
blueprint = Blueprint("overview", __name__, url_prefix="/manage")

blueprint.add_app_template_global(local_date, "london_day")

#: In an address, stands for tasks that nobody has.
NOBODY = "-"


@blueprint.get("")
@allow(Right.SEE_FIGURES)
def late() -> str:
    """What is late now, whose it is, and why."""
    page = page_asked()
    team, person = team_and_person()
    found = late_now(office(), policy(), team=team, person=person, limit=SIZE, offset=page.offset)
    chosen = {name: value for name, value in (("team", team), ("person", NOBODY if person == "" else person)) if value}
    return render_template(
        "overview/late.html",
        late=found,
        chart=charts.chart_of_teams(found.by_team),
        chosen=chosen,
        chosen_team=next((each.name for each in found.by_team if each.key == team), team),
        pagination=page.links(found.chosen, chosen),
        sees_cases=may(Right.SEE_CASES),
    )


@blueprint.get("/deadlines")
@allow(Right.SEE_FIGURES)
def deadlines() -> str:
    """Limits kept and missed in a period; the months and the missed ones of one limit where one is chosen."""
    asked, page = period_of(request.args, today()), page_asked()
    limit_name = request.args.get("limit")
    found = None
    if asked.period is not None:
        found = deadline_outcomes(
            office(), policy(), first=asked.period.first, last=asked.period.last, limit_name=limit_name, limit=SIZE,
            offset=page.offset,
        )  # fmt: skip
    address = {} if limit_name is None else {"limit": limit_name}
    return _page(
        "overview/deadlines.html", asked, page,
        address, found.missed_in_all if found else 0,
        outcomes=found,
        limit_name=limit_name,
        without_limit=_address(asked.period),
        agreed=charts.AGREED,
        month_in_words=charts.month_in_words,
        chart=charts.chart_of_limits(found.limits) if found else "",
        months=charts.chart_of_months(found.months) if found else "",
    )  # fmt: skip


@blueprint.get("/rungs")
@allow(Right.SEE_FIGURES)
def rungs() -> str:
    """Rungs of the ladders of escalation that were taken in a period, and in which cases."""
    asked, page = period_of(request.args, today()), page_asked()
    process_id, rung = request.args.get("process"), request.args.get("rung", type=_small)
    found = None
    if asked.period is not None:
        found = rungs_reached(
            office(), policy(), first=asked.period.first, last=asked.period.last, process_id=process_id, rung=rung,
            limit=SIZE, offset=page.offset,
        )  # fmt: skip
    address = {name: str(value) for name, value in (("process", process_id), ("rung", rung)) if value is not None}
    chosen = next(
        (each for each in found.counts if (each.process_id, each.rung) == (process_id, rung)), None
    ) if found else None  # fmt: skip
    return _page(
        "overview/rungs.html", asked, page,
        address, found.chosen if found else 0,
        rungs=found,
        chosen=chosen,
        is_chosen=bool(address),
        without_choice=_address(asked.period),
        chart=charts.chart_of_rungs(found.counts) if found else "",
    )  # fmt: skip


@blueprint.get("/figures")
@allow(Right.SEE_FIGURES)
def figures() -> str:
    """The figures that are published, for a period; the cases behind one where one is chosen."""
    asked, page = period_of(request.args, today()), page_asked()
    found: tuple[Published, ...] = ()
    if asked.period is not None:
        found = published_figures(office(), policy(), first=asked.period.first, last=asked.period.last)
    chosen = next((each for each in found if each.figure.id == request.args.get("figure")), None)
    area = next((each for each in policy().settings.areas if each.id == request.args.get("area")), None)
    cases = [case for case in chosen.cases if area is None or case.area == area.id] if chosen else []
    choice = {"figure": chosen.figure.id, **({"area": area.id} if area else {})} if chosen else {}
    return _page(
        "overview/figures.html", asked, page,
        choice, len(cases),
        figures=found,
        chosen=chosen,
        area=area,
        cases=cases[page.offset : page.offset + SIZE],
        before=_address_of_year_before(asked.period),
        without_choice=_address(asked.period),
        chart=charts.chart_of_figures(found) if found else "",
    )  # fmt: skip


def team_and_person() -> tuple[str | None, str | None]:
    """Of which team (its id), and of which person (by name; "" for nobody), the late tasks are asked for."""
    person = request.args.get("person") or None
    return request.args.get("team") or None, "" if person == NOBODY else person


def _page(template: str, asked: Asked, page: PageNumber, address: dict[str, str], total: int, **values: Any) -> str:
    period = asked.period
    return render_template(
        template,
        asked=asked,
        shortcuts=[(text, each, each == period) for text, each in shortcuts(today())],
        has_errors=bool(asked.problems),
        period=period,
        in_address={**_address(period), **address},
        pagination=page.links(total, {**_address(period), **address}) if period else None,
        sees_cases=may(Right.SEE_CASES),
        **values,
    )


def _address(period: Period | None) -> dict[str, str]:
    """The period, where the address names one: so the default stays a default that moves with the day."""
    return dict(period.address) if period is not None and "from-day" in request.args else {}


def _address_of_year_before(period: Period | None) -> dict[str, str]:
    if period is None:
        return {}
    first, last = year_before(period.first, period.last)
    return dict(Period(first=first, last=last).address)


def _small(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1_000_000:
        raise ValueError(text)
    return number
