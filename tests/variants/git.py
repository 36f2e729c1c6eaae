"""Folders put under git, without a program called git."""

from __future__ import annotations

from pathlib import Path

from dulwich import porcelain
from dulwich.repo import Repo

_BY = b"Owner 1 <owner.1@hertsmere.example>"


def committed(folder: Path) -> str:
    """Everything that lies there, in a commit of a checkout of its own: the commit's id."""
    made = not (folder / ".git").exists()
    with Repo.init(str(folder)) if made else Repo(str(folder)) as checkout:
        porcelain.add(checkout)
        return porcelain.commit(checkout, message=b"As it was adopted", author=_BY, committer=_BY).decode()


def packed(folder: Path) -> None:
    """As git puts a checkout away: its objects in one file, its branches in another."""
    with Repo(str(folder)) as checkout:
        checkout.object_store.pack_loose_objects()
        porcelain.pack_refs(checkout, all=True)
