"""The policy owner's workshop: a draft is judged before it counts, and put in force."""

from engine.workshop.draft import Draft, draft_in
from engine.workshop.publication import (
    Publication,
    check_in_force,
    publish,
    roll_back,
    source_of_version,
    version_numbered,
)

__all__ = [
    "Draft",
    "Publication",
    "check_in_force",
    "draft_in",
    "publish",
    "roll_back",
    "source_of_version",
    "version_numbered",
]
