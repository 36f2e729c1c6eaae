"""What is wrong in a file of a policy, as everything that reads one says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  #: the engine would not run it right
    WARNING = "warning"  #: it runs, and a person had better look at it


class ThingKind(StrEnum):
    """What expressions, diagrams and letters ask for by name."""

    LIMIT = "limit"
    FORM = "form"
    LETTER = "letter"
    PROCESS = "process"
    DECISION = "decision"
    FACT = "fact"
    KIND = "kind"  #: of which a fact is
    CHOICE = "choice"  #: that a fact can be, after its name
    MESSAGE = "message"
    FILE = "file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """Something of a policy that has a name."""

    kind: ThingKind
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something in a file that is wrong, in a policy owner's words."""

    sentence: str  #: what is wrong and what to do
    file: str = ""  #: name in the folder, "forms/application.form"; "" where the reader was not told
    element_id: str = ""  #: of the element, or the form's component; "" where it concerns the whole file
    element_name: str = ""  #: its name or label, "" where the file gives none
    severity: Severity = Severity.ERROR
    #: what is not there because of it: whoever asks for that only says a consequence
    loses: Thing | None = None
    #: what it says is not there: all who ask for the same have the same cause
    lacks: Thing | None = None
