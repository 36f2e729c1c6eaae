"""What the Act owes a case that closes: a review, or one of the few endings without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from engine import feel
from engine.calendar import Calendar, Unit
from engine.store.facts import RecordedFact

_MONTH, _SIX_MONTHS = 1, 6
_BODIES = frozenset({"council", "police", "housing_provider"})
#: Who may decide otherwise than a senior manager did (H5.3b), in Hertsmere.
_COMMUNITY_SAFETY_MANAGER = "Community Safety Manager"


class Told:
    """What a case has been told, from its facts in the order in which they were told."""

    def __init__(self, rows: Sequence[RecordedFact]) -> None:
        self._rows = [row for row in rows if row.undone_at is None]

    def last(self, name: str) -> Any:
        """What was told last under this name, of the case or of an item in it."""
        found = [row for row in self._rows if row.name == name]
        return feel.load(found[-1].value) if found else None

    def number(self, name: str) -> int:
        """Of the last that was told under this name; 0 for none."""
        return max((row.number for row in self._rows if row.name == name), default=0)

    def items(self, collection: str) -> Mapping[str, Mapping[str, Any]]:
        """The items as they are known now, by their ids; `told` is the number of the first fact of each."""
        found: dict[str, dict[str, Any]] = {}
        for row in self._rows:
            if row.collection == collection:
                found.setdefault(row.item_id, {"told": row.number})[row.name] = feel.load(row.value)
        return found


def complaints(told: Told, calendar: Calendar, *, after: int = 0) -> int:
    """Qualifying complaints by the kinder of the Act's periods and the procedures', one for each incident.

    A report that nobody has settled counts as an incident of its own. `after`: none unless one was told after this.
    """
    applied_on = told.last("application_date")
    reports = [
        (report.get("incident") or item_id, report)
        for item_id, report in told.items("reports").items()
        if _qualifies(report, applied_on, calendar)
    ]
    if not any(report["told"] > after for _, report in reports):
        return 0
    return len({incident for incident, _ in reports})


def _qualifies(report: Mapping[str, Any], applied_on: Any, calendar: Calendar) -> bool:
    happened, reported = report.get("incident_on"), report.get("reported_on")
    if not all(type(day) is date for day in (happened, reported, applied_on)) or report.get("confirmed") == "wrong":
        return False
    if not happened <= reported <= applied_on or report.get("reported_to") not in _BODIES:
        return False
    in_time = reported <= calendar.beginning_with(happened, _MONTH, Unit.MONTHS)
    return in_time and applied_on <= calendar.beginning_with(reported, _SIX_MONTHS, Unit.MONTHS)


def is_owed(told: Told, calendar: Calendar) -> str:
    """Why a review is owed that was not carried out yet; "" where none is."""
    reviewed = told.number("panel_outcome")
    if complaints(told, calendar, after=reviewed) >= 3:
        return "three qualifying complaints"
    if told.last("safeguarding_review_needed") == "yes" and told.number("safeguarding_review_needed") > reviewed:
        return "a senior manager has decided that a review is needed"
    return ""


def ends_without(told: Told) -> str:
    """Why the case may end all the same; "" where it may not."""
    if told.last("withdrawn_because") in ("asked", "victim"):
        return "the applicant or the victim has withdrawn"
    if told.last("consent_confirmed") == "no":
        return "the victim has not agreed"
    if told.last("after_efforts") == "withdraw" and told.last("threshold_met") is True and told.items("contacts"):
        return "the victim was not reached, the threshold was met, and the efforts are on record"
    if _is_passed_on(told):
        return "all of it happened in another council's area, and a second person has passed it on"
    return ""


def _is_passed_on(told: Told) -> bool:
    """By somebody else than who acknowledged it; where a senior manager decided on a review, by them or by their own
    (H5.3b). What was reviewed, or is reviewed anew, is passed on to nobody."""
    by = told.last("passed_on_by")
    if by is None or not told.last("passed_on_because") or not told.last("passed_on_sent_on") or told.items("reviews"):
        return False
    if told.last("safeguarding_review_needed") == "yes":
        decided_by = told.last("safeguarding_decided_by")
        return bool(by["id"] == decided_by["id"] or by["name"] == _COMMUNITY_SAFETY_MANAGER)
    acknowledged_by = told.last("acknowledged_by")
    return acknowledged_by is not None and by["id"] != acknowledged_by["id"]
