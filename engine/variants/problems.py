"""What could not be read in a variant's folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something in a variant that cannot be used as it stands, in a policy owner's words."""

    file: str  #: name in the folder: "forms/application.form"
    element_id: str = ""  #: "" where it concerns the whole file
    element_name: str = ""
    sentence: str  #: what is wrong and what to do
