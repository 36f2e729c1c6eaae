"""What names can be where a condition is known to be true, or not to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from engine.check.values.domain import NOTHING, Possible, constant
from engine.feel import syntax

#: What a name can be; None for one that there is not.
Scope: TypeAlias = Callable[[str], Possible | None]
#: ("name",) or ("name", "entry") → what it can be.
Narrowed: TypeAlias = Mapping[tuple[str, ...], Possible]


def bound(scope: Scope, names: Mapping[str, Possible]) -> Scope:
    """The scope with names in front."""
    return lambda name: names[name] if name in names else scope(name)


def narrowed(scope: Scope, found: Narrowed) -> Scope:
    """The scope, where what is known of names is narrower."""
    if not found:
        return scope
    names: dict[str, Possible] = {}
    for path, value in found.items():
        if len(path) == 1:
            names[path[0]] = value
            continue
        root = names.get(path[0]) or scope(path[0])
        if root is not None and root.entries is not None:
            names[path[0]] = replace(root, entries={**root.entries, path[1]: value})
    return bound(scope, names)


def narrowing(condition: syntax.Node, truth: bool, scope: Scope) -> Narrowed:
    """What is known of names where the condition is true; with `truth` False, where it is not."""
    if isinstance(condition, syntax.Logic) and (condition.operator == "and") == truth:
        found: dict[tuple[str, ...], Possible] = {}
        for operand in condition.operands:
            found.update(narrowing(operand, truth, narrowed(scope, found)))
        return found
    if _is_not(condition):
        return narrowing(condition.arguments[0], not truth, scope)  # type: ignore[attr-defined]  # `_is_not` has looked
    if not isinstance(condition, syntax.Comparison) or condition.operator not in ("=", "!="):
        return {}
    return _of_comparison(condition, (condition.operator == "=") == truth, scope)


def _is_not(node: syntax.Node) -> bool:
    return (
        isinstance(node, syntax.Invocation)
        and isinstance(node.function, syntax.Name)
        and node.function.name == "not"
        and len(node.arguments) == 1
    )


def _of_comparison(condition: syntax.Comparison, is_equal: bool, scope: Scope) -> Narrowed:
    path = path_of(condition.left)
    value = read(path, scope)
    if path is None or value is None or value.is_anything or not isinstance(condition.right, syntax.Literal):
        return {}
    if condition.right.value is None:
        return {path: NOTHING.named(value.fact) if is_equal else value.without_null()}
    one = constant(condition.right.value)
    if is_equal:
        return {path: replace(one, fact=value.fact)}
    if value.choices is not None and one.choices is not None and value.choices - one.choices:
        return {path: replace(value, choices=value.choices - one.choices)}
    return {}


def path_of(node: syntax.Node) -> tuple[str, ...] | None:
    """A name, or an entry of what has a name."""
    if isinstance(node, syntax.Name):
        return (node.name,)
    if isinstance(node, syntax.Path) and isinstance(node.base, syntax.Name):
        return (node.base.name, node.name)
    return None


def read(path: tuple[str, ...] | None, scope: Scope) -> Possible | None:
    if path is None:
        return None
    value = scope(path[0])
    if value is None or len(path) == 1:
        return value
    return value.entries.get(path[1]) if value.entries is not None else None
