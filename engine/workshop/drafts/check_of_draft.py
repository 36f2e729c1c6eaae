"""What the check says of a draft, also of a file in it that is not saved yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.check import Finding
from engine.errors import EngineError
from engine.workshop.draft import PolicyDraft, draft_of_files
from engine.workshop.drafts.kept_draft import KeptDraft
from engine.workshop.judgement import check_draft

#: What was found in drafts as they began: council, digest of the folders, where the others stand, day.
_as_begun: dict[tuple[str, str, Path, date], tuple[Finding, ...]] = {}
_MOST_KEPT = 8


@dataclass(frozen=True, kw_only=True)
class DraftFindings:
    findings: tuple[Finding, ...]  #: errors first; none where it cannot be read
    new: frozenset[int]  #: the places of those that it did not have as it began
    unreadable: str = ""  #: why it cannot be read at all


def findings_of_draft(
    draft: KeptDraft, root: Path, *, today: date, unsaved: tuple[str, bytes] | None = None
) -> DraftFindings:  # fmt: skip
    """With `unsaved`, a file and its content, as the draft would be with it."""
    try:
        policy = draft.with_file(*unsaved, root) if unsaved is not None else draft.policy(root)
        found = _checked(policy, today)
    except EngineError as error:
        return DraftFindings(findings=(), new=frozenset(), unreadable=str(error))
    return DraftFindings(findings=found, new=_new_in(found, _findings_as_it_began(draft, root, today)))


def _checked(policy: PolicyDraft, today: date) -> tuple[Finding, ...]:
    checked = check_draft(policy, today=today)
    return (*checked.errors, *checked.warnings)


def _new_in(found: tuple[Finding, ...], before: tuple[Finding, ...]) -> frozenset[int]:
    left, new = Counter(_what_it_says(each) for each in before), set()
    for place, finding in enumerate(found):
        said = _what_it_says(finding)
        if left[said]:
            left[said] -= 1
        else:
            new.add(place)
    return frozenset(new)


def _what_it_says(finding: Finding) -> tuple[str, str | None, str, str]:
    """Not its line: a line put in above it makes it no other."""
    return (finding.file, finding.element_id, finding.rule, finding.sentence)


def _findings_as_it_began(draft: KeptDraft, root: Path, today: date) -> tuple[Finding, ...]:
    """It is looked at with every edit, and takes a second: the last are kept."""
    asked = (draft.row.council_id, draft.row.source_digest, root, today)
    if asked not in _as_begun:
        while len(_as_begun) >= _MOST_KEPT:
            _as_begun.pop(next(iter(_as_begun)))
        try:
            _as_begun[asked] = _checked(draft_of_files(draft.began, draft.row.council_id, root), today)
        except EngineError:  # it could not be read: whatever is found since is new
            _as_begun[asked] = ()
    return _as_begun[asked]
