"""A policy's forms as web pages: `engine.forms.Form` to HTML, and a request's form data to answers."""

from webui.policyforms.browser_answers import COMPLETE, UPDATE, read_answers
from webui.policyforms.defaults import first_answers
from webui.policyforms.given_answers import given_answers
from webui.policyforms.markup import render_form
from webui.policyforms.preview import preview_form
from webui.policyforms.problems import render_problems
from webui.policyforms.rows import facts_as_rows, rows_of_answers

__all__ = [
    "COMPLETE",
    "UPDATE",
    "facts_as_rows",
    "first_answers",
    "given_answers",
    "preview_form",
    "read_answers",
    "render_form",
    "render_problems",
    "rows_of_answers",
]
