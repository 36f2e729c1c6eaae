"""What a rule is: a name, a sentence, and a function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.check.policy import Policy
from engine.problems import Problem, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    name: str  #: one word or a few with hyphens: the file in engine/check/rules/ and the page in docs/rules/ bear it
    summary: str  #: what must be so, in one sentence
    look: Callable[[Policy], Iterable[Problem]]
    needs_variant: bool = False  #: it compares a diagram with the rest of its folder, so a lone file is not judged
    compares_files: bool = False  #: it looks into the rest of the folder where there is one, and judges a lone file too
    #: of these severities, what it says stands whatever files of the folder cannot be read
    stands: frozenset[Severity] = frozenset()
