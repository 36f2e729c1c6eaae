"""Who finds a slip: the check at the right place, the check elsewhere, a worked example, or nobody.

The check is that of the council whose cases the slip concerns, and where it has nothing to say, that of the folder in
which the slip is and of the councils that take it over: whoever changes a base checks every folder beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.bench.mutations.draw import Mutation
from engine.bench.mutations.equivalence import runs_alike
from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Finding, check_variant, each_of
from engine.check.identity import councils_beside
from engine.errors import EngineError
from engine.handler import Handler
from engine.scenarios import play, scenarios_of
from engine.variants import (
    Variant,
    agreements_beside,
    base_today,
    load_variant,
    named_where_it_fails,
    prefixes_beside,
)

_DAY = date(2026, 3, 2)


class Verdict(StrEnum):
    AT_PLACE = "the check, at the place"
    ELSEWHERE = "the check, elsewhere"
    EXAMPLE = "a worked example"
    NOBODY = "nobody"
    #: the council's own lines stand over what was altered, or no run reads it (`engine.bench.mutations.equivalence`)
    NO_CHANGE = "changes nothing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    mutation: Mutation
    verdict: Verdict
    findings: int  #: that were not there before
    first: str  #: what was found first: the rule and its sentence, or the example that came out otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """A council as it is shipped."""

    files: Mapping[str, bytes]
    beside: Mapping[str, Any]  #: what the check reads of the folders beside
    findings: frozenset[Finding]


class Judge:
    """Tries edits in a copy of the folders, one at a time."""

    def __init__(self, root: Path, place: Path, *, plays: bool) -> None:
        self._root = place / "bpmn"
        shutil.copytree(root, self._root)
        self._plays = plays
        self._known: dict[str, _Known] = {}

    def judge(self, mutation: Mutation) -> Judged:
        folders = (mutation.council, mutation.folder, *mutation.players)
        before = {folder: self._before(folder) for folder in folders}
        file = self._root / mutation.folder / mutation.file
        original = file.read_bytes()
        file.write_bytes(mutation.data)
        try:
            return self._judge(mutation, before)
        finally:
            file.write_bytes(original)

    def _judge(self, mutation: Mutation, before: Mapping[str, _Known]) -> Judged:
        for folder, known in before.items():
            judged = self._checked(folder, known, mutation)
            if judged.verdict is not Verdict.NOBODY:
                return judged
        example = self._wrong_example(mutation) if self._plays and not mutation.is_harmless else ""
        return _judged(mutation, Verdict.EXAMPLE if example else Verdict.NOBODY, 0, example)

    def _checked(self, folder: str, before: _Known, mutation: Mutation) -> Judged:
        """What the check of one folder finds that it did not find before."""
        try:
            with named_where_it_fails(self._root / folder):
                variant = load_variant(self._root / folder)
                if variant.files == before.files:
                    return _judged(mutation, Verdict.NO_CHANGE, 0, "")
                found = self._check(variant, before.beside)
        except EngineError as error:
            found = [Finding(rule="readable", file="", sentence=str(error))]  # as `asb check` says it, of the folder
        new = [finding for finding in found if finding not in before.findings]
        at_place = [finding for finding in new if _is_at(finding, mutation)]
        if new:
            first = (at_place or new)[0]
            verdict = Verdict.AT_PLACE if at_place else Verdict.ELSEWHERE
            return _judged(
                mutation, verdict, len(new), f"{first.rule}: {first.file} {first.element_id}: {first.sentence}"
            )
        is_alike = _runs_alike(before.files, variant.files)
        return _judged(mutation, Verdict.NO_CHANGE if is_alike else Verdict.NOBODY, 0, "")

    def _wrong_example(self, mutation: Mutation) -> str:
        """The first that comes out otherwise, of the councils in which cases go through the file; "" for none."""
        for council in mutation.players:
            try:
                variant = load_variant(self._root / council)
                for scenario in scenarios_of(variant):
                    outcome = play(scenario, variant, build_simulation_office(), until_miss=True)
                    if not outcome.is_right:
                        return f"{council}: {scenario.name}: {outcome.misses[0].sentence}"
            except EngineError as error:
                return f"{council}: {error}"
        return ""

    def _before(self, council: str) -> _Known:
        if council not in self._known:
            folder = self._root / council
            variant = load_variant(folder)
            beside = {
                "others": councils_beside(folder),
                "neighbours": prefixes_beside(folder),
                "agreed": agreements_beside(variant, folder),
                "base_today": base_today(folder, None),
            }
            found = frozenset(self._check(variant, beside))
            self._known[council] = _Known(files=variant.files, beside=beside, findings=found)
        return self._known[council]

    def _check(self, variant: Variant, beside: Mapping[str, Any]) -> Sequence[Finding]:
        """As `asb check` finds it; what it reads of the folders beside was read once."""
        found = check_variant(variant, handlers=self._handlers, today=_DAY, **beside)
        return [replace(each, follows=()) for each in each_of(found)]

    @cached_property
    def _handlers(self) -> tuple[Handler, ...]:
        return tuple(handlers_by_name().values())


def _runs_alike(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bool:
    if before.keys() != after.keys():
        return False
    return all(runs_alike(file, before[file], after[file]) for file in after if after[file] != before[file])


def _judged(mutation: Mutation, verdict: Verdict, findings: int, first: str) -> Judged:
    return Judged(mutation=mutation, verdict=verdict, findings=findings, first=first)


def _is_at(finding: Finding, mutation: Mutation) -> bool:
    """In its file, at its element where it is in one and the finding names one; or anywhere by a name it altered."""
    is_in_file = finding.file.endswith(mutation.file)
    is_at_element = not mutation.elements or not finding.element_id or finding.element_id in mutation.elements
    return (is_in_file and is_at_element) or any(
        name and name in f"{finding.sentence} {finding.element_id}" for name in mutation.named
    )
