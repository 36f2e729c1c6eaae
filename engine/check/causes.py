"""What follows from what: a finding that is over once another is put right is said below that one.

A rule says of what it finds which thing is lost by it (`Problem.loses`) or which is not there (`Problem.lacks`); it
knows no other rule. Here the two are brought together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.check.finding import Finding
from engine.check.rule import Rule
from engine.problems import Severity, Thing, ThingKind

#: The rule that says what cannot be read: whatever else is said of the same place follows from that.
_READING = "readable"


def folded(findings: Sequence[Finding], rules: Iterable[Rule]) -> list[Finding]:
    """The causes, each with what follows from it; first those from which something does, otherwise in their order.

    - Where a file cannot be read as a whole, whatever compares the folder's files with one another follows from it.
    - Where a part of one cannot be read, what else is said of that part, and of the thing that is lost with it.
    - Where the same thing is lacking in several places, the first stands for the others; so where a fact is of another
      kind than all who read it take it for, or a choice is no longer there.
    """
    links = _Links(findings, rules)
    causes = [links.cause_of(place, finding) for place, finding in enumerate(findings)]
    below: dict[int, list[Finding]] = {}
    for place, finding in enumerate(findings):
        if (root := _root(place, causes)) != place:
            below.setdefault(root, []).append(finding)
    heads = [
        replace(finding, follows=tuple(below.get(place, ())))
        for place, finding in enumerate(findings)
        if causes[place] is None
    ]
    return sorted(heads, key=lambda finding: not finding.follows)


def _root(place: int, causes: Sequence[int | None]) -> int:
    while (cause := causes[place]) is not None:
        place = cause
    return place


class _Links:
    def __init__(self, findings: Sequence[Finding], rules: Iterable[Rule]) -> None:
        self._rules = {rule.name: rule for rule in rules}
        self._unread_file: int | None = None
        self._losing: dict[Thing, int] = {}
        self._lacking: dict[Thing, int] = {}
        self._unread_part: dict[tuple[str, str], int] = {}
        for place, finding in enumerate(findings):
            for thing in _things(finding.loses):
                if thing.kind is ThingKind.FILE and self._unread_file is None:
                    self._unread_file = place
                self._losing.setdefault(thing, place)
            if finding.rule == _READING and finding.element_id:
                self._unread_part.setdefault((finding.file, finding.element_id), place)
        for place in sorted(range(len(findings)), key=lambda each: findings[each].severity is not Severity.ERROR):
            for thing in _things(findings[place].lacks):
                self._lacking.setdefault(thing, place)

    def cause_of(self, place: int, finding: Finding) -> int | None:
        """The place of the finding that it follows from; None for a cause."""
        if finding.rule == _READING and finding.lacks is None:
            return None
        if self._unread_file is not None and self._compares_files(finding):
            return self._unread_file
        losing = [self._losing.get(thing) for thing in _things(finding.lacks)]
        lacking = [self._lacking.get(thing) for thing in _things(finding.lacks)]
        if place in losing:  # it says what the others lack
            losing = lacking = []
        candidates = [*losing, self._unread_part.get((finding.file, finding.element_id)), *lacking]
        return next((cause for cause in candidates if cause is not None and cause != place), None)

    def _compares_files(self, finding: Finding) -> bool:
        if finding.rule == _READING:
            return finding.lacks is not None
        rule = self._rules.get(finding.rule)
        if rule is None or not (rule.needs_variant or rule.compares_files):
            return False
        return finding.severity not in rule.stands


def _things(thing: Thing | None) -> Iterator[Thing]:
    if thing is not None:
        yield thing
