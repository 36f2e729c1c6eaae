"""A task: its form, why it is due, what follows, and what became of it."""

from webui.task.views import blueprint

__all__ = ["blueprint"]
