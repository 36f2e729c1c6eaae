"""Files that are handed in with an application, before there is a case that they could be attached to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from engine.casework.cases.attachments import add_file
from engine.casework.cases.file_types import LARGEST_FILE, LONGEST_NAME, TakenFile, read_file
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.errors import BadInputError
from engine.forms import Field
from engine.language import say
from engine.store import applications as stored

FILES_PER_APPLICATION = 20
BYTES_PER_APPLICATION = 60_000_000  #: of all its files


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """A file that is kept already; the application names it, and the case will."""

    key: str  #: of the question that it answers; "" for one that came besides
    name: str  #: as no other of the application is called
    media_type: str
    size: int  #: bytes
    digest: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> HandedIn:
        return cls(**{name: written[name] for name in cls.__slots__})


def take_file(office: Office, before: Sequence[HandedIn], name: str, data: bytes, field: Field | None) -> HandedIn:
    """Keep a file that answers the question `field` (None: that comes besides); `before` are those there already.

    What is in it decides what it is. Raises BadInputError for a file that is not taken.
    """
    taken = _read(name, data, field)
    if len(before) >= FILES_PER_APPLICATION:
        raise BadInputError(
            say(
                "There are %(number)s files already; no more are taken. Remove one, or send it by post.",
                number=FILES_PER_APPLICATION,
            )
        )
    if sum(file.size for file in before) + len(data) > BYTES_PER_APPLICATION:
        most = BYTES_PER_APPLICATION // 1_000_000
        raise BadInputError(
            say("All files together have more than %(most)s MB. Send smaller ones, or send them by post.", most=most)
        )
    return HandedIn(
        key=field.key if field is not None else "",
        name=_unlike_others(taken.name, {file.name for file in before}),
        media_type=taken.media_type,
        size=len(data),
        digest=office.files.put(data),
    )


def enter_files(step: Step, files: Iterable[HandedIn], *, by: str) -> None:
    """The files become attachments of the case that the step moves."""
    for file in files:
        add_file(
            step, task=None, name=file.name, media_type=file.media_type, size=file.size, digest=file.digest, by=by,
            question=file.key or None,
        )  # fmt: skip


def forget_files(office: Office, digests: Iterable[str]) -> None:
    """Delete the content of files that nothing names any more."""
    if gone := list(digests):
        with office.database.read() as connection:
            named = stored.named_anywhere(connection, gone)
        for digest in gone:
            if digest not in named:
                office.files.delete(digest)


def _read(name: str, data: bytes, field: Field | None) -> TakenFile:
    if field is None or not field.accept or not 0 < len(data) <= LARGEST_FILE:
        return read_file(name, data)
    try:
        taken = read_file(name, data)
    except BadInputError:
        taken = None
    if taken is None or not _is_accepted(field, taken):
        kinds = ", ".join(kind.removeprefix(".").upper() for kind in field.accept)
        raise BadInputError(
            say("This file is of a kind that is not taken here. Choose one of these: %(kinds)s.", kinds=kinds)
        )
    return taken


def _is_accepted(field: Field, taken: TakenFile) -> bool:
    """Whether the form takes such a file: `accept` names endings (.pdf) or kinds (image/png, image/*)."""
    ending, group = PurePath(taken.name).suffix.lower(), taken.media_type.partition("/")[0]
    return not field.accept or any(
        kind.strip().lower() in (ending, taken.media_type, f"{group}/*") for kind in field.accept
    )


def _unlike_others(name: str, others: set[str]) -> str:
    """The name, with a number where another file is called so."""
    path, number, found = PurePath(name), 2, name
    while found in others:
        ending = f" ({number}){path.suffix}"
        found, number = path.stem[: LONGEST_NAME - len(ending)] + ending, number + 1
    return found
