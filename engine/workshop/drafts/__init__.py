"""Drafts that are edited in the database: begun, changed file by file by one or by two at once, looked at, put away."""

from engine.store.draft_comments import CommentRow
from engine.workshop.drafts.blank_files import blank_file
from engine.workshop.drafts.check_of_draft import DraftFindings, findings_of_draft
from engine.workshop.drafts.comments import comments_on, say_of_draft, settle_comment
from engine.workshop.drafts.file_changes import (
    FolderTaken,
    Hand,
    Saved,
    put_back,
    save_file,
    take_in_folder,
    take_out,
)
from engine.workshop.drafts.file_kinds import FileKind, kind_of
from engine.workshop.drafts.file_titles import file_titles
from engine.workshop.drafts.kept_draft import DraftFile, KeptDraft, digest_of_file, kept_draft, list_drafts
from engine.workshop.drafts.new_days import DaysTaken, take_new_days
from engine.workshop.drafts.presence import FileState, open_sittings, sit_at
from engine.workshop.drafts.settings_form import Setting, save_settings, settings_of
from engine.workshop.drafts.start import (
    Start,
    begin_draft,
    note_proposal,
    put_away,
    start_at_folder,
    start_at_version,
    start_from,
    start_in_force,
    take_up_again,
)
from engine.workshop.drafts.version_brought_in import BroughtIn, bring_in_version, seen_version

__all__ = [
    "BroughtIn",
    "CommentRow",
    "DaysTaken",
    "DraftFile",
    "DraftFindings",
    "FileKind",
    "FileState",
    "FolderTaken",
    "Hand",
    "KeptDraft",
    "Saved",
    "Setting",
    "Start",
    "begin_draft",
    "blank_file",
    "bring_in_version",
    "comments_on",
    "digest_of_file",
    "file_titles",
    "findings_of_draft",
    "kept_draft",
    "kind_of",
    "list_drafts",
    "note_proposal",
    "open_sittings",
    "put_away",
    "put_back",
    "save_file",
    "save_settings",
    "say_of_draft",
    "seen_version",
    "settings_of",
    "settle_comment",
    "sit_at",
    "start_at_folder",
    "start_at_version",
    "start_from",
    "start_in_force",
    "take_in_folder",
    "take_new_days",
    "take_out",
    "take_up_again",
]
