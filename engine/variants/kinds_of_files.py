"""Reading all files of one kind in a variant: what can be read, and a problem for each that cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from engine.errors import EngineError
from engine.problems import Problem

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: How many files are kept as they were read, of all kinds and councils; a council's folder has one to two hundred.
_KEPT = 1_000


class Read(Protocol[T_co]):
    """Reads one file into a value that nobody alters: a function of a module, always the same. Raises EngineError."""

    def __call__(self, data: bytes, /, *, file: str) -> T_co: ...
    def __hash__(self) -> int: ...


def names_in(files: Iterable[str], place: str, ending: str) -> tuple[str, ...]:
    """The names of the files that stand in `place` itself and end so."""
    return tuple(
        file for file in files if file.endswith(ending) and file.startswith(place) and "/" not in file[len(place) :]
    )


def read_all(files: Mapping[str, bytes], place: str, ending: str, read: Read[T]) -> tuple[dict[str, T], list[Problem]]:
    """Whatever can be read of the files of one kind, by name, and why the others cannot.

    Two variants that hold the same file, as two versions of a council's do, share what was read of it.
    """
    found: dict[str, T] = {}
    problems = []
    for file in names_in(files, place, ending):
        try:
            found[file] = cast(T, _read_once(read, files[file], file))
        except EngineError as error:
            problems.append(Problem(file=file, sentence=str(error)))
    return found, problems


@lru_cache(maxsize=_KEPT)
def _read_once(read: Read[Any], data: bytes, file: str) -> object:
    """By the whole content, not by when or where it was read: nothing can be out of date."""
    return read(data, file=file)


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
