"""Wherever a case ends, those to whom the Act owes a letter were written one on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine import feel
from engine.check.course import TooManyStatesError, Walk
from engine.check.finding import error, warning
from engine.check.level_outcome import Told
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.subjects import letter_of
from engine.check.suppositions import outcomes
from engine.check.touched import names_in
from engine.diagram import Element, ElementKind, Process
from engine.problems import Problem
from engine.variants import Guard, Owed, Variant
from engine.variants.policy import is_of_the_act

#: What counts as told once a letter that is owed is written.
_WRITTEN = "a letter that is owed"


def look(policy: Policy) -> Iterator[Problem]:
    main = policy.main_process
    if main is None or not main.beginnings():
        return
    for owed in policy.variant.settings.owed:
        try:
            ends = _without_a_letter(policy, main, owed)
        except TooManyStatesError:
            yield warning(
                policy.place_in_settings(),
                f"A case can go on in more ways than are walked, so it is not known whether everybody is "
                f"told. {owed.sentence}",
            )
            continue
        say = error if is_of_the_act(owed.clause) else warning
        to = f" to the {owed.to}" if owed.to else ""
        for end in ends:
            element = main.elements[end]
            yield say(
                place_of(policy.variant.process_file[main.id], element),
                f"The end {quoted(element)} can be reached where {owed.when}, and on no way to it is a letter{to} "
                f"written that carries out {owed.clause}: {owed.sentence} Send one before, or name the clause at the "
                "letter that does.",
            )


class _LetterWalk(Walk):
    """The courses of a case, with whether one of some letters was written."""

    def __init__(
        self, variant: Variant, tracked: frozenset[str], *, letters: frozenset[str], anew: frozenset[str]
    ) -> None:
        """`letters`: their ids. `anew`: the facts of which another answer makes as if none had been written."""
        super().__init__(variant, {}, tracked)
        self._decisions = frozenset(variant.decisions)
        self._letters = letters
        self._anew = anew

    def refused(self, guards: Iterable[Guard], told: Told) -> list[Guard]:
        """Those that certainly hold: not what goes by a decision, which can come to anything here."""
        return super().refused((each for each in guards if not names_in(each.unless) & self._decisions), told)

    def touched(self, process: Process, parent: str | None) -> frozenset[str]:
        """A letter, too: one can be written anywhere, and another answer can come anywhere."""
        return super().touched(process, parent) | {_WRITTEN}

    def passed(self, element: Element, told: Told) -> Told:
        """A letter counts as written where a course comes to it, whether or not it can be delivered."""
        is_written = element.kind is ElementKind.SEND and letter_of(element) in self._letters
        return told | {(_WRITTEN, True)} if is_written else told

    def tell(self, told: Told, given: Mapping[str, Any]) -> Told:
        after = super().tell(told, given)
        before = dict(told)
        is_other = any(before.get(name) != value for name, value in after if name in self._anew)
        return after - {(_WRITTEN, True)} if is_other else after


def _without_a_letter(policy: Policy, main: Process, owed: Owed) -> list[str]:
    """The ends of the case that are reached where the letter is owed, and never with it."""
    letters = policy.variant.letters.values()
    fitting = frozenset(
        letter.id for letter in letters if owed.clause in letter.clauses and (not owed.to or owed.to in letter.roles)
    )
    asked = feel.parse(owed.when).names
    conditions = {name for flow in main.flows.values() if flow.condition for name in names_in(flow.condition)}
    tracked = frozenset((asked | conditions | {_WRITTEN}) - policy.variant.decisions.keys() - {"case", "council"})
    walk = _LetterWalk(policy.variant, tracked, letters=fitting, anew=asked if owed.is_owed_anew else frozenset())
    walk.level(main, None, frozenset())
    owing: set[tuple[str, Told]] = set()
    told: set[tuple[str, Told]] = set()
    for process, parent, level in walk.levels():
        for end, facts in level.ends if process == main.id and parent is None else ():
            if outcomes(owed.when, walk.facts(facts)) != {True}:
                continue
            known = (end, frozenset((name, value) for name, value in facts if name in asked))
            (told if (_WRITTEN, True) in facts else owing).add(known)
    return sorted({end for end, _ in owing - told})


RULE = Rule(
    name="owed", summary="Wherever a case ends, those to whom the Act owes a letter were written one on the way.",
    look=look, needs_variant=True,
)  # fmt: skip
