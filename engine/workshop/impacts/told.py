"""What is told of the cases that a draft would touch: totals, and so many cases behind each. No applicant is named."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engine.workshop.closed_cases import PastImpact, ReplayedCase
from engine.workshop.impact import CaseImpact, Impact
from engine.workshop.move_words import told_of_places, told_of_preview, told_of_replay

#: Cases that are told of each kind; `asb impact` tells all.
MOST_TOLD = 50


@dataclass(frozen=True, kw_only=True)
class ToldCase:
    reference: str
    sentences: tuple[str, ...]  #: what changes, or why it cannot; () where people would see nothing of it
    places: tuple[str, ...]  #: where every token would stand; () of a closed case


@dataclass(frozen=True, kw_only=True)
class ToldKind:
    words: str  #: `with a later day`
    count: int
    cases: tuple[ToldCase, ...]  #: at most so many


@dataclass(frozen=True, kw_only=True)
class ToldPart:
    """Of the open cases, or of the closed ones that were looked at."""

    sentence: str
    kinds: tuple[ToldKind, ...]  #: what matters most first


@dataclass(frozen=True, kw_only=True)
class ToldImpact:
    open: ToldPart
    closed: ToldPart
    closed_in_all: int  #: how many closed cases there are

    def pack(self) -> bytes:
        return zlib.compress(json.dumps(asdict(self), ensure_ascii=False).encode())

    @classmethod
    def unpack(cls, data: bytes) -> ToldImpact:
        read = json.loads(zlib.decompress(data))
        return cls(open=_part(read["open"]), closed=_part(read["closed"]), closed_in_all=read["closed_in_all"])


def told_of_impact(now: Impact, past: PastImpact, *, closed_in_all: int) -> ToldImpact:
    return ToldImpact(
        open=ToldPart(
            sentence=f"{now.sentence}.",
            kinds=tuple(
                _kind(kind.value, [_open(case) for case in now.cases if case.outcome is kind]) for kind in now.totals
            ),
        ),
        closed=ToldPart(
            sentence=f"{past.sentence}.",
            kinds=tuple(
                _kind(kind.value, [_closed(case) for case in past.cases if case.kind is kind]) for kind in past.totals
            ),
        ),
        closed_in_all=closed_in_all,
    )


def _kind(words: str, cases: Sequence[ToldCase]) -> ToldKind:
    return ToldKind(words=words, count=len(cases), cases=tuple(cases[:MOST_TOLD]))


def _open(case: CaseImpact) -> ToldCase:
    return ToldCase(
        reference=case.preview.reference,
        sentences=tuple(told_of_preview(case.preview, names_people=False)),
        places=tuple(told_of_places(case.preview)),
    )


def _closed(case: ReplayedCase) -> ToldCase:
    return ToldCase(
        reference=case.reference, sentences=tuple(told_of_replay(case, names_people=False)), places=()
    )  # fmt: skip


def _part(read: Mapping[str, Any]) -> ToldPart:
    return ToldPart(
        sentence=read["sentence"],
        kinds=tuple(
            ToldKind(
                words=kind["words"],
                count=kind["count"],
                cases=tuple(
                    ToldCase(
                        reference=case["reference"], sentences=tuple(case["sentences"]), places=tuple(case["places"])
                    )
                    for case in kind["cases"]
                ),
            )
            for kind in read["kinds"]
        ),
    )
