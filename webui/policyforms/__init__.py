"""A policy's forms as web pages: `engine.forms.Form` to HTML, and a request's form data to answers."""

from webui.policyforms.filling import first_answers
from webui.policyforms.problems import render_problems
from webui.policyforms.reading import COMPLETE, UPDATE, read_answers
from webui.policyforms.rendering import render_form
from webui.policyforms.rows import facts_as_rows, rows_of_answers

__all__ = [
    "COMPLETE",
    "UPDATE",
    "facts_as_rows",
    "first_answers",
    "read_answers",
    "render_form",
    "render_problems",
    "rows_of_answers",
]
