"""The checkout as the house tests see it: its files, and what pyproject.toml says."""

import os
import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "handlers", "webui")
#: what a person may have written; pictures and packed files are left out
TEXTS = (".py", ".md", ".toml", ".lock", ".txt", ".bpmn", ".dmn", ".form", ".json", ".mako", ".typ", ".svg", "")


#: what is made, and is no part of the checkout
MADE = {"build", "var", "__pycache__"}
#: the only folders of it whose names begin with a dot
DOTTED = {".ci", ".camunda"}


def _is_ours(folder: str) -> bool:
    return folder in DOTTED or not (folder in MADE or folder.startswith(".") or folder.endswith(".egg-info"))


@cache
def paths() -> tuple[str, ...]:
    """Every file within the checkout. Asks no git: a machine need not have it."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if _is_ours(name))
        # a linked worktree has a file that is called .git
        found += [Path(folder, name).relative_to(ROOT).as_posix() for name in sorted(names) if name != ".git"]
    return tuple(found)


@cache
def texts() -> dict[str, str]:
    """Path within the checkout → content, of every text file."""
    written = [path for path in paths() if PurePosixPath(path).suffix in TEXTS]
    return {path: (ROOT / path).read_text(encoding="utf-8", errors="replace") for path in written}


def sources(*folders: str) -> dict[str, str]:
    """The Python files below `folders`; without any, of all packages."""
    wanted = folders or PACKAGES
    return {path: text for path, text in texts().items() if path.endswith(".py") and path.split("/")[0] in wanted}


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
