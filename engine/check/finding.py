"""What the check says of an element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.problems import Problem, Severity, Thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a finding is about."""

    file: str
    element_id: str = ""  #: "" where it concerns the whole file
    element_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Problem):
    """A problem with the name of the rule that found it: a line of `asb check`."""

    rule: str  #: as docs/rules/ names its page
    line: int = 0  #: of the file, where a line of TOML is meant; 0 for none
    follows: tuple[Finding, ...] = ()  #: what only follows from it, and is over once it is put right

    @classmethod
    def of(cls, rule: str, problem: Problem) -> Finding:
        return cls(
            sentence=problem.sentence, file=problem.file, element_id=problem.element_id,
            element_name=problem.element_name, severity=problem.severity, loses=problem.loses, lacks=problem.lacks,
            rule=rule,
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The finding as `asb check --format json` prints it."""
        return {
            "file": self.file,
            **({"line": self.line} if self.line else {}),
            "element_id": self.element_id,
            "element_name": self.element_name,
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.sentence,
            **({"follows": [finding.to_json() for finding in self.follows]} if self.follows else {}),
        }


def each_of(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Every finding, and behind it what follows from it."""
    for finding in findings:
        yield finding
        yield from each_of(finding.follows)


def error(place: Place, sentence: str, *, lacks: Thing | None = None) -> Problem:
    """Something that the engine would not run right. `lacks`: what it says is not there."""
    return Problem(
        file=place.file, element_id=place.element_id, element_name=place.element_name, sentence=sentence,
        severity=Severity.ERROR, lacks=lacks,
    )  # fmt: skip


def warning(place: Place, sentence: str, *, lacks: Thing | None = None) -> Problem:
    """Something that runs, and that a person had better look at."""
    return replace(error(place, sentence, lacks=lacks), severity=Severity.WARNING)
