"""The pages of a policy: what it holds, what the check finds, how its worked examples come out, what each version
changed, and putting one in force."""

from webui.policy import (
    differences,
    draft_files,
    draft_interface,
    draft_looks,
    draft_settings,
    drafts,
    examples,
    form_preview,
    impact,
    moves,
    previews,
    proposals,
    publication,
    views,
)
from webui.policy.blueprint import blueprint

__all__ = [
    "blueprint",
    "differences",
    "draft_files",
    "draft_interface",
    "draft_looks",
    "draft_settings",
    "drafts",
    "examples",
    "form_preview",
    "impact",
    "moves",
    "previews",
    "proposals",
    "publication",
    "views",
]
