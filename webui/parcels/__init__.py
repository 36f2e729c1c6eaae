"""What is handed over to other installations by file, and what comes from them: taken from the page and given to it."""

from webui.parcels.views import blueprint

__all__ = ["blueprint"]
