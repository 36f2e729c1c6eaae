"""The guards of the policy: what must be so before something is told, sent or ended, whoever does it and wherever.

A guard sees what is known of the subject and of the case, and every decision of the folder by its id, made on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine import feel
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.scope import NOTHING, Scope
from engine.casework.step.sight import evaluator_among
from engine.casework.step.step import Step
from engine.casework.step.versions import Version
from engine.dmn import Explanation
from engine.errors import EngineError, GuardError
from engine.model import Subject
from engine.variants import CORRECTION_REASON, TOLD_BY, WAS, Guard


def hold(
    step: Step,
    guards: Iterable[Guard],
    *,
    at: str,
    items: Sequence[Subject] = (),
    was: Mapping[str, feel.Value] = NOTHING,
    correction_reason: str = "",
    told_by: str = "",
) -> None:
    """Raises GuardError where one of these guards of the policy holds; without any, nothing is looked at.

    `at`: what is being done, as people call it. `items`: those that it is about, the nearest first. `was`: of the
    guarded facts that are told, what was known before. `told_by`: who tells them.
    """
    if asking := tuple(guards):
        who = step.people.staff(told_by) if any(guard.asks_who for guard in asking) else None
        told = {WAS: dict(was), CORRECTION_REASON: correction_reason or None, TOLD_BY: who}
        seen = evaluator_among(step, tuple(item for item in items if not item.is_case))
        refuse(asking, step.version, seen.with_values(told), at)


def refuse(guards: Iterable[Guard], version: Version, seen: Evaluator, at: str) -> None:
    """Raises GuardError, with the sentences of all that hold on what is seen."""
    held: list[Guard] = []
    reasons: dict[str, str] = {}
    for guard in guards:
        decided = _Decided(version, seen)
        try:
            holds = _holds(guard, decided)
        except EngineError as problem:  # what cannot be worked out is not known to be so
            holds, decided.reasons["?"] = True, str(problem)
        if holds:
            held.append(guard)
            reasons |= decided.reasons
    if held:
        raise GuardError(
            " ".join(dict.fromkeys(guard.words for guard in held)),
            guards=tuple(guard.name for guard in held),
            at=at,
            reasons="\n".join(reasons.values()),
        )


def would_hold(guard: Guard, version: Version, seen: Evaluator, *, answers: frozenset[str]) -> bool:
    """Whether the guard holds on what is known now, whatever is still to be answered: `answers` are facts that will
    be told, so what it says of those with its `when` is left open."""
    try:
        decided = _Decided(version, seen)
        asks = guard.when is None or feel.parse(guard.when).names & answers or decided.value_of(guard.when) is True
        return bool(asks) and decided.value_of(guard.unless) is not True
    except EngineError:  # it is said where it is to be told
        return False


def _holds(guard: Guard, decided: _Decided) -> bool:
    return (guard.when is None or decided.value_of(guard.when) is True) and decided.value_of(guard.unless) is not True


class _Decided(Scope):
    """What is known, with the decisions of the folder; how each came out that was read is kept in `reasons`."""

    def __init__(self, version: Version, seen: Evaluator) -> None:
        self._version = version
        self._seen = seen
        self._evaluator = Evaluator(version, self, seen.now)
        self._made: dict[str, Explanation] = {}
        self.reasons: dict[str, str] = {}
        self.read = {}

    def value_of(self, expression: str) -> feel.Value:
        return self._evaluator.feel(expression)

    def _find(self, name: str) -> feel.Value:
        definitions = self._version.variant.decisions.get(name)
        if definitions is None:
            return self._seen.scope[name]
        if name not in self._made:
            seen = self._seen
            self._made[name] = definitions.explain(name, seen.scope, now=seen.now, functions=seen.functions)
            self.reasons[name] = self._made[name].text(with_notes=False)
        return self._made[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._version.variant.decisions, *self._seen.scope]))

    def with_values(self, extra: Mapping[str, feel.Value]) -> Scope:
        return self._seen.scope.with_values(extra)
