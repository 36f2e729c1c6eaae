"""What is in a parcel: facts by name, and files that lie in the file store under their digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class FileInParcel:
    name: str
    media_type: str
    size: int  #: bytes
    digest: str  #: SHA-256


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelContents:
    """What one side tells the other, and nothing besides."""

    facts: Mapping[str, Any]  #: as a form's answers arrive: days as ISO texts
    files: tuple[FileInParcel, ...] = ()

    def packed(self) -> tuple[str, str]:
        """As text (JSON with its keys in order), and that text's SHA-256."""
        text = json.dumps(
            {"facts": dict(self.facts), "files": [asdict(file) for file in self.files]},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return text, hashlib.sha256(text.encode()).hexdigest()


def unpacked(text: str) -> ParcelContents:
    """What `ParcelContents.packed` wrote."""
    read = json.loads(text)
    return ParcelContents(facts=read["facts"], files=tuple(FileInParcel(**file) for file in read["files"]))
