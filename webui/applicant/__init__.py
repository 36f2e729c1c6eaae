"""The page for an applicant: where the case is, what comes next, who to ask, and the letters."""

from webui.applicant.views import blueprint

__all__ = ["blueprint"]
