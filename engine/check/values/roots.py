"""What slips have for their cause: a fact that is of another kind than its readers take it for, a choice that it has no
longer, an entry that items have no longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.check.graph import closure
from engine.check.touched import names_in
from engine.check.values.slip import Misfit, Slip, SlipKind
from engine.diagram import Process
from engine.forms import Form
from engine.problems import Thing, ThingKind

#: By fact, what it is made of.
Sources = Mapping[str, Sequence[str]]


class Roots:
    """Of the slips of one folder."""

    def __init__(self, misfits: Iterable[Misfit], processes: Iterable[Process], forms: Iterable[Form]) -> None:
        of_kind = [misfit.slip for misfit in misfits if _is_of_kind(misfit.slip)]
        #: facts that are of another kind than somebody takes them for, and how often that is said
        self._named = Counter(name for slip in of_kind for name in slip.about)
        lost = (problem.loses for form in forms for problem in form.problems)
        self._named.update(thing.name for thing in lost if thing is not None and thing.kind is ThingKind.KIND)
        self._sources: Sources = _sources_of(processes) if of_kind else {}

    def of(self, slip: Slip) -> Thing | None:
        """What is to be put right for the slip to be over; None where it stands alone."""
        if slip.entry:
            return Thing(kind=ThingKind.FACT, name=slip.entry)
        if slip.words and slip.fact:
            return Thing(kind=ThingKind.CHOICE, name=f"{slip.fact} {' '.join(sorted(slip.words))}")
        if not _is_of_kind(slip):
            return None
        reads = slip.reads & self._named.keys() if slip.kind is SlipKind.VALUE else ()
        fact = self._first(slip.about or reads)
        return Thing(kind=ThingKind.KIND, name=fact) if fact else None

    def _first(self, facts: Iterable[str]) -> str:
        """Of what is of another kind, that from which the rest comes, and of several that which is named most."""
        found = {each for each in closure(list(facts), self._sources) if each in self._named}
        firsts = {each for each in found if found.isdisjoint(self._behind(each))} or found
        return max(firsts, key=lambda each: (self._named[each], each), default="")

    def _behind(self, fact: str) -> set[str]:
        return set(closure(list(self._sources.get(fact, ())), self._sources)) - {fact}


def _is_of_kind(slip: Slip) -> bool:
    return slip.kind in (SlipKind.VALUE, SlipKind.CALL) and not slip.words and not slip.entry


def _sources_of(processes: Iterable[Process]) -> Sources:
    found: dict[str, set[str]] = {}
    for name, text in _givings(processes):
        found.setdefault(name, set()).update(names_in(text))
    return {name: sorted(names) for name, names in found.items()}


def _givings(processes: Iterable[Process]) -> Iterator[tuple[str, str]]:
    """Names with the expressions that give them."""
    for process in processes:
        for element in process.elements.values():
            for mapping in (*element.inputs, *element.outputs):
                if mapping.source.startswith("="):
                    yield mapping.name, mapping.source
            if element.result_variable and element.script:
                yield element.result_variable, element.script
