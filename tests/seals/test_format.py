"""The format of docs/parcel-files.md, written and read here by what that page says alone, with the library below it."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from engine.errors import KeyRefusedError, ParcelRefusedError
from engine.seals import OwnKeys, PublicKey, open_sealed, seal
from tests.house.checkout import ROOT

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@pytest.fixture
def keys(tmp_path: Path) -> OwnKeys:
    made = OwnKeys(tmp_path / "keys")
    made.make()
    return made


def test_a_file_that_other_software_wrote_by_the_page_is_opened(keys: OwnKeys) -> None:
    signing, opening, to = Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), keys.last().public
    sender = signing.public_key().public_bytes_raw() + opening.public_key().public_bytes_raw()
    told = b'{"what":"anything"}'
    signature = signing.sign(b"ASB-PARCEL 1\n" + to.data + told)
    head = b"ASB-PARCEL 1\n" + to.fingerprint.encode() + b"\n"
    file = head + SUITE.encrypt(sender + signature + told, to.for_sealing, info=head)
    opened = open_sealed(file, keys)
    assert (opened.told, opened.sender) == (told, PublicKey(sender))


def test_a_file_that_we_wrote_is_opened_by_the_page(keys: OwnKeys) -> None:
    receiver = X25519PrivateKey.generate()
    data = Ed25519PrivateKey.generate().public_key().public_bytes_raw() + receiver.public_key().public_bytes_raw()
    file = seal(b"told", own=keys.last(), to=PublicKey(data))
    first, second, rest = file.split(b"\n", 2)
    hashed = hashlib.sha256(b"ASB-KEY 1\n" + data).digest()
    groups = [f"{int.from_bytes(hashed[place : place + 2]):05d}" for place in range(0, 16, 2)]
    assert (first, second.decode()) == (b"ASB-PARCEL 1", " ".join(groups))
    inner = SUITE.decrypt(rest, receiver, info=first + b"\n" + second + b"\n")
    sender, signature, told = inner[:64], inner[64:128], inner[128:]
    assert (sender, told) == (keys.last().public.data, b"told")
    Ed25519PublicKey.from_public_bytes(sender[:32]).verify(signature, first + b"\n" + data + told)


def test_the_page_names_what_the_file_is_made_of() -> None:
    page = (ROOT / "docs" / "parcel-files.md").read_text(encoding="utf-8")
    for word in ("ASB-PARCEL 1", "ASB-KEY 1", "asb-key-1:", "X25519", "HKDF-SHA256", "ChaCha20-Poly1305", "20,000,000"):
        assert word in page


def test_a_key_as_text_is_its_bytes_and_four_that_tell_a_slip(keys: OwnKeys) -> None:
    text = keys.last().public.text
    packed = urlsafe_b64decode(text.removeprefix("asb-key-1:"))
    assert packed[:64] == keys.last().public.data
    assert PublicKey.read(text) == keys.last().public
    for wrong in (
        "",
        "asb-key-1:",
        text[:-1],
        text + "A",
        text.upper(),
        f" {text}",
        text.replace("asb", "abs"),
        "ä" * 90,
    ):
        with pytest.raises(KeyRefusedError, match="is no key"):
            PublicKey.read(wrong)
    swapped = re.sub(r"(?<=:)(.)(.)", r"\2\1", text)
    if swapped != text:
        with pytest.raises(KeyRefusedError):
            PublicKey.read(swapped)


def test_keys_are_numbered_and_the_last_signs(keys: OwnKeys, tmp_path: Path) -> None:
    first, second = keys.last(), keys.make()
    assert (keys.last(), keys.every()) == (second, [second, first])
    assert sorted(os.listdir(tmp_path / "keys")) == ["1.key", "2.key"]
    (tmp_path / "keys" / "2.key").write_text("nothing\n")
    with pytest.raises(KeyRefusedError, match="holds no key"):
        keys.last()


def test_nothing_is_sealed_for_a_key_that_no_secret_goes_with(keys: OwnKeys) -> None:
    with pytest.raises(ParcelRefusedError, match="Nothing can be sealed"):
        seal(b"told", own=keys.last(), to=PublicKey(bytes(64)))


def test_where_no_key_can_be_kept_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KeyRefusedError, match="No key can be kept in"):
        OwnKeys(tmp_path / "file" / "keys").make()
