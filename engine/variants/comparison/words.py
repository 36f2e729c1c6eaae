"""The words of a letter or page, as its file holds them."""

from __future__ import annotations

import re

from engine.variants.variant import Variant

_FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+\n.*?^\+\+\+\n", re.DOTALL | re.MULTILINE)


def words_of(variant: Variant, file: str) -> str:
    """The text below the front matter."""
    text = variant.files[file].decode("utf-8", "replace").replace("\r\n", "\n")
    return _FRONT_MATTER.sub("", text)
