"""The public half of an installation's key, as it stands in the agreements of others, and its fingerprint."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from engine.errors import KeyRefusedError

_PREFIX = "asb-key-1:"
_HALF = 32  #: bytes of each of the two public keys
_CHECK = 4  #: bytes that tell a slip of the pen


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whom a file is from (Ed25519), and for whom one is sealed (X25519): 32 bytes each."""

    data: bytes

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """As `asb key` prints it. Raises KeyRefusedError."""
        refusal = KeyRefusedError(
            f"“{text[:30]}{'…' if len(text) > 30 else ''}” is no key. Write the whole line that `asb key` prints in "
            f"the other installation; it begins with {_PREFIX}"
        )
        if not text.startswith(_PREFIX) or not text.isascii():
            raise refusal
        try:
            packed = urlsafe_b64decode(text.removeprefix(_PREFIX))
        except (NotBase64, ValueError):
            raise refusal from None
        key = cls(packed[:-_CHECK])
        if len(packed) != 2 * _HALF + _CHECK or key.text != text:
            raise refusal
        return key

    @property
    def text(self) -> str:
        """One line, to be copied."""
        return _PREFIX + urlsafe_b64encode(self.data + self._hashed()[-_CHECK:]).decode()

    @property
    def fingerprint(self) -> str:
        """What two people compare by phone: eight groups of five digits (128 bits)."""
        start = self._hashed()[:16]
        return " ".join(f"{int.from_bytes(start[place : place + 2]):05d}" for place in range(0, 16, 2))

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether the owner of this key has signed `data`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.data[:_HALF]).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    @property
    def for_sealing(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.data[_HALF:])

    def _hashed(self) -> bytes:
        return hashlib.sha256(b"ASB-KEY 1\n" + self.data).digest()
