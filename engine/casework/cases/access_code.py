"""The code with which an applicant looks at the case: made once, by chance, and compared without telling how near."""

from __future__ import annotations

import hmac
import re
import secrets

#: No 0, O, 1, I or L, which are taken for one another, and no U, so that no word comes out.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 12 of 30 characters: 58 bits.
GROUPS, GROUP_LENGTH = 3, 4


def new_code() -> str:
    """A code such as “K7QM-3XTR-9WPD”."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def is_same_code(code: str, typed: str) -> bool:
    """Whether `typed` is the code, in small letters or without its hyphens too. Takes as long whichever it is."""
    return hmac.compare_digest(plain_code(code).encode(), plain_code(typed).encode())


def plain_code(typed: str) -> str:
    """A code as it was typed, without what people leave out or put in: hyphens, blanks, small letters."""
    return re.sub(r"[\s\u2010-\u2015-]", "", typed[:200]).upper()
