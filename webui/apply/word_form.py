"""The application form as a Word document, made from the form itself, so that it asks what the pages ask."""

from __future__ import annotations

from flask import Response

from engine.casework.applications.form import application_form
from engine.language import spoken
from engine.letters.word import DOCX
from webui.access import Right, allow
from webui.apply.blueprint import blueprint
from webui.policyforms.word import as_word
from webui.shell.office import office
from webui.shell.public_pages import public_policy


@blueprint.get("/apply/<council>/word-form")
@allow(Right.PUBLIC)
def word_form(council: str) -> Response:
    variant = public_policy(council)
    response = Response(
        as_word(application_form(office(), variant, for_public=True, language=spoken()), variant), content_type=DOCX
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{council}-application-form.docx")
    return response
