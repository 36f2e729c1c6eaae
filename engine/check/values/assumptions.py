"""What a condition says of the names that it reads, where it is true and where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from engine.check.values.domain import NOTHING, Possible, ValueKind, join
from engine.check.values.scopes import Scope
from engine.check.values.worlds import Known, World, holds, worlds
from engine.errors import FeelError
from engine.feel import Expression, parse
from engine.feel.values import kind_of

#: A condition, and whether it is true; where it is not, it is false or null.
Assumed: TypeAlias = tuple[Expression, bool]


def read_condition(text: str | None) -> Expression | None:
    """A condition as it is drawn; None where there is none, or it cannot be read."""
    try:
        return parse(text.removeprefix("=")) if text else None
    except FeelError:
        return None


def narrowed(assumed: Sequence[Assumed], scope: Scope, known: Known) -> Known | None:
    """What is known where all of these are so; None where that cannot be.

    They are looked at together where all that they read is finite, else one by one.
    """
    parts = [(part, is_so) for each, is_so in assumed for part in each.operands("and" if is_so else "or")]
    together = _kept(parts, scope, known)
    if together is not None:
        return _projected(together, scope, known) if together else None
    for part in parts:
        found = _kept([part], scope, known)
        if found is not None:
            if not found:
                return None
            known = _projected(found, scope, known)
    return known


def _kept(assumed: Sequence[Assumed], scope: Scope, known: Known) -> list[World] | None:
    """The cases in which all of these are so; None where they cannot be told."""
    found = worlds([each for each, _ in assumed], scope, known)
    if found is None:
        return None
    kept = []
    for world in found:
        told = [holds(each, world) for each, _ in assumed]
        if None in told:
            return None
        if all(is_true is is_so for is_true, (_, is_so) in zip(told, assumed, strict=True)):
            kept.append(world)
    return kept


def _projected(found: Sequence[World], scope: Scope, known: Known) -> Known:
    """What is known of each name, by the cases that are left."""
    made = dict(known)
    for name in found[0]:
        before = known.get(name) or scope(name)
        if before is not None:
            after = _within(before, [world[name] for world in found])
            if after != before:
                made[name] = after
    return made


def _within(value: Possible, left: Sequence[Any]) -> Possible:
    """The value, where it is one of those that are left."""
    can_be_null = any(each is None for each in left)
    if all(each is None for each in left):
        return NOTHING.as_given(value.fact)
    if value.choices is None:
        return value if can_be_null else value.without_null()
    choices = value.choices & {(ValueKind(kind_of(each)), each) for each in left if each is not None}
    kinds = {kind for kind, _ in choices} | ({ValueKind.NULL} if can_be_null else set())
    return Possible(kinds=frozenset(kinds), choices=choices, fact=value.fact)


def known_of_all(states: Iterable[Known], scope: Scope) -> Known:
    """What is known wherever one comes from."""
    first, *others = states
    both = {name: _joined(name, value, others, scope) for name, value in first.items()}
    return {name: value for name, value in both.items() if value is not None}


def _joined(name: str, value: Possible, others: Sequence[Known], scope: Scope) -> Possible | None:
    for other in others:
        if name not in other:
            return None
        value = join(value, other[name])
    return None if value == scope(name) else value


def without(known: Known, names: Mapping[str, object] | frozenset[str]) -> Known:
    """What is known, but of these names."""
    return {name: value for name, value in known.items() if name not in names} if known else known
