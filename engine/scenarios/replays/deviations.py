"""What comes out otherwise when the same was done under another version, in sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine import feel
from engine.casework.words.values import in_words
from engine.scenarios.replays.occurrences import Aspect, Occurrence
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    aspect: Aspect
    sentence: str  #: nobody is named in it, nor anything told that may name somebody
    in_full: str


def deviations(was: Iterable[Occurrence], now: Iterable[Occurrence], teams: Mapping[str, str]) -> tuple[Deviation, ...]:
    """What matters most first. `teams`: what each is called, by id."""
    before, after = _sorted(was), _sorted(now)
    found, gone = [], set[tuple[str, ...]]()
    for key in dict.fromkeys((*before, *after)):
        pairs = _left_over(before.get(key, ()), after.get(key, ()))
        aspect, what = key
        gone |= {what[1:] for one, other in pairs if aspect is Aspect.TASK and (one is None or other is None)}
        found += [(what, pair) for pair in pairs]
    said = [
        _said(one, other, teams)
        for what, (one, other) in found
        if not (what[0] == "due" and what[1:] in gone)  # of a task that is not there no day is told besides
    ]
    order = list(Aspect)
    return tuple(sorted(dict.fromkeys(said), key=lambda each: order.index(each.aspect)))


_Sorted = dict[tuple[Aspect, tuple[str, ...]], list[Occurrence]]


def _sorted(occurrences: Iterable[Occurrence]) -> _Sorted:
    found: _Sorted = {}
    for each in occurrences:
        found.setdefault((each.aspect, each.what), []).append(each)
    return found


def _outcome(each: Occurrence) -> object:
    """What has to be the same. On which day something is decided follows from what came before."""
    return each.value if each.aspect in (Aspect.DECISION, Aspect.WAY) else (each.value, each.on)


def _left_over(
    was: Sequence[Occurrence], now: Sequence[Occurrence]
) -> list[tuple[Occurrence | None, Occurrence | None]]:
    """What is not the same in both, in pairs as far as they go: the first that was with the first that is."""
    same = Counter(map(_outcome, was)) & Counter(map(_outcome, now))
    before, after = _without(was, same), _without(now, same)
    many = max(len(before), len(after))
    return [
        (before[place] if place < len(before) else None, after[place] if place < len(after) else None)
        for place in range(many)
    ]


def _without(occurrences: Sequence[Occurrence], same: Counter[object]) -> list[Occurrence]:
    left, rest = Counter(same), []
    for each in occurrences:
        if left[_outcome(each)]:
            left[_outcome(each)] -= 1
        else:
            rest.append(each)
    return rest


def _said(was: Occurrence | None, now: Occurrence | None, teams: Mapping[str, str]) -> Deviation:
    if was is not None and now is not None:
        return _changed(was, now, teams)
    only = was or now
    assert only is not None  # noqa: S101  # one of a pair is there
    return _alone(only, is_new=was is None, teams=teams)


def _changed(was: Occurrence, now: Occurrence, teams: Mapping[str, str]) -> Deviation:
    day, instead, label = weekday_in_words(now.on), weekday_in_words(was.on), f"“{now.label}”"
    match now.aspect:
        case Aspect.DECISION:
            return _decided(was, now)
        case Aspect.WAY:
            return _deviation(now.aspect, f"At {label} the way would be {now.value}, not {was.value}.")
        case Aspect.END if was.value != now.value:
            return _deviation(now.aspect, f"The case would end as “{now.value}”, not as “{was.value}”.")
        case Aspect.TASK if was.value != now.value:
            team, before = teams.get(now.value, now.value), teams.get(was.value, was.value)
            return _deviation(now.aspect, f"{label} would be for {team}, not for {before}.")
    verb = {
        Aspect.LETTER: "would leave", Aspect.TASK: "would be asked", Aspect.END: "would end",
        Aspect.DAY: "would be due" if now.value else "would come by itself",
    }[now.aspect]  # fmt: skip
    named = now.label if now.aspect is Aspect.END else label
    return _deviation(Aspect.DAY, f"{named} {verb} on {day}, not on {instead}.", to=now.to)


def _alone(each: Occurrence, *, is_new: bool, teams: Mapping[str, str]) -> Deviation:
    """It would happen too, or would not."""
    day, label, team = weekday_in_words(each.on), f"“{each.label}”", teams.get(each.value, each.value)
    if each.aspect is Aspect.DECISION and is_new:
        told = f"{label} would be decided too"
        return _deviation(each.aspect, f"{told}.", in_full=f"{told}: “{in_words(_value(each))}”.")
    would, would_not = {
        Aspect.DECISION: ("", f"{label} would not be decided."),
        Aspect.WAY: (f"{label} would be come to: {each.value}.", f"{label} would not be come to."),
        Aspect.END: (f"The case would be closed on {day}.", "The case would not be closed."),
        Aspect.LETTER: (f"{label} would leave too, on {day}.", f"{label} would not leave."),
        Aspect.TASK: (f"{label} would be asked of {team}.", f"{label} would not be asked."),
        Aspect.DAY: (f"{label} would be due on {day}.", f"{label} would have no day; it was {day}.")
        if each.value
        else (f"{label} would come by itself on {day}.", f"{label} would not come by itself."),
    }[each.aspect]
    return _deviation(each.aspect, would if is_new else would_not, to=each.to)


def _decided(was: Occurrence, now: Occurrence) -> Deviation:
    """In words that a table gives somebody may be named; in a number, a yes or no nobody is."""
    label = f"“{now.label}” would be decided"
    plain, before = _plain(_value(now)), _plain(_value(was))
    told = f"{label} “{in_words(plain)}”, not “{in_words(before)}”." if plain != before else f"{label} otherwise."
    full = f"{label} “{in_words(_value(now))}”, not “{in_words(_value(was))}”."
    return _deviation(Aspect.DECISION, told, in_full=full)


def _plain(value: feel.Value) -> feel.Value:
    """What of it names nobody; None for nothing."""
    if isinstance(value, Mapping):
        return {name: inner for name, inner in value.items() if isinstance(inner, bool | int | float)}
    return value if isinstance(value, bool | int | float) else None


def _value(each: Occurrence) -> feel.Value:
    return json.loads(each.value)


def _deviation(aspect: Aspect, sentence: str, *, to: str = "", in_full: str = "") -> Deviation:
    full = in_full or (f"{sentence.removesuffix('.')} (to {to})." if to else sentence)
    return Deviation(aspect=aspect, sentence=sentence, in_full=full)
