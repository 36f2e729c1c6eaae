"""The office that a request works with, and the policies of the councils it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import cast

from flask import Flask, abort, current_app, g

from engine.bootstrap import follow_simulated_clock
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.errors import VariantNotFoundError
from engine.settings import Settings
from engine.variants import Variant, find_variant, load_variant


@dataclass(kw_only=True)
class _Kept:
    settings: Settings
    office: Office
    policies: dict[str, Variant] = field(default_factory=dict)
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
    """The policy of the council whose person asks, as its folder stands: what a new case is opened with."""
    return policy_of(g.signed_in.council_id)


def policy_of(council_id: str) -> Variant:
    """The policy of that council. Read once per process. Ends the request with 404 where there is none."""
    kept = _kept()
    with kept.lock:
        found = kept.policies.get(council_id)
        if found is None:
            root = kept.settings.variants
            try:
                if not council_id.replace("_", "").replace("-", "").isalnum():
                    raise VariantNotFoundError(council_id)
                found = load_variant(find_variant(council_id, root), root=root)
            except VariantNotFoundError:
                abort(404)
            kept.policies[council_id] = found
    return found


def is_known(council_id: str) -> bool:
    """Whether the policy of that council has been read: a page about it, or somebody of it, has asked for it."""
    return council_id in _kept().policies


def _kept() -> _Kept:
    return cast(_Kept, current_app.extensions["asb"])
