"""What a file of a policy is, to whoever edits it."""

from __future__ import annotations

from enum import StrEnum

from engine.variants import LOGO_FILES, PIN_FILE, POLICY_FILE, SETTINGS_FILE, belongs

_SCENARIOS = "scenarios/"


class FileKind(StrEnum):
    """In the order in which people are shown them."""

    SETTINGS = "settings"
    DIAGRAM = "diagram"
    TABLE = "table"
    FORM = "form"
    LETTER = "letter"
    PAGE = "page"
    CLAUSES = "clauses"
    EXAMPLE = "example"
    LOGO = "logo"

    @property
    def is_of_one_folder(self) -> bool:
        """Whether each folder has its own, which says nothing of what extends it."""
        return self in (FileKind.SETTINGS, FileKind.CLAUSES, FileKind.EXAMPLE)

    @property
    def is_text(self) -> bool:
        return self is not FileKind.LOGO


_BY_ENDING = {".bpmn": FileKind.DIAGRAM, ".dmn": FileKind.TABLE, ".form": FileKind.FORM}


def kind_of(file: str) -> FileKind | None:
    """None for what is no file that somebody edits: the pin, and whatever is no part of a policy."""
    if file == PIN_FILE or not belongs(file):
        return None
    if file == SETTINGS_FILE:
        return FileKind.SETTINGS
    if file == POLICY_FILE:
        return FileKind.CLAUSES
    if file in LOGO_FILES:
        return FileKind.LOGO
    if file.startswith(_SCENARIOS):
        return FileKind.EXAMPLE
    if file.endswith(".md"):
        return FileKind.LETTER if file.startswith("letters/") else FileKind.PAGE
    return _BY_ENDING["." + file.rpartition(".")[2]]
