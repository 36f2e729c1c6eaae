"""Where a finding stands on disk: in the folder itself, in a base, or in the line of TOML that says it over a base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.check.finding import Finding
from engine.variants import PIN_FILE, SETTINGS_FILE, Edit, Variant


def placed(finding: Finding, variant: Variant, folder: Path) -> Finding:
    """The finding with the path of its file, and the line where a line of variant.toml or policy.toml says it; what
    follows from it, too."""
    follows = tuple(placed(each, variant, folder) for each in finding.follows)
    return replace(_placed(finding, variant, folder), follows=follows)


def _placed(finding: Finding, variant: Variant, folder: Path) -> Finding:
    edit = _edit_behind(finding, variant)
    if edit is not None:
        finding = replace(finding, file=SETTINGS_FILE, element_id=edit.key, element_name=edit.key)
    home = folder if edit is None or edit.folder == variant.id else folder.parent / edit.folder
    if finding.file in variant.files and edit is None:
        origin = variant.origin[finding.file]
        home = folder if origin == variant.id else folder.parent / origin
        if variant.pin is not None and origin != variant.id and not _holds(home / finding.file, variant, finding.file):
            return replace(
                finding, file=str(folder / PIN_FILE), sentence=f"In {origin}/{finding.file}: {finding.sentence}"
            )
    path = home / finding.file
    line = line_of(path, finding.element_id) if finding.file == SETTINGS_FILE and finding.element_id else 0
    return replace(finding, file=str(path), line=line)


def _holds(path: Path, variant: Variant, file: str) -> bool:
    """Whether the file on disk is what runs: a base that is pinned may be another by now, or gone."""
    try:
        return path.read_bytes() == variant.files[file]
    except OSError:
        return False


def _edit_behind(finding: Finding, variant: Variant) -> Edit | None:
    """What a folder says over what it inherits, where that is what the finding is about."""
    if not finding.element_id:
        return None
    about = (edit for edit in variant.edits if (edit.file, edit.element_id) == (finding.file, finding.element_id))
    return next(about, None)


def line_of(path: Path, key: str) -> int:
    """The line of a TOML file that a key such as `[limits] "panel"` names, or a name such as `panel` of a table, a key
    or an id; from 1, and 0 where it is not found."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    if not key.startswith("["):
        return next((number for number, line in enumerate(lines, start=1) if _names(line, key)), 0)
    section, _, entry = key.partition(" ")
    wanted = entry.strip('“”"').rpartition(".")[2] if section.startswith("[[") else entry.strip('“”"')
    begins = (number for number, line in enumerate(lines) if line.replace(" ", "").startswith(section))
    first = next(begins, 0)
    found = (number for number, line in enumerate(lines[first:], start=first + 1) if wanted in line)
    return next(found, first + 1 if lines else 0)


def _names(line: str, name: str) -> bool:
    """Whether a line of TOML has the name in its header, for its key or as an id."""
    text = line.strip()
    if text.startswith("["):
        return name in (part.strip('[]" ') for part in text.partition("#")[0].split("."))
    key, _, value = (part.strip() for part in text.partition("="))
    return key.strip('"') == name or (key == "id" and value.strip('"') == name)
