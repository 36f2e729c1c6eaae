"""What the check says of an element."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  #: the engine would not run it right
    WARNING = "warning"  #: it runs, and a person had better look at it


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a finding is about."""

    file: str
    element_id: str = ""  #: "" where it concerns the whole file
    element_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What a rule has to say; the machine adds the rule's name."""

    place: Place
    severity: Severity
    message: str  #: what is wrong and what to do, in a policy owner's words


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A remark with the name of its rule: a line of `asb check`."""

    file: str
    element_id: str
    element_name: str
    rule: str  #: as docs/rules/ names its page
    severity: Severity
    message: str

    def to_json(self) -> dict[str, str]:
        """The finding as `asb check --format json` prints it."""
        return {
            "file": self.file,
            "element_id": self.element_id,
            "element_name": self.element_name,
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
        }


def error(place: Place, message: str) -> Remark:
    """Something that the engine would not run right."""
    return Remark(place=place, severity=Severity.ERROR, message=message)


def warning(place: Place, message: str) -> Remark:
    """Something that runs, and that a person had better look at."""
    return Remark(place=place, severity=Severity.WARNING, message=message)
