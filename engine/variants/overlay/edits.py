"""What an overlay has changed, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One thing that a folder says over what it inherits."""

    folder: str  #: the one that says it
    key: str  #: where in its variant.toml: '[limits] "acknowledge"'
    sentence: str  #: what is otherwise now
    file: str = ""  #: the file that shows it; "" for a setting, or for what is gone
    element_id: str = ""  #: the element, row or question that shows it; "" for the whole file
