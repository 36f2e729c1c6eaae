"""A length of time that is stated in words is the one that the limit has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from engine.check.finding import Place, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.stated_times import Length, StatedTime, length_of, times_in
from engine.check.suggestions import listed
from engine.check.texts_of_limits import LimitText, Part, texts_of_limits
from engine.problems import Problem, ThingKind
from engine.variants import LIMITS_FILE, LimitRow, amount_of_limit


def look(policy: Policy) -> Iterator[Problem]:
    """Nothing where a limit could not be read: what a text states may be that one's length."""
    if any(problem.loses is not None and problem.loses.kind is ThingKind.LIMIT for problem in policy.variant.problems):
        return
    known = _Known(policy)
    for name, row in policy.variant.limits.items():
        yield from _of_limit(name, row, known)
    for text in texts_of_limits(policy):
        yield from _of_text(text, known)
    for floor in policy.variant.settings.floors:
        if floor.least is not None:
            least = length_of(floor.least.limit.amount, floor.least.limit.unit)
            stated = list(times_in(floor.sentence))
            if stated and all(each.length != least for each in stated):
                sentence = f'[floors."{floor.setting}"] is {floor.words}, and its sentence says {_quoted(stated)}.'
                yield warning(policy.place_in_settings(), f"{sentence} Correct one of the two.")


class _Known:
    """What the limits of a folder come to, and what its clauses state."""

    def __init__(self, policy: Policy) -> None:
        self._variant = policy.variant

    @cached_property
    def stated(self) -> Mapping[str, tuple[StatedTime, ...]]:
        """By clause, what its text states."""
        return {clause.id: tuple(times_in(clause.text)) for clause in self._variant.policy.values()}

    @cached_property
    def _on_clause(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, row in self._variant.limits.items():
            for clause in row.clauses:
                found.setdefault(clause, []).append(name)
        return {clause: tuple(names) for clause, names in found.items()}

    @cached_property
    def lengths(self) -> frozenset[Length]:
        """Of all limits."""
        return frozenset(map(_length, self._variant.limits.values()))

    def is_kept(self, length: Length, clause: str) -> bool:
        """Whether a limit that stands on the clause is so long."""
        return any(_length(self._variant.limits[name]) == length for name in self._on_clause.get(clause, ()))

    def named_in(self, text: str) -> Iterator[str]:
        """The clauses that a text names itself."""
        return (word for word in re.findall(r"\b[A-Z]+[0-9][\w.]*\b", text) if word in self.stated)

    def of_limit(self, name: str, *, itself: bool = False) -> dict[Length, str]:
        """What may be stated of a limit: what it is, and unless of the limit `itself`, what the clauses state on which
        it stands. Where these two differ that is said of the limit, and not again of each text."""
        row = self._variant.limits.get(name)
        if row is None:
            return {}
        words = f"the limit “{name}” is {amount_of_limit(row)}"
        found = {_length(row): words}
        for clause in row.clauses if not itself else ():
            found |= {each.length: f"{clause} says “{each.words}”" for each in self.stated.get(clause, ())}
        return found | {_length(row): words}

    def of_clause(self, clause: str) -> dict[Length, str]:
        """What may be stated of a clause: what it states itself, and what the limits come to that stand on it."""
        found = {each.length: f"{clause} says “{each.words}”" for each in self.stated.get(clause, ())}
        for name in self._on_clause.get(clause, ()):
            found |= self.of_limit(name)
        return found


def _of_limit(name: str, row: LimitRow, known: _Known) -> Iterator[Problem]:
    """A clause states one length and its limit has another; several limits may stand on a clause that states one."""
    for clause in row.clauses:
        stated = known.stated.get(clause, ())
        lost = [each for each in stated if not known.is_kept(each.length, clause)]
        if lost and all(each.length != _length(row) for each in stated):
            yield warning(
                Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                f"The limit “{name}” is {amount_of_limit(row)}, and {clause}, on which it stands, says "
                f"{_quoted(lost)}. Correct the one that is wrong.",
            )
            return


def _of_text(text: LimitText, known: _Known) -> Iterator[Problem]:
    stated = list(times_in(text.text))
    if text.part is Part.BEGINNING:
        stated = [each for each in stated if each.begins]
    elif text.part is Part.BOUNDS:
        stated = [each for each in stated if each.bounds]
    if not stated:
        return
    accepted: dict[Length, str] = {}
    for limit in text.limits:
        accepted |= known.of_limit(limit, itself=text.is_of_the_limit)
    for clause in text.clauses if not accepted else ():
        accepted |= known.of_clause(clause)
    right = listed(accepted.values(), most=4)
    for clause in known.named_in(text.text) if accepted else ():
        accepted |= known.of_clause(clause)
    wrong = [each for each in stated if each.length not in accepted]
    if text.part is Part.SOME and len(wrong) < len(stated):
        wrong = [each for each in wrong if each.length not in known.lengths]
    if accepted and wrong:
        yield warning(text.place, f"{text.what} says {_quoted(wrong[:1])}, and {right}. Correct the one that is wrong.")


def _length(row: LimitRow) -> Length:
    return length_of(row.limit.amount, row.limit.unit)


def _quoted(stated: list[StatedTime] | tuple[StatedTime, ...]) -> str:
    return listed(f"“{each.words}”" for each in stated)


RULE = Rule(
    name="stated-times",
    summary="A length of time that is stated in words is the one that the limit has.",
    look=look,
    needs_variant=True,
)
