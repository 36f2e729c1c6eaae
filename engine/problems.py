"""What is wrong in a file of a policy, as everything that reads one says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  #: the engine would not run it right
    WARNING = "warning"  #: it runs, and a person had better look at it


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something in a file that is wrong, in a policy owner's words."""

    sentence: str  #: what is wrong and what to do
    file: str = ""  #: name in the folder, "forms/application.form"; "" where the reader was not told
    element_id: str = ""  #: of the element, or the form's component; "" where it concerns the whole file
    element_name: str = ""  #: its name or label, "" where the file gives none
    severity: Severity = Severity.ERROR
