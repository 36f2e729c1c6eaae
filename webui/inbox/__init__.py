"""The inbox: the tasks one has, one's teams have, and all; sharing them out; saved filters; absences."""

from webui.inbox import saved  # noqa: F401  # its views are of the blueprint
from webui.inbox.absences import blueprint as absences
from webui.inbox.views import blueprint

__all__ = ["absences", "blueprint"]
