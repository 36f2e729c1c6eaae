"""Passwords: what is asked of one, and how it is kept.

Length counts, composition does not, and none has an end (NIST SP 800-63B, NCSC). Refused are those that are tried
first: the common ones, sequences and repetitions, and what is known of the person or the council.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import BadInputError
from engine.staff.bounds import LONGEST_PASSWORD, SHORTEST_PASSWORD

_COMMON = Path(__file__).with_name("common_passwords.txt")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ENOUGH = 6  #: characters that must be left of a password when what is easily guessed is taken out of it
_hasher = PasswordHasher()


def check_password(password: str, *, known: Iterable[str] = ()) -> None:
    """Raises BadInputError with what to do. `known`: the person's name and e-mail, the council's name."""
    length = len(_normal(password))
    if length < SHORTEST_PASSWORD:
        raise BadInputError(
            f"Enter a password of {SHORTEST_PASSWORD} characters or more. Three random words make a good one."
        )
    if length > LONGEST_PASSWORD:
        raise BadInputError(f"Enter a password of at most {LONGEST_PASSWORD} characters.")
    bare = _bare(password)
    if bare in _common() or _is_pattern(bare):
        raise BadInputError(
            "This password is one of the first that would be tried. Choose another, such as three words."
        )
    left = bare
    for word in sorted(_words(known), key=len, reverse=True):
        left = left.replace(word, "")
    if left != bare and len(left) < _ENOUGH:
        raise BadInputError("This password is little more than a name that others know. Choose another.")


def hash_password(password: str) -> str:
    """Argon2id, with its parameters and a salt of its own in the text."""
    return _hasher.hash(_normal(password))


def is_password(password: str, hashed: str | None) -> bool:
    """Whether it is the one that was hashed. Takes as long where there is none to compare with."""
    try:
        return _hasher.verify(hashed or _nobodys(), _normal(password[: LONGEST_PASSWORD + 1])) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Whether it was hashed with less effort than is usual now."""
    return _hasher.check_needs_rehash(hashed)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody's password")


def _normal(password: str) -> str:
    """One form for what looks the same: a keyboard may write é in one character or in two."""
    return unicodedata.normalize("NFKC", password)


def _bare(password: str) -> str:
    """Small letters and digits alone; of signs without any, the signs."""
    small = _normal(password).casefold()
    return re.sub(r"[\W_]+", "", small) or small


@cache
def _common() -> frozenset[str]:
    return frozenset(_bare(line) for line in _COMMON.read_text(encoding="utf-8").splitlines())


def _is_pattern(bare: str) -> bool:
    """A few characters over and over, or runs along the alphabet or the keyboard."""
    if any(bare == (bare[:size] * len(bare))[: len(bare)] for size in range(1, 5)):
        return True
    left = bare
    for row in _ROWS:
        for line in (row, row[::-1]):
            left = re.sub(_runs(line), "", left)
    return len(left) < _ENOUGH and left != bare


@cache
def _runs(line: str) -> str:
    """Four or more neighbours of the line, the longest first."""
    runs = {line[start:end] for start in range(len(line)) for end in range(start + 4, len(line) + 1)}
    return "|".join(sorted(runs, key=len, reverse=True))


def _words(known: Iterable[str]) -> set[str]:
    return {word for text in known for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2}
