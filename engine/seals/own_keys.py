"""The installation's own keys, each in a file that nobody else may read. The last one signs, all of them open."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engine.errors import KeyRefusedError
from engine.seals.public_key import PublicKey

_ENDING = ".key"
_SECRET = 32  #: bytes


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A secret, and the two keys that are derived from it."""

    secret: bytes

    @property
    def signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derived(b"asb parcels: signing"))

    @property
    def opening(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._derived(b"asb parcels: opening"))

    @property
    def public(self) -> PublicKey:
        halves = self.signing.public_key(), self.opening.public_key()
        return PublicKey(b"".join(half.public_bytes(Encoding.Raw, PublicFormat.Raw) for half in halves))

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self.secret)


class OwnKeys:
    """The keys in a folder: `1.key`, `2.key`, … None: an office that exchanges no files, as in a simulation."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def every(self) -> list[OwnKey]:
        """The last made first. Raises KeyRefusedError for a file that others may read, or that holds no key."""
        return [_read(path) for _, path in sorted(self._numbered(), reverse=True)]

    def last(self) -> OwnKey:
        """What signs. Raises KeyRefusedError where there is none yet, or it cannot be used."""
        numbered = self._numbered()
        if not numbered:
            raise KeyRefusedError(
                "This installation has no key to sign with. Whoever runs it makes one with `asb key --new`, and has it "
                "written into the agreement of the other side."
            )
        return _read(max(numbered)[1])

    def make(self) -> OwnKey:
        """Make a further key, which signs from now on. Raises KeyRefusedError where it cannot be written."""
        if self._folder is None:
            raise KeyRefusedError("This office keeps no keys.")
        secret = secrets.token_bytes(_SECRET)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._folder / f".being-written-{secrets.token_hex(8)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secret.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, self._folder / f"{max([0, *(n for n, _ in self._numbered())]) + 1}{_ENDING}")
            finally:
                draft.unlink()
        except OSError as error:
            raise KeyRefusedError(f"No key can be kept in {self._folder}: {error.strerror or error}.") from None
        return OwnKey(secret)

    def _numbered(self) -> list[tuple[int, Path]]:
        if self._folder is None or not self._folder.is_dir():
            return []
        return [(int(p.stem), p) for p in self._folder.glob(f"*{_ENDING}") if p.stem.isascii() and p.stem.isdigit()]


def _read(path: Path) -> OwnKey:
    try:
        if path.stat().st_mode & 0o077:
            raise KeyRefusedError(f"Others may read {path}, which holds the installation's key. Run: chmod 600 {path}")
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        secret = b""
    if len(secret) != _SECRET:
        raise KeyRefusedError(f"{path} holds no key, or may not be read. Put it back from a copy, or delete it.")
    return OwnKey(secret)
