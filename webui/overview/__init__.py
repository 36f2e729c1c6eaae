"""Managers' pages: what is late and whose, limits kept and missed, rungs taken, the figures, and what is stuck."""

from webui.overview import downloads, incidents, years
from webui.overview.views import blueprint

__all__ = ["blueprint", "downloads", "incidents", "years"]
