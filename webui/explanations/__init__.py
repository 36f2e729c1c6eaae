"""The log of second reports: what is still to be explained to whom, entering, correcting, the file."""

from webui.explanations import changes, views
from webui.explanations.blueprint import blueprint

__all__ = ["blueprint", "changes", "views"]
