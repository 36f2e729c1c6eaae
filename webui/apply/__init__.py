"""Applying for a review: the public, one question after the other, and staff for those who called or wrote."""

from webui.apply import list_entries, questions, staff_entry, submission, views, word_form
from webui.apply.blueprint import blueprint

__all__ = ["blueprint", "list_entries", "questions", "staff_entry", "submission", "views", "word_form"]
