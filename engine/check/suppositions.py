"""What an expression can come to where only some of what it reads is known: tried on every value that can matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import Any

from engine import feel
from engine.clock import LONDON
from engine.errors import EngineError

#: Combinations of values that are tried; where there are more, both ways are open.
MOST_TRIED = 600
_NOW = datetime(2026, 3, 10, 12, tzinfo=LONDON)
_TEXTS = re.compile(r'"([^"\\]*)"')


class Supposed(Enum):
    """What is known of a value that is not itself known."""

    SOMETHING = "something"  #: it was told, whatever it says
    ANYTHING = "anything"  #: nor whether it was told


Facts = Mapping[str, Any]  #: by name: a FEEL value, or what is known of it


def outcomes(text: str, facts: Facts) -> frozenset[bool]:
    """Whether the expression can be true, and whether it can be anything else. A name that `facts` does not hold can
    be anything."""
    parsed = _parsed(text)
    names = parsed.names if parsed is not None else ()
    named = tuple((name, _frozen(facts.get(name, Supposed.ANYTHING))) for name in sorted(names))
    return _tried(text, named)


def settled(text: str, facts: Facts) -> Any:
    """The value of the expression where it can be but one text, number, truth or null; else what is supposed of it."""
    parsed = _parsed(text)
    if parsed is None or parsed.calls:
        return Supposed.ANYTHING
    given = {name: facts.get(name, Supposed.ANYTHING) for name in parsed.names}
    if any(isinstance(value, Supposed | list) for value in given.values()):
        return Supposed.ANYTHING
    value = _evaluated(parsed, given)
    return value if value is None or isinstance(value, str | bool | Decimal) else Supposed.SOMETHING


@lru_cache(maxsize=20_000)
def _tried(text: str, named: tuple[tuple[str, Any], ...]) -> frozenset[bool]:
    parsed = _parsed(text)
    if parsed is None:
        return frozenset((True, False))
    words = [*dict.fromkeys(_TEXTS.findall(text)), "…"]
    per_name = [list(_values(value, words, parsed.paths, name)) for name, value in named]
    tried = 1
    for values in per_name:
        tried *= len(values)
    if tried > MOST_TRIED:
        return frozenset((True, False))
    found = set()
    for chosen in product(*per_name):
        try:
            found.add(_evaluated(parsed, dict(zip((name for name, _ in named), chosen, strict=True))) is True)
        except EngineError:
            return frozenset((True, False))
        if len(found) == 2:
            break
    return frozenset(found)


def _values(value: Any, words: Iterable[str], paths: Iterable[tuple[str, ...]], name: str) -> Iterable[Any]:
    if not isinstance(value, Supposed):
        yield list(value) if isinstance(value, tuple) else value
        return
    leaves: list[Any] = [True, False, Decimal(0), Decimal(10**6), [], *words]
    if value is Supposed.ANYTHING:
        leaves.append(None)
    inside = {path[1:] for path in paths if path[0] == name and len(path) > 1}
    if inside == {("id",)}:  # of a person, or an item: one or another
        leaves = ["…", "another", *([None] if value is Supposed.ANYTHING else [])]
    for leaf in leaves:
        yield _nested(inside, leaf) if inside else leaf


def _nested(paths: Iterable[tuple[str, ...]], leaf: Any) -> dict[str, Any]:
    """A context that has the leaf at the end of each path; what holds another is a context itself."""
    whole: dict[str, Any] = {}
    for path in sorted(paths, key=len):
        within = whole
        for part in path[:-1]:
            deeper = within.get(part)
            within[part] = within = deeper if isinstance(deeper, dict) else {}
        within[path[-1]] = leaf
    return whole


def _evaluated(parsed: feel.Expression, values: Mapping[str, Any]) -> Any:
    return parsed.evaluate(values, now=_NOW)


@lru_cache(maxsize=4_000)
def _parsed(text: str) -> feel.Expression | None:
    try:
        return feel.parse(text.removeprefix("="))
    except EngineError:
        return None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
