"""Secrets that are handed out (links, sessions, codes): random, and only their SHA-256 is stored."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of it: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
