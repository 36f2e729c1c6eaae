"""A file that one installation signs and seals for another (docs/parcel-files.md has its format).

Two lines in clear say what it is and for which key; the rest only the owner of that key can open (HPKE, RFC 9180). In
it are the sender's public key, the sender's signature (Ed25519), and what is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from engine.errors import ParcelRefusedError
from engine.seals.own_keys import OwnKey, OwnKeys
from engine.seals.public_key import PublicKey

#: Bytes of a whole file. Nothing in it is compressed, so that nothing in it can grow.
LARGEST_FILE = 20_000_000

_FIRST_LINE = b"ASB-PARCEL 1\n"
_LONGEST_LINE = 200
_KEY, _SIGNATURE = 64, 64  #: bytes
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    sender: PublicKey  #: who has signed it; whether anybody trusts them is another matter
    told: bytes


def seal(told: bytes, *, own: OwnKey, to: PublicKey) -> bytes:
    """A file with `told` for the owner of the key `to`. Raises ParcelRefusedError where it would be too large."""
    head = _FIRST_LINE + to.fingerprint.encode() + b"\n"
    signature = own.signing.sign(_signed(told, to))
    try:
        sealed = head + _SUITE.encrypt(own.public.data + signature + told, to.for_sealing, info=head)
    except ValueError:  # a key that no secret goes with
        raise ParcelRefusedError(
            "Nothing can be sealed for the key that the agreement has. Ask the other side for the line that `asb key` "
            "prints there."
        ) from None
    if len(sealed) > LARGEST_FILE:
        raise ParcelRefusedError(
            f"The file would have {len(sealed) / 1_000_000:.1f} MB; at most {LARGEST_FILE // 1_000_000} MB are taken."
        )
    return sealed


def open_sealed(data: bytes, keys: OwnKeys) -> Opened:
    """What is in the file, held against its signature. Raises ParcelRefusedError, KeyRefusedError."""
    if len(data) > LARGEST_FILE:
        raise ParcelRefusedError(
            f"This file has {len(data) / 1_000_000:.1f} MB; at most {LARGEST_FILE // 1_000_000} MB are taken in. Ask "
            "whoever sent it for less."
        )
    if not data.startswith(_FIRST_LINE):
        raise ParcelRefusedError(
            "This is no file that another installation has handed over, or one of a version that is not known here. "
            "Choose the file as it came."
        )
    end = data.find(b"\n", len(_FIRST_LINE), len(_FIRST_LINE) + _LONGEST_LINE)
    head = data[: end + 1]
    own = next((key for key in keys.every() if head == _FIRST_LINE + key.public.fingerprint.encode() + b"\n"), None)
    if own is None:
        raise ParcelRefusedError(
            "This file is sealed for another installation, so that nobody can open it here. Tell whoever sent it; they "
            "compare the key in their agreement with what `asb key` prints here."
        )
    altered = ParcelRefusedError(
        "This file is not as its sender wrote it: it was altered, or only a part of it came. Ask for it again."
    )
    try:
        opened = _SUITE.decrypt(data[end + 1 :], own.opening, info=head)
    except (InvalidTag, ValueError):
        raise altered from None
    sender = PublicKey(opened[:_KEY])
    signature, told = opened[_KEY : _KEY + _SIGNATURE], opened[_KEY + _SIGNATURE :]
    if len(opened) < _KEY + _SIGNATURE or not sender.verify(signature, _signed(told, own.public)):
        raise altered
    return Opened(sender=sender, told=told)


def _signed(told: bytes, to: PublicKey) -> bytes:
    """The receiver is part of what is signed, so that nobody can seal it again for somebody else."""
    return _FIRST_LINE + to.data + told
