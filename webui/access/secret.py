"""The secret with which cookies are signed: set by the installation, or made once and kept."""

from __future__ import annotations

import os
import secrets

from engine.settings import Settings


def secret_key(settings: Settings) -> str:
    path = settings.home / "secret_key"
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made := secrets.token_hex(32))
    return made


def is_behind_https(settings: Settings) -> bool:  # noqa: ARG001
    return False
