"""What comes out otherwise in the worked examples of two policies, as far as both were played."""

from __future__ import annotations

from dataclasses import dataclass

from engine.casework.step.office import Office
from engine.variants import Variant
from engine.variants.comparison import Difference
from engine.workshop.differences.examples import played_otherwise
from engine.workshop.examples.kept import ask_to_play, played_examples


@dataclass(frozen=True, kw_only=True)
class ExamplesBeside:
    """Of the worked examples that both have."""

    in_both: int
    played: int  #: that were played on both
    is_waiting: bool  #: whether the others are being played in the background
    differences: tuple[Difference, ...]  #: what comes out otherwise in those that were played

    @property
    def is_whole(self) -> bool:
        return self.played == self.in_both


def examples_beside(office: Office, before: Variant, after: Variant) -> ExamplesBeside:
    """Four queries; nothing is played."""
    was, now = played_examples(office, before), played_examples(office, after)
    names = {each.name for each in was.scenarios} & {each.name for each in now.scenarios}
    pairs = [(was.played[name], now.played[name]) for name in sorted(names & was.rows.keys() & now.rows.keys())]
    return ExamplesBeside(
        in_both=len(names),
        played=len(pairs),
        is_waiting=len(pairs) < len(names) and (was.is_waiting or now.is_waiting),
        differences=played_otherwise(pairs, before, after),
    )


def ask_for_both(office: Office, before: Variant, after: Variant) -> None:
    """Have those that were not played yet played in the background, those of the second first."""
    for variant in (before, after):
        ask_to_play(office, variant)
