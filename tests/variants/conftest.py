"""Folders of variants, written for a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

WriteFolder = Callable[..., Path]

SETTINGS = 'name = "Hertsmere"\n'


@pytest.fixture
def write_folder(tmp_path: Path) -> WriteFolder:
    """Writes a folder of this name with these files, variant.toml included where it is not given."""

    def write(name: str = "hertsmere", files: Mapping[str, str | bytes] | None = None) -> Path:
        for file, content in {"variant.toml": SETTINGS, **(files or {})}.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / name

    return write
