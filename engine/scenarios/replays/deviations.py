"""What comes out otherwise when the same was done under another version, in sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.casework.words.values import in_words
from engine.scenarios.replays.occurrences import Aspect, Occurrence
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    aspect: Aspect
    sentence: str  #: names no applicant
    to: str = ""  #: of a letter: whom it goes to

    @property
    def in_full(self) -> str:
        return f"{self.sentence.removesuffix('.')} (to {self.to})." if self.to else self.sentence


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
    return Deviation(aspect=only.aspect, sentence=_only(only, is_new=was is None, teams=teams), to=only.to)


def _changed(was: Occurrence, now: Occurrence, teams: Mapping[str, str]) -> Deviation:
    day, instead = weekday_in_words(now.on), weekday_in_words(was.on)
    match now.aspect:
        case Aspect.DECISION:
            return _difference(now, f"“{now.label}” would be decided {_worth(now)}, not {_worth(was)}.")
        case Aspect.WAY:
            return _difference(now, f"At “{now.label}” the way would be {now.value}, not {was.value}.")
        case Aspect.END if was.value != now.value:
            return _difference(now, f"The case would end as “{now.value}”, not as “{was.value}”.")
        case Aspect.TASK if was.value != now.value:
            team, before = teams.get(now.value, now.value), teams.get(was.value, was.value)
            return _difference(now, f"“{now.label}” would be for {team}, not for {before}.")
    verb = {
        Aspect.LETTER: "would leave", Aspect.TASK: "would be asked", Aspect.END: "would end",
        Aspect.DAY: "would be due" if now.value else "would come by itself",
    }[now.aspect]  # fmt: skip
    named = now.label if now.aspect is Aspect.END else f"“{now.label}”"
    return Deviation(aspect=Aspect.DAY, sentence=f"{named} {verb} on {day}, not on {instead}.", to=now.to)


def _only(each: Occurrence, *, is_new: bool, teams: Mapping[str, str]) -> str:
    day, label = weekday_in_words(each.on), f"“{each.label}”"
    match each.aspect:
        case Aspect.DECISION:
            return f"{label} would be decided too: {_worth(each)}." if is_new else f"{label} would not be decided."
        case Aspect.WAY:
            return f"{label} would be come to: {each.value}." if is_new else f"{label} would not be come to."
        case Aspect.END:
            return f"The case would be closed on {day}." if is_new else "The case would not be closed."
        case Aspect.LETTER:
            return f"{label} would leave too, on {day}." if is_new else f"{label} would not leave."
        case Aspect.TASK:
            team = teams.get(each.value, each.value)
            return f"{label} would be asked of {team}." if is_new else f"{label} would not be asked."
        case _ if each.value:
            return f"{label} would be due on {day}." if is_new else f"{label} would have no day; it was {day}."
        case _:
            return f"{label} would come by itself on {day}." if is_new else f"{label} would not come by itself."


def _difference(now: Occurrence, sentence: str) -> Deviation:
    return Deviation(aspect=now.aspect, sentence=sentence)


def _worth(each: Occurrence) -> str:
    return f"“{in_words(json.loads(each.value))}”"
