"""Reading all files of one kind in a variant: what can be read, and a problem for each that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from engine.errors import EngineError
from engine.problems import Problem

T = TypeVar("T")


def names_in(files: Iterable[str], place: str, ending: str) -> tuple[str, ...]:
    """The names of the files that stand in `place` itself and end so."""
    return tuple(
        file for file in files if file.endswith(ending) and file.startswith(place) and "/" not in file[len(place) :]
    )


def read_all(
    files: Mapping[str, bytes], place: str, ending: str, read: Callable[[bytes, str], T]
) -> tuple[dict[str, T], list[Problem]]:
    """Whatever can be read of the files of one kind, by name, and why the others cannot."""
    found: dict[str, T] = {}
    problems = []
    for file in names_in(files, place, ending):
        try:
            found[file] = read(files[file], file)
        except EngineError as error:
            problems.append(Problem(file=file, sentence=str(error)))
    return found, problems


def first_of_each(found: Iterable[tuple[str, str]], what: str) -> tuple[dict[str, str], list[Problem]]:
    """Of each id and its file, id → file, and a problem where two files hold one id."""
    files: dict[str, str] = {}
    problems = []
    for identity, file in found:
        if identity in files:
            sentence = f"The {what} “{identity}” stands in {files[identity]} too. Give one of them another id."
            problems.append(Problem(file=file, element_id=identity, sentence=sentence))
        files.setdefault(identity, file)
    return files, problems
