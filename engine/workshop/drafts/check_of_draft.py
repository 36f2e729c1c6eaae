"""What the check says of a draft, also of a file in it that is not saved yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from cachetools import LRUCache, cached

from engine.check import Finding
from engine.errors import EngineError
from engine.workshop.draft import PolicyDraft, draft_of_files
from engine.workshop.drafts.kept_draft import KeptDraft
from engine.workshop.judgement import check_draft


@dataclass(frozen=True, kw_only=True)
class DraftFindings:
    findings: tuple[Finding, ...]  #: errors first; none where it cannot be read
    new: frozenset[int]  #: the places of those that it did not have as it began
    unreadable: str = ""  #: why it cannot be read at all


def findings_of_draft(
    draft: KeptDraft, root: Path, *, today: date, unsaved: tuple[str, bytes] | None = None
) -> DraftFindings:  # fmt: skip
    """With `unsaved`, a file and its content, as the draft would be with it."""
    own = {**draft.own, unsaved[0]: unsaved[1]} if unsaved is not None else draft.own
    try:
        if own == draft.began:
            return DraftFindings(findings=_findings_as_it_began(draft, root, today), new=frozenset())
        found = _checked(draft.with_file(*unsaved, root) if unsaved is not None else draft.policy(root), today)
    except EngineError as error:
        return DraftFindings(findings=(), new=frozenset(), unreadable=str(error))
    try:
        before = _findings_as_it_began(draft, root, today)
    except EngineError:  # it could not be read: whatever is found since is new
        before = ()
    return DraftFindings(findings=found, new=_new_in(found, before))


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


def _as_it_began(draft: KeptDraft, root: Path, today: date) -> Hashable:
    return (draft.row.council_id, draft.row.source_digest, root, today)


@cached(LRUCache(8), key=_as_it_began, lock=Lock())
def _findings_as_it_began(draft: KeptDraft, root: Path, today: date) -> tuple[Finding, ...]:
    """It is looked at with every edit, and takes a second: the last are kept. Raises as `draft_of_files`."""
    return _checked(draft_of_files(draft.began, draft.row.council_id, root), today)
