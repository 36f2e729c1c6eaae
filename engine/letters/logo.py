"""A council's logo, as pages show it and letters print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture that was looked through."""

    data: bytes
    media_type: str  #: "image/svg+xml" or "image/png"

    @property
    def is_svg(self) -> bool:
        return self.media_type == "image/svg+xml"

    def for_setting(self) -> dict[str, Any]:
        """As data like everything that is set: an SVG as its text, a PNG byte by byte."""
        return {"format": "svg", "data": self.data.decode()} if self.is_svg else {"format": "png", "data": [*self.data]}
