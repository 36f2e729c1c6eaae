"""What is told of the requests, and what is to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bench.figure import Measure, Target, at_least, at_most, quantile
from engine.bench.web.plan import Work
from engine.errors import MeasurementBrokenError


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    words: str
    target: Target | None = None  #: of the time that 95 in 100 take at most, in milliseconds


#: Each kind of request, by the name under which it is counted.
KINDS: Mapping[str, Kind] = {
    "inbox": Kind(words="the inbox", target=at_most(100)),
    "task": Kind(words="opening a task", target=None),
    "complete": Kind(words="completing a task", target=at_most(150)),
    "followed": Kind(words="what followed, the page after it"),
    "case": Kind(words="opening a case"),
}


def figures_of(work: Work, *, timers_fired: int) -> list[Measure]:
    """Raises MeasurementBrokenError where a kind of request was never made: a target could not be missed then."""
    never = [name for name in KINDS if not work.seconds.get(name)]
    if never:
        said = f" The first error: {work.errors[0]}" if work.errors else ""
        raise MeasurementBrokenError(f"Nothing was measured of {', '.join(never)}.{said}")
    rate = sum(len(seconds) for seconds in work.seconds.values()) / (work.ended_at - work.began_at)
    figures = []
    for name, kind in KINDS.items():
        seconds = work.seconds[name]
        figures += [
            Measure(name=f"{name}_p50", words=f"{kind.words}: half took at most", value=quantile(seconds, 0.5),
                   unit="ms"),
            Measure(name=f"{name}_p95", words=f"{kind.words}: 95 in 100 took at most", value=quantile(seconds, 0.95),
                   unit="ms", target=kind.target),
            Measure(name=f"{name}_max", words=f"{kind.words}: the slowest of {len(seconds):,}",
                   value=1000 * max(seconds), unit="ms"),
        ]  # fmt: skip
    return [
        *figures,
        Measure(name="errors", words="requests that went wrong", value=len(work.errors), unit="", target=at_most(0)),
        Measure(name="requests_per_second", words="requests per second", value=rate, unit="/s"),
        Measure(name="timers_fired", words="timers fired meanwhile", value=timers_fired, unit="", target=at_least(1)),
    ]  # fmt: skip
