"""How a variant takes over what its base holds.

Each file is parsed once: the merge hands on tables. It hands on their text too, written from the tables, because a
version is named by its files as they are together, and is kept without its bases
(docs/decisions/0008-a-version-is-its-files-together.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import BadInputError
from engine.problems import Problem
from engine.toml import read_toml, write_toml
from engine.variants.descent import Ancestor
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE
from engine.variants.overlay import (
    Edit,
    Sheet,
    decisions_by_guard,
    drop_unreached,
    drop_unused_clauses,
    lay_choices,
    lay_joining,
    lay_over,
)

_MERGED_HEADING = "# Put together from the folders that this variant extends.\n\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """A folder that a variant extends, as it was written."""

    folder: str
    settings: Mapping[str, Any]  #: its variant.toml
    clauses: Mapping[str, Any]  #: its policy.toml
    held_by: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: its guards of the Act → decisions they read
    #: its diagrams, tables and forms, in which stands what a variant leaves out
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def table(self, key: str) -> Mapping[str, Any]:
        """A table of its variant.toml; an empty one where it is none, which the base's own check says."""
        found = self.settings.get(key)
        return found if isinstance(found, Mapping) else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A variant's own and inherited files."""

    files: Mapping[str, bytes]
    origin: Mapping[str, str]  #: file → name of the folder it came from
    tables: Mapping[str, Mapping[str, Any]]  #: of the files in TOML, those that have been parsed, merged
    edits: tuple[Edit, ...]  #: what the folders say over what they inherit
    bases: tuple[Base, ...]  #: the folders that this one extends, the oldest first
    untold: frozenset[str]  #: facts, and ids of tasks, of processes of a base that this variant does not use
    problems: tuple[Problem, ...]


def resolve(descent: Sequence[Ancestor]) -> Resolved:
    """The files of a folder and of what it extends, which is the rest of its line of descent."""
    line = list(reversed(descent))  # the oldest first: each is laid over what it inherits
    sheet, bases = Sheet(), []
    for read in line:
        clauses = _own_clauses(read, sheet) if len(line) > 1 else {}
        lay_over(sheet, read.files, read.settings, clauses, folder=read.name, is_alone=len(line) == 1)
        held_by = decisions_by_guard(read.settings, sheet.files) if read is not line[-1] else {}
        files = {file: data for file, data in read.files.items() if file.endswith((".bpmn", ".dmn", ".form"))}
        base = Base(folder=read.name, settings=read.settings, clauses=clauses, held_by=held_by, files=files)
        bases.append(base)
        sheet.problems += read.problems
    held = dict(sheet.files)
    drop_unreached(sheet, line[-1].files, line[-1].settings)
    drop_unused_clauses(sheet, [held[file] for file in held.keys() - sheet.files.keys()], bases[-1].clauses)
    lay_choices(sheet)
    lay_joining(sheet, [(read.name, read.settings) for read in line])
    tables = {SETTINGS_FILE: sheet.settings}
    if sum(POLICY_FILE in read.files for read in line) > 1:
        tables[POLICY_FILE] = sheet.clauses
        sheet.files[POLICY_FILE] = _written(sheet.clauses)
    if sheet.settings != line[0].settings:  # what stands in one folder alone stays as it was written
        sheet.files[SETTINGS_FILE] = _written(sheet.settings)
    ordered = sorted(sheet.files)
    return Resolved(
        files={file: sheet.files[file] for file in ordered},
        origin={file: sheet.origin[file] for file in ordered},
        tables=tables,
        edits=tuple(sheet.edits),
        bases=tuple(bases[:-1]),
        untold=frozenset(sheet.untold),
        problems=tuple(sheet.problems),
    )


def _own_clauses(read: Ancestor, sheet: Sheet) -> Mapping[str, Any]:
    """The folder's policy.toml; where it cannot be read the sheet says why not, and it has none."""
    if POLICY_FILE not in read.files:
        return {}
    try:
        return read_toml(read.files[POLICY_FILE], name=POLICY_FILE)
    except BadInputError as error:
        sheet.problems.append(Problem(file=POLICY_FILE, sentence=str(error)))
        return {}


def _written(merged: Mapping[str, Any]) -> bytes:
    return (_MERGED_HEADING + write_toml(merged)).encode()
