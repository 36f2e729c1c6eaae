"""Applying for a review: the public, one question after the other, and staff for those who called or wrote."""

from webui.apply import entering as entering
from webui.apply import entries as entries  # its views, as those of the others
from webui.apply import questions as questions
from webui.apply import sending as sending
from webui.apply import views as views
from webui.apply.blueprint import blueprint

__all__ = ["blueprint"]
