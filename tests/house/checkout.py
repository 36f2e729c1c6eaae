"""The checkout as the house tests see it: its files, and what pyproject.toml says."""

import os
import tomllib
from functools import cache
from pathlib import Path
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
def texts() -> dict[str, str]:
    """Path within the checkout → content, of every text file. Asks no git: a machine need not have it."""
    found = {}
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if _is_ours(name))
        for path in (Path(folder, name) for name in sorted(files)):
            if path.suffix in TEXTS and path.name != ".git":  # a linked worktree has a file of this name
                found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8", errors="replace")
    return found


def sources(*folders: str) -> dict[str, str]:
    """The Python files below `folders`; without any, of all packages."""
    wanted = folders or PACKAGES
    return {path: text for path, text in texts().items() if path.endswith(".py") and path.split("/")[0] in wanted}


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
