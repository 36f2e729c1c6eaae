"""Managers' pages: what is late and whose, limits kept and missed, rungs taken, the figures, and what is stuck."""

from webui.manage import downloads, incidents  # noqa: F401  # their views are of the blueprint
from webui.manage.views import blueprint

__all__ = ["blueprint"]
