"""Who finds a slip: the check at the right place, the check elsewhere, a worked example, or nobody."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.bench.mutations.draw import Mutation
from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Finding, check_variant
from engine.check.identity import councils_beside
from engine.errors import EngineError
from engine.handler import Handler
from engine.scenarios import play, scenarios_of
from engine.variants import agreements_beside, base_today, load_variant, named_where_it_fails, prefixes_beside

_DAY = date(2026, 3, 2)


class Verdict(StrEnum):
    AT_PLACE = "the check, at the place"
    ELSEWHERE = "the check, elsewhere"
    EXAMPLE = "a worked example"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    mutation: Mutation
    verdict: Verdict
    findings: int  #: that were not there before
    first: str  #: what was found first: the rule and its sentence, or the example that came out otherwise


class Judge:
    """Tries edits in a copy of the folders, one at a time."""

    def __init__(self, root: Path, place: Path, *, plays: bool) -> None:
        self._root = place / "bpmn"
        shutil.copytree(root, self._root)
        self._plays = plays
        self._before: dict[str, frozenset[Finding]] = {}
        self._beside: dict[str, dict[str, Any]] = {}

    def judge(self, mutation: Mutation) -> Judged:
        before = self._findings_before(mutation.council)
        file = self._root / mutation.folder / mutation.file
        original = file.read_bytes()
        file.write_bytes(mutation.data)
        try:
            return self._judge(mutation, before)
        finally:
            file.write_bytes(original)

    def _judge(self, mutation: Mutation, before: frozenset[Finding]) -> Judged:
        new = [finding for finding in self._check(mutation.council) if finding not in before]
        at_place = [finding for finding in new if _is_at(finding, mutation)]
        if new:
            first = (at_place or new)[0]
            verdict = Verdict.AT_PLACE if at_place else Verdict.ELSEWHERE
            return _judged(
                mutation, verdict, len(new), f"{first.rule}: {first.file} {first.element_id}: {first.sentence}"
            )
        if self._plays and not mutation.is_harmless and (example := self._wrong_example(mutation.council)):
            return _judged(mutation, Verdict.EXAMPLE, 0, example)
        return _judged(mutation, Verdict.NOBODY, 0, "")

    def _findings_before(self, council: str) -> frozenset[Finding]:
        if council not in self._before:
            self._before[council] = frozenset(self._check(council))
        return self._before[council]

    def _check(self, council: str) -> Sequence[Finding]:
        """As `asb check` finds it; what it reads of the folders beside is read once."""
        folder = self._root / council
        try:
            with named_where_it_fails(folder):
                variant = load_variant(folder)
                if council not in self._beside:
                    self._beside[council] = {
                        "others": councils_beside(folder),
                        "neighbours": prefixes_beside(folder),
                        "agreed": agreements_beside(variant, folder),
                    }
                return check_variant(
                    variant, handlers=self._handlers, base_today=base_today(folder, None), today=_DAY,
                    **self._beside[council],
                )  # fmt: skip
        except EngineError as error:
            return [Finding(rule="readable", file="", sentence=str(error))]

    @cached_property
    def _handlers(self) -> tuple[Handler, ...]:
        return tuple(handlers_by_name().values())

    def _wrong_example(self, council: str) -> str:
        """The first that comes out otherwise; "" for none."""
        try:
            variant = load_variant(self._root / council)
            for scenario in scenarios_of(variant):
                outcome = play(scenario, variant, build_simulation_office())
                if not outcome.is_right:
                    return f"{scenario.name}: {outcome.misses[0].sentence}"
        except EngineError as error:
            return str(error)
        return ""


def _judged(mutation: Mutation, verdict: Verdict, findings: int, first: str) -> Judged:
    return Judged(mutation=mutation, verdict=verdict, findings=findings, first=first)


def _is_at(finding: Finding, mutation: Mutation) -> bool:
    """In its file, at its element where it is in one and the finding names one; or anywhere by a name it altered."""
    is_in_file = finding.file.endswith(mutation.file)
    is_at_element = not mutation.elements or not finding.element_id or finding.element_id in mutation.elements
    return (is_in_file and is_at_element) or any(
        name and name in f"{finding.sentence} {finding.element_id}" for name in mutation.named
    )
