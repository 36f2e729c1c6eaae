"""Each route says what right it asks for; one without a rule keeps the application from starting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for

from engine.staff.roles import Right
from webui.access.session import signed_in
from webui.access.unsent import drop_when_sent, keep_unsent

View = TypeVar("View", bound=Callable[..., Any])

_RULE = "asb_rule"


def allow(right: Right, *others: Right) -> Callable[[View], View]:
    """The view is for those who have `right`, or one of the others. Stands directly below the route."""

    def note(view: View) -> View:
        setattr(view, _RULE, (right, *others))
        return view

    return note


def rule_of(app: Flask, endpoint: str) -> tuple[Right, ...]:
    """The rights of which the endpoint asks for one. Empty where it says none."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return (Right.PUBLIC,)
    return tuple(getattr(app.view_functions[endpoint], _RULE, ()))


def may(right: Right) -> bool:
    """Whether whoever asks has the right."""
    found = signed_in()
    return right is Right.PUBLIC or (found is not None and right in found.rights)


def check_every_route_has_a_rule(app: Flask) -> None:
    """Raises RuntimeError for a route of ours that says no rule."""
    without = sorted(endpoint for endpoint in app.view_functions if not rule_of(app, endpoint))
    if without:
        raise RuntimeError(f"These routes say no rule (`@allow(Right.…)` below the route): {', '.join(without)}")


def set_up(app: Flask) -> None:
    app.before_request(keep_rule)
    app.after_request(drop_when_sent)


def keep_rule() -> Response | None:
    """Before each request: who has none of the rights is asked to sign in, or refused."""
    if request.endpoint is None:  # not found, or a method that is not taken
        return None
    rule = rule_of(current_app, request.endpoint)
    if any(may(right) for right in rule):
        return None
    if signed_in() is not None:
        abort(403)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))  # type: ignore[return-value]
    return redirect(url_for("access.sign_in", next=keep_unsent() or None))  # type: ignore[return-value]
