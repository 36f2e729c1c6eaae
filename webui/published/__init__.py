"""The figures that a council publishes, for anybody to read: numbers alone, of years that are over."""

from webui.published.views import blueprint

__all__ = ["blueprint"]
