"""The code of `for`, `some`, `every` and filters (DMN 1.5, 10.3.2.9 and 10.3.2.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from engine.errors import FeelError, FeelLimitError
from engine.feel import syntax
from engine.feel.compiler import Code, Compiler, StaticScope
from engine.feel.numbers import whole
from engine.feel.run import ITEM_SIZE, Frame, Run
from engine.feel.values import FeelRange, kind_of
from engine.feel.wide import narrow_date, number_of

_Source = Callable[[Run, Frame], Iterable[Any] | None]


def _sources(
    compiler: Compiler, iterators: tuple[syntax.Iterator, ...], scope: StaticScope
) -> tuple[list[tuple[str, _Source]], StaticScope]:
    sources: list[tuple[str, _Source]] = []
    for iterator in iterators:
        source = compiler.compile(iterator.source, scope)
        end = None if iterator.end is None else compiler.compile(iterator.end, scope)
        sources.append((iterator.name, _source(source, end)))
        scope = scope.with_names(iterator.name)
    return sources, scope


def _source(source: Code, end: Code | None) -> _Source:
    if end is None:
        return lambda run, frame: items_of(run, source(run, frame))
    return lambda run, frame: steps_between(run, source(run, frame), end(run, frame))


def items_of(run: Run, value: Any) -> Iterable[Any] | None:
    """What an iteration goes through: a list, the whole numbers or days of a range, or the one value there is."""
    if type(value) is list:
        return value
    if value is None:
        return None
    if type(value) is FeelRange:
        if value.sign == "!=":
            run.warn("One cannot count what is in a range of everything but one value.")
            return None
        first, last = value.start, value.end
        found = steps_between(run, first, last)
        if found is None:
            return None
        return (
            item for item in found if (value.start_included or item != first) and (value.end_included or item != last)
        )
    return [value]


def steps_between(run: Run, first: Any, last: Any) -> Iterator[Any] | None:
    """The whole numbers or days from one to the other, downwards too; None where there are none."""
    start, end = whole(first), whole(last)
    if start is not None and end is not None:
        step = 1 if end >= start else -1
        return map(Decimal, range(start, end + step, step))
    if kind_of(first) == kind_of(last) == "date":
        return _days(number_of(first), number_of(last))
    run.warn(f"One cannot count from a {kind_of(first)} to a {kind_of(last)}.")
    return None


def _days(first: int, last: int) -> Iterator[Any]:
    step = 1 if last >= first else -1
    return map(narrow_date, range(first, last + step, step))


def _rounds(run: Run, frame: Frame, sources: list[tuple[str, _Source]], weight: int) -> Iterator[Frame | None]:
    """A frame for each combination, the last name running fastest; one None where a list is null."""
    name, source = sources[0]
    items = source(run, frame)
    if items is None:
        yield None
        return
    rest = sources[1:]
    for item in items:
        run.spend(weight)
        inner = Frame({name: item}, frame)
        if rest:
            yield from _rounds(run, inner, rest, weight)
        else:
            yield inner


def _placed(code: Code, position: int) -> Code:
    """The code, with the place of the repetition in an error that has none."""

    def placed(run: Run, frame: Frame | None) -> Any:
        try:
            return code(run, frame)
        except FeelError as error:
            raise run.place(error, position) from error.__cause__

    return placed


def compile_for(compiler: Compiler, node: syntax.For, scope: StaticScope) -> Code:
    """`for`: the list of the results; inside, `partial` is the list so far."""
    before = compiler.weight
    sources, inner = _sources(compiler, node.iterators, scope.with_names("partial"))
    names_before = len(compiler.names_read)
    body = compiler.compile(node.body, inner)
    reads_partial = "partial" in compiler.names_read[names_before:]
    weight = compiler.weight - before + 1

    def repeat(run: Run, frame: Frame | None) -> list[Any] | None:
        results: list[Any] = []
        outer = Frame({}, frame)
        for round_ in _rounds(run, outer, sources, weight):
            if round_ is None:
                return None
            if reads_partial:
                run.hold(len(results))
                round_.values.setdefault("partial", results.copy())
            run.size -= ITEM_SIZE
            results.append(body(run, round_))
        run.grow(0)
        return results

    return _placed(repeat, node.position)


def compile_quantified(compiler: Compiler, node: syntax.Quantified, scope: StaticScope) -> Code:
    """`some` and `every`: null where no round decides and one was null, and at a round that gives no truth value."""
    before = compiler.weight
    sources, inner = _sources(compiler, node.iterators, scope)
    body = compiler.compile(node.body, inner)
    weight = compiler.weight - before + 1
    decisive = not node.every
    word = "“every”" if node.every else "“some”"

    def decide(run: Run, frame: Frame | None) -> bool | None:
        found: bool | None = not decisive
        for round_ in _rounds(run, Frame({}, frame), sources, weight):
            if round_ is None:
                return None
            value = body(run, round_)
            if value is decisive:
                return True if decisive else False  # noqa: SIM210  # says to mypy that it is a truth value
            if type(value) is not bool:
                if value is not None:
                    run.warn(f"{word} has no answer: it was given a {kind_of(value)} for true or false.")
                    return None
                found = None
        return found

    return _placed(decide, node.position)


def compile_filter(compiler: Compiler, node: syntax.Filter, scope: StaticScope) -> Code:
    """`list[3]`, `list[-1]` by place; `list[condition]` by truth, with `item` and the item's entries as names."""
    base = compiler.compile(node.base, scope)
    condition, weight = compiler.measured(
        node.condition, StaticScope(names=scope.names.union({"item"}), in_filter=True)
    )

    def choose(run: Run, frame: Frame | None) -> Any:
        value = base(run, frame)
        if value is None:
            return None
        items = value if type(value) is list else [value]
        if not items:
            return None if _is_place(condition, run, frame) else []
        kept: list[Any] = []
        for item in items:
            run.spend(weight)
            inner = Frame({"item": item}, frame)
            if type(item) is dict:
                inner = Frame(item, inner)
            found = condition(run, inner)
            if found is True:
                run.size -= ITEM_SIZE
                kept.append(item)
            elif type(found) is Decimal:
                return _at(items, whole(found))
        run.grow(0)
        return kept

    return _placed(choose, node.position)


def _is_place(condition: Code, run: Run, frame: Frame | None) -> bool:
    """Whether the condition of an empty list is a place in it. One that fails without an item asks about items."""
    try:
        return type(condition(run, frame)) is Decimal
    except FeelLimitError:
        raise
    except FeelError:
        return False


def _at(items: list[Any], place: int | None) -> Any:
    if place is None or place == 0 or abs(place) > len(items):
        return None
    return items[place - 1 if place > 0 else place]
