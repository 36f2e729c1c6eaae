"""Which commit of its git checkout a folder is, so that what was put in force can be found where it was written.

Nothing of git is run, and the settings of a checkout, which can ask for programs to be run, are not read at all.
"""

from __future__ import annotations

import logging
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine.variants.folder import MAX_FILES, belongs, is_variant
from engine.variants.pin import PIN_FILE
from engine.variants.source import PolicySource

if TYPE_CHECKING:
    from dulwich.object_store import DiskObjectStore
    from dulwich.objects import ObjectID

log = logging.getLogger("asb.policies")

_ID = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"refs(?:/[\w@+=%!,-][\w@+=%!,.-]*)+")
#: Most that is read of a file that names a commit or a folder, in bytes; that of a file that lists branches.
_MOST_SAID, _MOST_LISTED = 4_096, 10_000_000
#: Most entries that are read of one folder of a commit, which may name itself over and over.
_MOST_ENTRIES = 4 * MAX_FILES
#: Most names of branches that lead from one to the next.
_MOST_NAMES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    id: str  #: in hexadecimal, as git prints it
    has_all: bool  #: every file of the folder, and of what it extends, lay there as the commit has it

    @property
    def in_words(self) -> str:
        """For those who read of a version."""
        return f"It was read from {self.in_short}."

    @property
    def in_short(self) -> str:
        """The same within a sentence."""
        changes = "" if self.has_all else ", with changes that are not in it"
        return f"commit {self.id[:12]} of a git checkout{changes}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Checkout:
    top: Path  #: where its files lie
    own: Path  #: what git keeps of this checkout
    common: Path  #: what git keeps of it and of further checkouts of the same repository


def commit_of(folder: Path, source: PolicySource, root: Path) -> Commit | None:
    """The commit that `folder`, which reads as `source`, is checked out from; what it extends is beside it, or in
    `root`.

    None where there is no checkout, where its commit has no such folder, and, with a line in the log, where it cannot
    be read.
    """
    home = folder.resolve()
    try:
        checkout = _checkout_around(home)
        return _commit(checkout, home, source, root) if checkout is not None else None
    except Exception as error:  # whatever is wrong in there
        log.warning("The git checkout around %s cannot be read (%s), so no commit is kept.", home, type(error).__name__)
        return None


def _checkout_around(home: Path) -> _Checkout | None:
    for top in (home, *home.parents):
        own = top / ".git"
        if own.is_file():
            own = top / _said(own).removeprefix("gitdir:").strip()
        if (own / "HEAD").exists():
            shared = own / "commondir"
            return _Checkout(top=top, own=own, common=own / _said(shared).strip() if shared.exists() else own)
    return None


def _commit(checkout: _Checkout, home: Path, source: PolicySource, root: Path) -> Commit | None:
    from dulwich.object_store import DiskObjectStore  # loading it takes longer than most commands
    from dulwich.objects import Commit as Kept
    from dulwich.objects import ObjectID

    head = _head(checkout)
    if head is None:
        return None
    objects = checkout.common / "objects"
    _refuse_what_has_no_end(objects)
    with closing(DiskObjectStore(objects)) as store:
        kept = store[ObjectID(head.encode())]
        if not isinstance(kept, Kept):
            raise ValueError("HEAD is no commit")
        held = _held(store, kept.tree, checkout.top, home)
        if held is None:
            return None
        own, *bases = source.folders
        has_all = _is_as_held(held, own.files) and all(
            _is_as_held(_held(store, kept.tree, checkout.top, _place(each.name, home, root)), each.files)
            for each in bases
        )
        return Commit(id=head, has_all=has_all)


def _head(checkout: _Checkout) -> str | None:
    """The id of the commit that is checked out; None where nothing is committed yet."""
    said = _said(checkout.own / "HEAD").strip()
    for _ in range(_MOST_NAMES):
        if _ID.fullmatch(said):
            return said
        name = said.removeprefix("ref:").strip()
        if not _REF.fullmatch(name):
            raise ValueError("HEAD names no branch")
        path = checkout.common / name
        found = _said(path).strip() if path.exists() else _in_list(checkout.common / "packed-refs", name)
        if found is None:
            return None
        said = found
    raise ValueError("HEAD leads round in a circle")


def _in_list(path: Path, name: str) -> str | None:
    listed = _said(path, _MOST_LISTED).splitlines() if path.exists() else ()
    return next((line[:40] for line in listed if line[40:] == f" {name}"), None)


def _said(path: Path, most: int = _MOST_SAID) -> str:
    _refuse_what_is_no_file(path)
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError("a file of git's is too large")
    return data.decode()


def _refuse_what_is_no_file(path: Path) -> None:
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise ValueError("what git keeps is no plain file")


def _refuse_what_has_no_end(objects: Path) -> None:
    """Raises ValueError where something in there is no plain file: a device can be read for ever."""
    for folder, folders, files in os.walk(objects):
        for name in files:
            _refuse_what_is_no_file(Path(folder, name))
        if any(os.path.islink(os.path.join(folder, name)) for name in folders):
            raise ValueError("what git keeps lies elsewhere")


def _place(name: str, home: Path, root: Path) -> Path:
    """Where a folder lies that this one extends."""
    beside = home.parent / name
    return beside if is_variant(beside) else (root / name).resolve()


def _held(store: DiskObjectStore, tree: ObjectID, top: Path, home: Path) -> Mapping[str, bytes] | None:
    """By file the id of its content in the commit's folder at `home`; None where the commit has none."""
    from dulwich.object_store import iter_tree_contents, tree_lookup_path
    from dulwich.objects import ObjectID

    if not home.is_relative_to(top):
        return None
    inside = os.fsencode(home.relative_to(top).as_posix())
    try:
        folder = tree if inside == b"." else ObjectID(tree_lookup_path(store.__getitem__, tree, inside)[1])
    except KeyError:
        return None
    entries = list(islice(iter_tree_contents(store, folder), _MOST_ENTRIES + 1))
    if len(entries) > _MOST_ENTRIES:
        raise ValueError("the commit's folder is too large")
    files = {os.fsdecode(entry.path): bytes(entry.sha) for entry in entries}
    return {file: content for file, content in files.items() if belongs(file) or file == PIN_FILE}


def _is_as_held(held: Mapping[str, bytes] | None, files: Mapping[str, bytes]) -> bool:
    if held is None or held.keys() != files.keys():
        return False
    return all(held[file] in _ids(data) for file, data in files.items())


def _ids(data: bytes) -> Iterator[bytes]:
    """Under which ids a commit may have it: on Windows git may have given its lines other ends."""
    from dulwich.objects import Blob

    yield Blob.from_string(data).id
    yield Blob.from_string(data.replace(b"\r\n", b"\n")).id
