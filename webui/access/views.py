"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from engine.staff.roles import Right
from webui.access.rules import allow

blueprint = Blueprint("access", __name__)


@blueprint.get("/sign-in")
@allow(Right.PUBLIC)
def sign_in() -> str:
    return render_template("access/sign_in.html")


@blueprint.post("/sign-out")
@allow(Right.SIGNED_IN)
def sign_out() -> Response:
    session.clear()
    return redirect(url_for("access.sign_in"))
