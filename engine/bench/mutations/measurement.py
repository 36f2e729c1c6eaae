"""The measurement: so many slips tried, counted by kind and by who found them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from engine.bench.mutations.draw import HARMLESS, SLIPS, Mutation, draw_mutations
from engine.bench.mutations.judge import Judge, Judged, Verdict
from engine.errors import BadInputError

#: Of the slips, what the check is to find, and what the check or a worked example is to find.
_BY_CHECK, _BY_EITHER = 0.97, 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class MutationReport:
    seed: int
    slips: Sequence[Judged]
    harmless: Sequence[Judged]

    def share(self, *verdicts: Verdict) -> float:
        """Of the slips that change what the council runs on."""
        return sum(each.verdict in verdicts for each in self.changes) / max(1, len(self.changes))

    @property
    def changes(self) -> list[Judged]:
        return [each for each in self.slips if each.verdict is not Verdict.NO_CHANGE]

    @property
    def by_check(self) -> float:
        return self.share(Verdict.AT_PLACE, Verdict.ELSEWHERE)

    @property
    def false_findings(self) -> int:
        return sum(each.findings > 0 for each in self.harmless)

    @property
    def misses_a_target(self) -> bool:
        missed = self.share(Verdict.NOBODY)
        return self.by_check < _BY_CHECK or 1 - missed < _BY_EITHER or self.false_findings > 0

    def lines(self) -> Iterator[str]:
        """For people: a line for each kind, the sums, and every slip that the check did not find."""
        heads = [*(f"{verdict.value}" for verdict in Verdict)]
        yield f"{'':52}{'tried':>7}" + "".join(f"{head:>25}" for head in heads)
        for kind, judged in _by_kind(self.slips):
            counts = Counter(each.verdict for each in judged)
            yield f"{kind[:51]:52}{len(judged):>7}" + "".join(f"{counts[verdict]:>25}" for verdict in Verdict)
        found = [each.findings for each in self.slips if each.findings]
        yield ""
        yield (
            f"{len(self.changes)} slips of {len(dict(_by_kind(self.slips)))} kinds (seed {self.seed}): the check finds "
            f"{self.by_check:.1%} (target ≥ {_BY_CHECK:.0%}), {self.share(Verdict.AT_PLACE):.1%} at the place; only a "
            f"worked example finds {self.share(Verdict.EXAMPLE):.1%}, nobody {self.share(Verdict.NOBODY):.1%} "
            f"(target 0). A slip that is found has {median(found) if found else 0:g} findings in the middle."
        )
        yield f"{len(self.harmless)} harmless edits: {self.false_findings} with a finding (target 0)."
        for each in (*self.slips, *self.harmless):
            is_fine = (
                each.verdict in (Verdict.AT_PLACE, Verdict.NO_CHANGE)
                if not each.mutation.is_harmless
                else each.findings == 0
            )
            if not is_fine:
                yield f"- {_place(each.mutation)}: {each.mutation.words} [{each.verdict.value}] {each.first}"

    def to_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "by_check": self.by_check,
            **{verdict.name.lower(): self.share(verdict) for verdict in Verdict},
            "kinds": {
                kind: {verdict.name.lower(): sum(e.verdict is verdict for e in judged) for verdict in Verdict}
                for kind, judged in _by_kind(self.slips)
            },
            "harmless": {"tried": len(self.harmless), "with_a_finding": self.false_findings},
        }


def measure_mutations(
    root: Path,
    *,
    number: int,
    seed: int,
    processes: int,
    progress: Callable[[str], None],
    kinds: str = "",
    plays: bool = True,
) -> MutationReport:
    """Try about `number` slips, and a tenth as many harmless edits, in copies of the folders in `root`.

    `kinds`: only those whose name holds this. `plays`: what the check does not find is played through worked examples.
    Raises BadInputError where no kind is left.
    """
    slips = [kind for kind in SLIPS if kinds in kind.name]
    if not slips and not any(kinds in kind.name for kind in HARMLESS):
        raise BadInputError(f"No kind of slip has “{kinds}” in its name. Leave --kind out to see all of them.")
    drawn = list(draw_mutations(root, kinds=slips, number=number, seed=seed)) if slips else []
    harmless = [kind for kind in HARMLESS if kinds in kind.name]
    drawn += (
        draw_mutations(root, kinds=harmless, number=max(len(harmless), number // 10), seed=seed) if harmless else []
    )
    judged: list[Judged] = []
    with (
        tempfile.TemporaryDirectory(prefix="asb-bench-") as place,
        get_context("spawn").Pool(processes, _begin, (root, plays, place)) as pool,
    ):
        for each in pool.imap(_judge, drawn, chunksize=1):
            judged.append(each)
            progress(f"{len(judged)} of {len(drawn)}: {each.mutation.kind}: {each.verdict.value}")
    return MutationReport(
        seed=seed,
        slips=[each for each in judged if not each.mutation.is_harmless],
        harmless=[each for each in judged if each.mutation.is_harmless],
    )


def _by_kind(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    kinds: dict[str, list[Judged]] = {}
    for each in judged:
        kinds.setdefault(each.mutation.kind, []).append(each)
    return list(kinds.items())


def _place(mutation: Mutation) -> str:
    return f"{mutation.kind}: {mutation.council}: {mutation.folder}/{mutation.file}"


_judges: list[Judge] = []


def _begin(root: Path, plays: bool, place: str) -> None:
    """Each process has a copy of the folders of its own."""
    _judges.append(Judge(root, Path(tempfile.mkdtemp(dir=place)), plays=plays))


def _judge(mutation: Mutation) -> Judged:
    return _judges[0].judge(mutation)
