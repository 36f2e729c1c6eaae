"""All views of the part."""

from webui.setup import people as people
from webui.setup import start as start
from webui.setup import teams as teams
from webui.setup.blueprint import blueprint

__all__ = ["blueprint"]
