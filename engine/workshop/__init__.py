"""The policy owner's workshop: a draft is judged before it counts, and put in force."""

from engine.workshop.draft import PolicyDraft, draft_in
from engine.workshop.publication import (
    Publication,
    check_in_force,
    publish,
    roll_back,
    source_of_version,
    version_numbered,
)
from engine.workshop.versions import ListedVersion, list_versions

__all__ = [
    "ListedVersion",
    "PolicyDraft",
    "Publication",
    "check_in_force",
    "draft_in",
    "list_versions",
    "publish",
    "roll_back",
    "source_of_version",
    "version_numbered",
]
