"""A form of a draft as people will see it, while it is being changed."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from engine.calendar import feel_functions
from engine.errors import BadInputError
from webui.access import Right, allow
from webui.policy.blueprint import blueprint
from webui.policy.drafts import found_draft
from webui.policyforms import preview_form
from webui.shell.office import office, policy


@blueprint.post("/drafts/<int:draft>/form-preview/<path:file>")
@allow(Right.PUBLISH_POLICY)
def draft_form_preview(draft: int, file: str) -> ResponseReturnValue:
    """The questions of the form that was sent, as the answers that were sent with it stand. Nothing is kept."""
    found_draft(draft)
    functions = feel_functions(policy().calendar)
    try:
        return str(preview_form(request.form, file=file, now=office().clock.now(), functions=functions))
    except BadInputError as error:
        return jsonify(sentence=str(error)), 422
