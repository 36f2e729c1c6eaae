"""The installation's secret, from the environment or made once, and the keys that are derived from it."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import SettingsError
from engine.settings import Settings

FILE = "secret_key"


def installation_secret(settings: Settings) -> str:
    """ASB_SECRET_KEY; without it what stands in `<ASB_HOME>/secret_key`, which is made the first time.

    Raises SettingsError where the file is empty or cannot be read.
    """
    return settings.secret_key or _kept(settings.home / FILE)


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    try:
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if len(found) < 32:
        raise SettingsError(f"{path} holds no secret. Delete it, so that one is made, or set ASB_SECRET_KEY.")
    return found


def _make(path: Path) -> None:
    """Whole or not at all, and only once, however many processes start at once."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


class Keys:
    """Keys for different purposes; from one nobody learns the other, nor the secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def key(self, purpose: str) -> bytes:
        """32 bytes, the same for the same purpose."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"asb {purpose}".encode()).derive(self._secret)

    def cookies(self) -> str:
        """The key with which cookies are signed."""
        return self.key("cookies").hex()

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, text: str) -> str | None:
        """None for what was encrypted under another secret."""
        try:
            return self._fernet().decrypt(text.encode()).decode()
        except InvalidToken:
            return None

    def _fernet(self) -> Fernet:
        return Fernet(urlsafe_b64encode(self.key("kept secrets")))
