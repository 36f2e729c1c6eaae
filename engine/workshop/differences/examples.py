"""Worked examples of both, played on both: which days, letters and ends come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.errors import BadInputError
from engine.scenarios import Scenario, scenarios_of
from engine.variants import Variant
from engine.variants.comparison import Detail, Difference, How
from engine.words import counted, day_in_words, listed
from engine.workshop.examples.course import PlayedExample, play_example

#: What is told of a case, by what a sentence calls it; each in the order in which it came.
_Course = Mapping[str, tuple[str, ...]]
_END, _NO_DAY = "the case", "on no day"
#: So many examples of a group are named.
_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Otherwise:
    """What comes out otherwise in one example."""

    example: str
    before: tuple[str, ...]  #: () where it does not come about
    after: tuple[str, ...]


def examples_come_out(
    before: Variant, after: Variant, tell: Callable[[str], None], *, only: str | None = None
) -> tuple[Difference, ...]:
    """What comes out otherwise in the worked examples that both have, once for all to which the same happens.

    Each side's example of a name is played on that side, as it goes on by itself: what the example expects is not
    asked. `tell` hears which is played; `only` is the name of one. Raises BadInputError where both have none of it.
    """
    pairs, played = _in_both(before, after, only), []
    for number, (was, now) in enumerate(pairs, start=1):
        tell(f"Worked example {number} of {len(pairs)}: {now.name}")
        played.append((play_example(was, before), play_example(now, after)))
    return played_otherwise(played, before, after)


def played_otherwise(
    played: Iterable[tuple[PlayedExample, PlayedExample]], before: Variant, after: Variant
) -> tuple[Difference, ...]:
    """The same of what was played already: an example as it came out on `before`, and on `after`."""
    groups: dict[str, list[_Otherwise]] = {}
    names = {element.id: element.label for each in (before, after) for element in each.elements}
    for was, now in played:
        old, new = _course(was, names), _course(now, names)
        for what in dict.fromkeys((*old, *new)):
            if old.get(what, ()) != new.get(what, ()):
                found = _Otherwise(example=now.name, before=old.get(what, ()), after=new.get(what, ()))
                groups.setdefault(what, []).append(found)
    return tuple(_difference(what, found) for what, found in sorted(groups.items(), key=lambda each: -len(each[1])))


def _in_both(before: Variant, after: Variant, only: str | None) -> list[tuple[Scenario, Scenario]]:
    old = {scenario.name: scenario for scenario in scenarios_of(before)}
    pairs = [(old[each.name], each) for each in scenarios_of(after) if each.name in old and only in (None, each.name)]
    if not pairs:
        raise BadInputError(
            f"There is no worked example “{only}” in both." if only else "They have no worked example in common."
        )
    return pairs


def _course(played: PlayedExample, names: Mapping[str, str]) -> _Course:
    """`names`: what each element is called, the same for both."""
    if played.end is None:
        return {_END: ("is not opened",)}
    found: dict[str, list[str]] = {}
    for element, called, due in played.tasks:
        found.setdefault(f"“{names.get(element, called)}”", []).append(_day(due))
    for letter, day in played.letters:
        found.setdefault(f"the letter “{letter}”", []).append(_day(day))
    closed_as, on = played.end
    end = f"ends as “{closed_as}” on {_day(on)}" if on else "stays open"
    return {**{what: tuple(days) for what, days in found.items()}, _END: (end,)}


def _day(day: str) -> str:
    return day_in_words(date.fromisoformat(day)) if day else _NO_DAY


def _difference(what: str, found: Sequence[_Otherwise]) -> Difference:
    examples = counted(len(found), "worked example")
    named = [f"{each.example} ({told})" for each in found[:_MOST_NAMED] if (told := _told(each))]
    others = [counted(len(found) - _MOST_NAMED, "other")] if len(found) > _MOST_NAMED else []
    how = How.ADDED if not any(each.before for each in found) else How.GONE
    how = how if how is How.ADDED or not any(each.after for each in found) else How.CHANGED
    details = (Detail(what=each.example, before=", ".join(each.before), after=", ".join(each.after)) for each in found)
    return Difference(
        how=how, what="example", sentence=f"In {examples} {_comes_out(what, how)}: {listed([*named, *others])}.",
        details=tuple(details),
    )  # fmt: skip


def _comes_out(what: str, how: How) -> str:
    if what == _END:
        return "the case ends otherwise"
    if what.startswith("the letter"):
        return what + {How.ADDED: " is sent", How.GONE: " is not sent"}.get(how, " goes out on other days")
    return what + {How.ADDED: " is a task", How.GONE: " is no task"}.get(how, " is due on other days")


def _told(each: _Otherwise) -> str:
    """The first that is otherwise, and of which."""
    pair = next(_others(each), ("", ""))
    return f"{pair[1] or 'not at all'} instead of {pair[0] or 'not at all'}"


def _others(each: _Otherwise) -> Iterator[tuple[str, str]]:
    for number in range(max(len(each.before), len(each.after))):
        pair = ("".join(each.before[number : number + 1]), "".join(each.after[number : number + 1]))
        if pair[0] != pair[1]:
            yield pair
