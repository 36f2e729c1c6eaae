"""Keys of installations, and files that one signs and seals for another: nobody else can write one, or read it."""

from engine.seals.own_keys import OwnKeys
from engine.seals.public_key import PublicKey
from engine.seals.sealed_file import LARGEST_FILE, Opened, open_sealed, seal

__all__ = ["LARGEST_FILE", "Opened", "OwnKeys", "PublicKey", "open_sealed", "seal"]
