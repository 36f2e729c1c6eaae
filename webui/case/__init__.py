"""The pages of cases: the list, and each case from its first page to its copies."""

from webui.case import asking, changing, copies, deadlines, finding, seeing
from webui.case.blueprint import blueprint

__all__ = ["asking", "blueprint", "changing", "copies", "deadlines", "finding", "seeing"]
