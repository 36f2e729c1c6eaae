"""How a variant takes over what its base holds, and how a folder is found by name.

Each file is parsed once: the merge hands on tables. It hands on their text too, written from the tables, because a
version is named by its files as they are together, and is kept without its bases
(docs/decisions/0008-a-version-is-its-files-together.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BadInputError, VariantNotFoundError
from engine.problems import Problem
from engine.toml import read_toml, write_toml
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE, read_folder
from engine.variants.overlay import Edit, Sheet, drop_unused, lay_choices, lay_over

#: A variant's name as others refer to it.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
#: Most variants in one line of descent.
MAX_LINE = 8

_MERGED_HEADING = "# Put together from the folders that this variant extends.\n\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """A folder that a variant extends, as it was written."""

    folder: str
    settings: Mapping[str, Any]  #: its variant.toml
    clauses: Mapping[str, Any]  #: its policy.toml


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


def find_variant(name_or_path: str, root: Path) -> Path:
    """The folder of the variant called `name_or_path` in `root`, or else the folder at that path.

    Raises VariantNotFoundError with the names that there are.
    """
    if NAME.fullmatch(name_or_path) and (root / name_or_path / SETTINGS_FILE).is_file():
        return root / name_or_path
    try:
        path = Path(name_or_path)
        if name_or_path and path.is_dir():
            return path
        known = sorted(entry.parent.name for entry in root.glob(f"*/{SETTINGS_FILE}"))
    except (OSError, ValueError):  # a name too long for a path, or with a NUL in it
        known = []
    there_are = f"Variants in {root}: {', '.join(known)}." if known else f"{root} holds no variants."
    raise VariantNotFoundError(f"There is no variant and no folder “{name_or_path[:80]}”. {there_are}")


def resolve(folder: Path, *, root: Path | None) -> Resolved:
    """The files of `folder` and of what it extends; bases are looked for beside it, then in `root`.

    Raises VariantNotFoundError where a folder is missing, a variant.toml is unreadable or extends goes in a circle.
    """
    line = list(reversed(_line_of_descent(folder, root)))  # the oldest first: each is laid over what it inherits
    sheet, bases = Sheet(), []
    for read in line:
        clauses = _own_clauses(read, sheet) if len(line) > 1 else {}
        lay_over(sheet, read.files, read.settings, clauses, folder=read.name, is_alone=len(line) == 1)
        bases.append(Base(folder=read.name, settings=read.settings, clauses=clauses))
        sheet.problems += read.problems
    drop_unused(sheet, line[-1].files, line[-1].settings)
    lay_choices(sheet)
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


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Ancestor:
    name: str
    files: Mapping[str, bytes]
    settings: Mapping[str, Any]  #: its variant.toml
    problems: tuple[Problem, ...]


def _line_of_descent(folder: Path, root: Path | None) -> list[_Ancestor]:
    """The folder, its base, its base's base, …"""
    line: list[_Ancestor] = []
    seen: list[Path] = []
    place: Path | None = folder
    while place is not None:
        home = place.resolve()
        if home in seen:
            names = " → ".join(path.name for path in (*seen, home))
            raise VariantNotFoundError(f"{seen[0].name} extends itself: {names}. Take one “extends” out.")
        if len(line) == MAX_LINE:
            raise VariantNotFoundError(f"{seen[0].name} extends more than {MAX_LINE - 1} variants in a line.")
        seen.append(home)
        read = read_folder(home)
        settings = _settings_of(read.files, read.name)
        inherited = tuple(
            Problem(file=problem.file, sentence=f"In {read.name}: {problem.sentence}") for problem in read.problems
        )
        problems = inherited if seen[1:] else read.problems
        line.append(_Ancestor(name=read.name, files=read.files, settings=settings, problems=problems))
        place = _base(home, settings.get("extends", ""), root)
    return line


def _settings_of(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if SETTINGS_FILE not in files:
        raise VariantNotFoundError(f"The folder {name} has no readable {SETTINGS_FILE}. Every variant needs one.")
    try:
        return read_toml(files[SETTINGS_FILE], name=f"{name}/{SETTINGS_FILE}")
    except BadInputError as error:
        raise VariantNotFoundError(str(error)) from None


def _base(folder: Path, extends: object, root: Path | None) -> Path | None:
    if extends == "":
        return None
    if not isinstance(extends, str) or not NAME.fullmatch(extends):
        raise VariantNotFoundError(
            f"{folder.name}/{SETTINGS_FILE} extends “{str(extends)[:80]}”, which is no name of a variant. "
            'Write the name of its folder, such as extends = "statutory".'
        )
    for place in (folder.parent, *([root] if root else [])):
        if (place / extends / SETTINGS_FILE).is_file():
            return place / extends
    raise VariantNotFoundError(
        f"{folder.name} extends “{extends}”, and there is no such folder beside it. Check the name in {SETTINGS_FILE}."
    )


def _own_clauses(read: _Ancestor, sheet: Sheet) -> Mapping[str, Any]:
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
