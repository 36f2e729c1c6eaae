"""What the pages of a case share: who looks, what they may do, and the frame around each page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.casework.pages.case import Looker
from engine.variants.settings import RIGHTS
from webui.access import Right, may, person
from webui.access.audience import audiences
from webui.access.cases import case_for
from webui.shell.office import office, policy

blueprint = Blueprint("case", __name__, url_prefix="/cases")

#: Text, endpoint and right of each page of a case, in the order of its navigation.
PAGES = (
    ("Overview", "case.show", Right.SEE_CASES),
    ("Tasks", "case.tasks", Right.SEE_CASES),
    ("Action plan", "case.actions", Right.SEE_CASES),
    ("Letters", "case.letters", Right.SEE_CASES),
    ("What is known", "case.known", Right.SEE_CASES),
    ("Diagram", "case.diagram", Right.SEE_CASES),
    ("History", "case.history", Right.SEE_CASES),
    ("Notes", "case.notes", Right.SEE_ALL_CASES),
    ("Files", "case.attachments", Right.SEE_CASES),
    ("Handed over", "case.parcels", Right.SEE_ALL_CASES),
    ("Related cases", "case.related", Right.SEE_ALL_CASES),
    ("Record something new", "case.tellings", Right.CHANGE_CASES),
    ("Take a copy", "case.copy", Right.EXPORT_CASES),
)


def looker() -> Looker:
    """The person who asks, as the case's pages see them."""
    who = person()
    return Looker(name=who.name, teams=who.teams, audiences=audiences())


def seen(reference: str, page: str) -> dict[str, Any]:
    """What every read function of a case is called with, once it is known that the person may see the case."""
    case_for(reference, page=page)
    return {"looker": looker(), "council_id": person().council_id}


def may_by_policy(right: str) -> bool:
    """Whether the policy lets one of the person's teams do this. The use case asks again."""
    if right not in RIGHTS:
        raise ValueError(right)
    teams = policy().settings.may.get(right)
    return may(Right.CHANGE_CASES) and (teams is None or bool(person().teams & set(teams)))


def page_of(template: str, view: Any, **more: Any) -> str:
    """A page of the case that `view` is about."""
    endpoint = more.pop("endpoint", request.endpoint)
    return render_template(
        f"case/{template}.html",
        view=view,
        case=view.case,
        case_title=view.title,
        pages=[(text, name, name == endpoint) for text, name, right in PAGES if may(right)],
        may_by_policy=may_by_policy,
        office=office(),
        **more,
    )
