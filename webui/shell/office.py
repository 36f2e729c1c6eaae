"""The office that a request works with, and the policies in force of the councils it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Flask, abort, current_app, g

from engine.bootstrap import follow_simulated_clock
from engine.casework.policies.in_force import councils_served, known_councils, policy_in_force
from engine.casework.step.office import Office
from engine.errors import CouncilNotServedError
from engine.settings import Settings
from engine.variants import Variant


@dataclass(kw_only=True)
class _Kept:
    settings: Settings
    office: Office


def keep_office(app: Flask, settings: Settings, office: Office) -> None:
    app.extensions["asb"] = _Kept(settings=settings, office=office)

    @app.before_request
    def _follow_clock() -> None:
        follow_simulated_clock(office)


def settings() -> Settings:
    return _kept().settings


def office() -> Office:
    return _kept().office


def today() -> date:
    """In London, by the office's clock."""
    return office().today


def policy() -> Variant:
    """The policy in force of the council whose person asks."""
    return policy_of(g.signed_in.council_id)


def policy_of(council_id: str) -> Variant:
    """The policy of that council in force today. Ends the request with 404 where there is no such council.

    Raises CouncilNotServedError where it has people or cases, and no policy in force.
    """
    found = council_served(council_id)
    if found is None:
        if council_id not in known_councils(office()):
            abort(404)
        raise CouncilNotServedError(council_id)
    return found


def council_served(council_id: str) -> Variant | None:
    """The same; None where none is in force. Asked for once in a request."""
    asked: dict[str, Variant | None] = g.setdefault("policies", {})
    if council_id not in asked:
        asked[council_id] = policy_in_force(office(), council_id)
    return asked[council_id]


def council_ids() -> list[str]:
    """The councils of which a policy is in force today, by id."""
    return councils_served(office())


def _kept() -> _Kept:
    return cast(_Kept, current_app.extensions["asb"])
