"""Why a case cannot move to another version, a sentence for each reason, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from engine.casework.migration.whereabouts import VersionWords
from engine.diagram.model import Element, ElementKind, EventKind
from engine.words import day_in_words, listed

_WHAT = {
    ElementKind.USER: "a task for people",
    ElementKind.SEND: "sent by itself",
    ElementKind.SERVICE: "done by itself",
    ElementKind.CALL: "a process of its own",
    ElementKind.RECEIVE: "a message that is waited for",
}


class Refusals:
    """Collects them: people hear of all at once."""

    def __init__(self, words: VersionWords) -> None:
        self._was = words.was
        self._now = words.now
        self.sentences: list[str] = []

    def _say(self, sentence: str) -> None:
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def no_process(self, name: str) -> None:
        self._say(f"“{name}” runs, and {self._now} has no such process.")

    def no_step(self, element: Element) -> None:
        self._say(f"“{element.label}” is open, and {self._now} has no such step. Say what it became.")

    def other_kind(self, old: Element, new: Element) -> None:
        self._say(f"“{old.label}” is {_what(old)} in {self._was} and {_what(new)} in {self._now}.")

    def moved(self, element: Element, out_of: Element | None, into: Element | None) -> None:
        where = f" from “{out_of.label}”" if out_of is not None else ""
        where += f" into “{into.label}”" if into is not None else " to where nothing stands round it"
        self._say(f"“{element.label}” has moved{where} in {self._now}, which has not begun there.")

    def other_process_called(self, element: Element, old: str, new: str, running: int) -> None:
        runs = f"{running} of them still {'runs' if running == 1 else 'run'}"
        self._say(f"“{element.label}” calls “{old}” in {self._was} and “{new}” in {self._now}; {runs}.")

    def other_loop(self, old: Element, new: Element) -> None:
        self._say(
            f"“{old.label}” is done {_how_often(old)} in {self._was} and {_how_often(new)} in {self._now}, and some of "
            "it is done already."
        )

    def no_way_in(self, join: Element) -> None:
        self._say(f"A branch waits at “{join.label}”, and {self._now} does not show by which way it came there.")

    def two_become_one(self, first: Element, second: Element, became: Element) -> None:
        self._say(f"“{first.label}” and “{second.label}” are open, and both would become “{became.label}”.")

    def no_gateway(self, gateway: Element) -> None:
        self._say(f"The case waits for what comes first behind “{gateway.label}”, and {self._now} has no such gateway.")

    def event_became_one_of_several(self, element: Element, gateway: Element) -> None:
        self._say(f"“{element.label}” stands alone in {self._was}, and behind “{gateway.label}” in {self._now}.")

    def limit_gone(self, limit: str, label: str) -> None:
        self._say(
            f"The limit “{limit}” is gone in {self._now}, and “{label}” has a deadline by it. Say under [deadlines] "
            f'whether that is kept: {limit} = "kept", or ends: "anew".'
        )

    def is_being_done(self, element: Element) -> None:
        self._say(f"“{element.label}” is being done at this moment. Try again in five minutes.")

    def may_have_left(self, element: Element) -> None:
        self._say(
            f"“{element.label}” was tried already and may have left the building, and {self._now} does it otherwise. "
            "Let it be finished first."
        )

    def never_ends(self, join: Element, missing: Sequence[Element]) -> None:
        waits = listed([f"“{each.label}”" for each in missing]) or "what never comes"
        self._say(f"From here the case could never end by {self._now}: “{join.label}” waits for {waits}.")

    def ends_nowhere(self, standing: Iterable[Element]) -> None:
        at = listed([f"“{each.label}”" for each in standing])
        self._say(f"From {at} the case could never end by {self._now}.")

    def done_twice(self, element: Element) -> None:
        self._say(
            f"From here “{element.label}” would be done twice: what the case does at the same time by {self._was}, "
            f"{self._now} does one after the other."
        )

    def cannot_be_set(self, label: str, why: str) -> None:
        self._say(f"“{label}” cannot go on by {self._now}: {why}")

    def items_lost(self, collection: str, count: int) -> None:
        self._say(f"“{collection}” are no longer kept by {self._now}, and this case has {count}.")

    def may_be_the_same(self, fired: Element, at: datetime, new: Sequence[Element]) -> None:
        names = listed([f"“{each.label}”" for each in new])
        self._say(
            f"“{fired.label}” was taken on {day_in_words(at)} and is not in {self._now}, which has {names} there. Say "
            f'whether it is the same, or that it became nothing: {fired.id} = "".'
        )


def _what(element: Element) -> str:
    if element.kind is ElementKind.CATCH and element.event is not None:
        return {
            EventKind.TIMER: "a day or time that is waited for", EventKind.MESSAGE: "a message that is waited for",
        }.get(element.event.kind, f"a {element.event.kind} that is waited for")  # fmt: skip
    return _WHAT.get(element.kind, f"{'an' if element.what[0] in 'aeiou' else 'a'} {element.what}")


def _how_often(element: Element) -> str:
    if element.loop is None:
        return "once"
    return "for each, one after the other," if element.loop.is_sequential else "for each at the same time"
