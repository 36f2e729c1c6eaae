"""A form with every kind of question, and a site of one page that asks it."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Flask, render_template_string, request

from engine.clock import LONDON
from engine.errors import FormAnswersError
from engine.forms import Form
from tests.forms.builders import choosing, component, sound_form
from webui.policyforms import first_answers, read_answers, render_form, render_problems, rows_of_answers
from webui.shell.templates_setup import set_up_templates

REQUIRED = {"required": True}
NOW = datetime(2026, 3, 27, 14, 30, tzinfo=LONDON)
SCOPE = {
    "panel_missing": "Nobody",
    "meetings": [{"id": "meetings-1", "place": "Town hall", "seats": Decimal(12)}],
    "agencies": [{"id": "agencies-1", "agency_name": "Hertfordshire Constabulary"}],
}

_PAGE = """
{% extends "layout.html" %}
{% block title %}Every kind{% endblock %}
{% block content %}
{{ summary }}
{% if not only %}<h1 class="govuk-heading-l">Every kind</h1>{% endif %}
<form method="post" novalidate>
{{ questions }}
<button class="govuk-button" data-module="govuk-button" name="action" value="complete">Send</button>
</form>
{% if rows %}
{% from "govuk_frontend_jinja/components/summary-list/macro.html" import govukSummaryList %}
<h2 class="govuk-heading-m">Sent</h2>
{{ govukSummaryList({"rows": rows}) }}
<pre id="sent">{{ sent }}</pre>
{% endif %}
{% endblock %}
"""


def every_kind() -> Form:
    return sound_form(
        component("text", None, text="Speak with the victim **alone**.\n\n- first\n- second"),
        component("textfield", "applicant_name", label="Name", validate=REQUIRED, description="In full."),
        component("textfield", "email", label="Email address", validate={"validationType": "email"}),
        component("textfield", "phone", label="Telephone number", validate={"validationType": "phone"}),
        component("textarea", "story", label="What happened?", validate={"maxLength": 200}),
        component("textarea", "panel_missing", label="Missing so far", readonly=True),
        component("number", "floors", label="Floors", defaultValue=2, decimalDigits=0, validate={"min": 1}),
        component("checkbox", "consent", label="The victim agrees", validate=REQUIRED),
        component("checkbox", "is_met", label="Is it met?", properties={"asked_as": "yes or no"}),
        choosing("radio", "yes", "no", key="reached", label="Was the victim reached?", validate=REQUIRED),
        component(
            "textarea", "told", label="What was said?", validate=REQUIRED, conditional={"hide": '=reached != "yes"'}
        ),
        choosing("checklist", "letter", "phone", "email", key="ways", label="How may we reach you?"),
        choosing("select", "police", "council", key="team", label="Team"),
        component("separator", None),
        component("datetime", "happened_on", label="", dateLabel="When did it happen?", validate=REQUIRED),
        component("datetime", "at", label="", timeLabel="At what time?", subtype="time"),
        component("datetime", "meets_at", label="", dateLabel="When does the panel meet?", subtype="datetime"),
        component("filepicker", "papers", label="Papers", multiple=True, accept=".pdf"),
        component("spacer", None),
        component(
            "group",
            None,
            label="Chair",
            components=[component("textfield", "chair", label="Name of the chair", validate={"maxLength": 20})],
        ),
        component(
            "dynamiclist",
            "agencies",
            label="Agencies to ask",
            description="All that were told.",
            validate=REQUIRED,
            components=[
                component("textfield", "agency_name", label="Name of the agency", validate=REQUIRED),
                choosing("radio", "yes", "no", key="is_public", label="Is it public?"),
                component(
                    "datetime",
                    "asked_on",
                    label="",
                    dateLabel="When was it asked?",
                    validate=REQUIRED,
                    conditional={"hide": '=is_public != "yes"'},
                ),
            ],
        ),
    )


def site(form: Form | None = None) -> Flask:
    """The form at `/`, one of its questions at `/KEY`; answers that can be taken are shown below it."""
    asked = form or every_kind()
    app = Flask("webui")
    set_up_templates(app)
    known: dict[str, Any] = {"scope": SCOPE, "now": NOW, "functions": None}

    @app.route("/", methods=["GET", "POST"])
    @app.route("/<only>", methods=["GET", "POST"])
    def show(only: str | None = None) -> str:
        answers, action = first_answers(asked, SCOPE), ""
        problems: tuple[tuple[str, str], ...] = ()
        rows, sent = [], ""
        if request.method == "POST":
            answers, action = read_answers(asked, request.form)
        if action == "complete":
            shown = asked.shown(answers, SCOPE, now=NOW)
            try:
                values = asked.validate(shown.answers, SCOPE, now=NOW)
                rows, sent = rows_of_answers(asked, shown), json.dumps(values, default=str)
            except FormAnswersError as error:
                problems = error.problems
        return render_template_string(
            _PAGE,
            only=only,
            questions=render_form(asked, answers, problems=problems, only=only, action=action, **known),
            summary=render_problems(asked, problems),
            has_errors=bool(problems),
            council_name="Hertsmere Borough Council",
            rows=rows,
            sent=sent,
        )

    @app.after_request
    def only_own_files(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        return response

    return app
