"""The office that a request works with, and the policies of the councils it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import cast

from flask import Flask, abort, current_app, g
from werkzeug.exceptions import NotFound

from engine.bootstrap import follow_simulated_clock
from engine.casework.policies.served import ServedPolicy, councils_read, kept_policy
from engine.casework.policies.take_up import take_up_policy
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.settings import Settings
from engine.variants import Variant, folders_in


@dataclass(kw_only=True)
class _Kept:
    settings: Settings
    office: Office
    policies: dict[str, ServedPolicy] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


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
    return local_date(office().clock.now())


def policy() -> Variant:
    """The policy by which the council whose person asks is served."""
    return policy_of(g.signed_in.council_id)


def policy_for_new_cases() -> Variant:
    """The same, to open a case with. Raises CouncilNotServedError where the council's folder is gone."""
    return served_policy(g.signed_in.council_id).open_to_new_cases()


def policy_of(council_id: str) -> Variant:
    """The policy by which that council is served. Ends the request with 404 where there is no such council.

    Raises CouncilNotServedError where no version of it was ever sound.
    """
    return served_policy(council_id).sound()


def served_policy(council_id: str) -> ServedPolicy:
    """By what that council is served. Read once per process; a folder that was added since the start is taken up now.

    Ends the request with 404 where there is no such council.
    """
    kept = _kept()
    with kept.lock:
        found = kept.policies.get(council_id)
        if found is None:
            if not council_id.replace("_", "").replace("-", "").isalnum():
                abort(404)
            found = kept_policy(kept.office, council_id)
            found = found or take_up_policy(kept.office, kept.settings.variants, council_id)
            if found is None:
                abort(404)
            kept.policies[council_id] = found
    return found


def council_served(council_id: str) -> Variant | None:
    """The policy by which that council is served; None where it is not."""
    try:
        return served_policy(council_id).variant
    except NotFound:  # there is no such council, or it is a base that others extend
        return None


def council_ids() -> list[str]:
    """The councils that are served, by id."""
    kept = _kept()
    known = {folder.name for folder in folders_in(kept.settings.variants)}
    return sorted(council for council in known.union(councils_read(kept.office)) if council_served(council) is not None)


def is_known(council_id: str) -> bool:
    """Whether the policy of that council has been read: a page about it, or somebody of it, has asked for it."""
    found = _kept().policies.get(council_id)
    return found is not None and found.variant is not None


def _kept() -> _Kept:
    return cast(_Kept, current_app.extensions["asb"])
