"""Checking what stands at a path: a variant, a folder of variants, or a single file of one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine import dmn
from engine.check.finding import Finding, each_of
from engine.check.machine import Progress, in_order
from engine.check.places import placed
from engine.check.rule import Rule
from engine.check.rules import RULES, decisions, forms, letters, readable
from engine.check.variant import check_diagram, check_in_folder
from engine.check.watched_folder import check_folder
from engine.diagram import read_diagram
from engine.errors import BadInputError, EngineError
from engine.forms import read_form
from engine.handler import Handler
from engine.letters import read_letter
from engine.problems import Problem
from engine.variants import (
    MAX_FILE_BYTES,
    SETTINGS_FILE,
    Variant,
    base_today,
    load_variant,
)

_ENDINGS = (".bpmn", ".dmn", ".form", ".md")


def check_paths(
    paths: Sequence[Path],
    *,
    handlers: Sequence[Handler] | None = None,
    root: Path | None = None,
    today: date | None = None,
    rules: Sequence[Rule] = RULES,
    on_progress: Progress | None = None,
) -> list[Finding]:
    """What is to be said of what stands at `paths`; files are named by paths that can be opened from here.

    A single file that stands in a variant is judged together with it. `root` is where else bases of variants are
    looked for, `handlers` are those that diagrams may name, `today` is the day in London. A path that leads to nothing
    which can be checked is a finding beside those of the others; where it is the only one, BadInputError is raised.
    """
    if not paths:
        raise BadInputError("Name what to check: a variant's folder, a folder of variants, or a file of one.")
    found: dict[Finding, None] = {}
    checking = _Checking(handlers, root, today, rules, on_progress)
    for path in paths:
        try:
            found.update(dict.fromkeys(checking.check(path)))
        except BadInputError as error:
            if len(paths) == 1:
                raise
            found[_unreadable(str(path), str(error))] = None
    return in_order(found)


class _Checking:
    def __init__(
        self,
        handlers: Sequence[Handler] | None,
        root: Path | None,
        today: date | None,
        rules: Sequence[Rule],
        on_progress: Progress | None,
    ) -> None:
        self._handlers = handlers
        self._root = root
        self._today = today
        self._rules = rules
        self._on_progress = on_progress

    def check(self, path: Path) -> Iterator[Finding]:
        if _is_folder(path):
            yield from self._folder(path)
        elif not _is_there(path):
            raise BadInputError(f"There is no file or folder {_shown(path)}. Check its name.")
        elif path.suffix.lower() not in _ENDINGS:
            raise BadInputError(f"{_shown(path)} is no part of a policy. Name a folder, or a file in {_ENDINGS_SAID}.")
        else:
            yield from self._file(path)

    def _folder(self, path: Path) -> Iterator[Finding]:
        if _is_file(path / SETTINGS_FILE):
            yield from self._variant(path)
            return
        inside = _inside(path)
        variants = [entry for entry in inside if _is_folder(entry) and _is_file(entry / SETTINGS_FILE)]
        for variant in variants:
            yield from self._variant(variant)
        if variants:
            return
        files = [entry for entry in inside if entry.suffix.lower() in _ENDINGS and entry.name.lower() != "readme.md"]
        if not files:
            raise BadInputError(
                f"{_shown(path)} holds no variant and no diagram. Name a folder with a {SETTINGS_FILE}, or a file."
            )
        for file in files:
            yield from self._file(file)

    def _variant(self, folder: Path) -> Iterator[Finding]:
        yield from check_folder(
            folder,
            root=self._root,
            handlers=self._handlers,
            today=self._today,
            rules=self._rules,
            on_progress=self._on_progress,
        )

    def _in_folder(self, variant: Variant, folder: Path) -> list[Finding]:
        """As the folder names its files."""
        return check_in_folder(
            variant,
            folder,
            root=self._root,
            handlers=self._handlers,
            base_today=base_today(folder, self._root),
            today=self._today,
            rules=self._rules,
            on_progress=self._on_progress,
        )

    def _file(self, path: Path) -> Iterator[Finding]:
        variant = self._variant_around(path)
        if variant is not None:
            own = variant[1]
            folder = path.parents[own.count("/")]
            for finding in self._in_folder(variant[0], folder):
                if any(each.file == own for each in each_of([finding])):  # a cause elsewhere has it in this file, too
                    found = placed(finding, variant[0], folder)
                    yield found if found.line or finding.file != own else replace(found, file=str(path))
            return
        try:
            data = _read(path)
            yield from self._alone(path, data)
        except EngineError as error:
            yield _unreadable(str(path), str(error))

    def _alone(self, path: Path, data: bytes) -> Iterator[Finding]:
        name, ending = path.name, path.suffix.lower()
        if ending == ".bpmn":
            diagram = read_diagram(data, file=name)
            for finding in check_diagram(diagram, handlers=self._handlers, on_progress=self._on_progress):
                follows = tuple(replace(each, file=str(path)) for each in finding.follows)
                yield replace(finding, file=str(path), follows=follows)
            return
        judge: Callable[[], tuple[str, Sequence[Problem]]] = {
            ".dmn": lambda: (decisions.RULE.name, decisions.problems_alone(dmn.load(data, name=name), name)),
            ".form": lambda: (forms.RULE.name, forms.problems_in(read_form(data, file=name), name)),
            ".md": lambda: (letters.RULE.name, letters.problems_in(read_letter(data, file=name), name)),
        }[ending]
        rule, problems = judge()
        for problem in problems:
            yield Finding.of(rule, replace(problem, file=str(path)))

    def _variant_around(self, path: Path) -> tuple[Variant, str] | None:
        """The variant that a file is part of, and the file's name in it; None where it stands alone."""
        for folder, name in ((path.parent, path.name), (path.parent.parent, f"{path.parent.name}/{path.name}")):
            if not _is_file(folder / SETTINGS_FILE):
                continue
            try:
                variant = load_variant(folder, root=self._root)
            except EngineError:
                continue
            if name in variant.files:
                return variant, name
        return None


_ENDINGS_SAID = ", ".join(_ENDINGS[:-1]) + f" or {_ENDINGS[-1]}"


def _unreadable(file: str, sentence: str) -> Finding:
    return Finding(rule=readable.RULE.name, file=file, sentence=sentence)


def _read(path: Path) -> bytes:
    if not _is_file(path):
        raise BadInputError(f"{path.name} is not a plain file, or its links lead in a circle.")
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"{path.name} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_FILE_BYTES:
        raise BadInputError(f"{path.name} has more than {MAX_FILE_BYTES:,} bytes. Make it smaller.")
    return data


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "_")))
    except OSError as error:
        raise BadInputError(f"{_shown(folder)} cannot be read: {error.strerror}.") from None


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)  # a link that leads nowhere is there, and gets a finding of its own
    except ValueError:  # a NUL in the name
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _shown(path: Path) -> str:
    return ascii(str(path)[:200])[1:-1] if "\0" in str(path) or not str(path).isprintable() else f"“{str(path)[:200]}”"
