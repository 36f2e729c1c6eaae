"""Ways between the steps of a process that differ. Those that only lead to what is new, or came from what is gone, are
told with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.diagram import Flow, Process
from engine.variants.comparison.difference import Difference, How, details_of, instead, is_there

#: What of a way is told as a clause of its own.
_TAKEN = "is taken where"

_Pair = tuple[Flow | None, Flow | None]


def ways_between(was: Process, now: Process, file: str) -> Iterator[Difference]:
    for before, after in pairs_of_ways(was, now):
        if before is not None and after is not None:
            yield from _changed(before, after, was, now, file)
        elif before is not None and not is_told_elsewhere(before, was, now):
            yield _whole(before, was, How.GONE, file)
        elif after is not None and not is_told_elsewhere(after, now, was):
            yield _whole(after, now, How.ADDED, file)


def pairs_of_ways(was: Process, now: Process) -> list[_Pair]:
    """Each way with what it has become: by its id where it leads from and to the same, else by its ends, else by its id
    where both its ends are in both. Modellers give ids anew."""
    old, new = dict(was.flows), dict(now.flows)
    pairs = [(old.pop(key), new.pop(key)) for key in list(old) if key in new and _ends(old[key]) == _ends(new[key])]
    for known_by in (_ends_and_name, _ends):
        for key in list(old):
            same = next((each for each in new.values() if known_by(each) == known_by(old[key])), None)
            if same is not None:
                pairs.append((old.pop(key), new.pop(same.id)))
    for key in list(old):
        ends = {*_ends(old[key]), *_ends(new[key])} if key in new else None
        if ends is not None and ends <= was.elements.keys() & now.elements.keys():
            pairs.append((old.pop(key), new.pop(key)))
    return [*pairs, *((flow, None) for flow in old.values()), *((None, flow) for flow in new.values())]


def is_told_elsewhere(flow: Flow, held_by: Process, other: Process) -> bool:
    """Whether one of its ends is in this process alone, or the other leads from its first to its last end through steps
    that this one has not: then it is told with these. Not where it carries out a clause of its own."""
    if _clauses(flow):
        return False
    if any(end not in other.elements for end in _ends(flow)):
        return True
    beyond = _next(other, [flow.source]) - set(held_by.elements)
    seen = set[str]()
    while beyond:
        seen |= beyond
        reached = _next(other, beyond)
        if flow.target in reached:
            return True
        beyond = reached - set(held_by.elements) - seen
    return False


def _next(process: Process, sources: Iterable[str]) -> set[str]:
    wanted = set(sources)
    return {flow.target for flow in process.flows.values() if flow.source in wanted}


def _ends(flow: Flow) -> tuple[str, str]:
    return flow.source, flow.target


def _ends_and_name(flow: Flow) -> tuple[str, str, str]:
    return flow.source, flow.target, flow.name


def _changed(before: Flow, after: Flow, was: Process, now: Process, file: str) -> Iterator[Difference]:
    name = after.name or before.name
    way = f"The way from {_end(before.source, was)} to {_end(before.target, was)}{f' (“{name}”)' if name else ''}"
    details = details_of((
        (_TAKEN, before.condition, after.condition),
        ("its name", before.name, after.name),
        *_other_end("where it comes from", (before.source, was), (after.source, now)),
        *_other_end("where it leads", (before.target, was), (after.target, now)),
        *_properties(before, after),
    ))  # fmt: skip
    said = [
        f"it {each.what} {instead(each.after, each.before)}" if each.what == _TAKEN else each.sentence
        for each in details
    ]
    if said:
        yield Difference(
            how=How.CHANGED, what="way", sentence=f"{way}: {'; '.join(said)}.", clauses=_clauses(after), file=file,
            element_id=after.id, details=details,
        )  # fmt: skip


def _other_end(words: str, before: tuple[str, Process], after: tuple[str, Process]) -> Iterator[tuple[str, str, str]]:
    """Not where the same step is called otherwise."""
    if before[0] != after[0]:
        yield words, _label(*before), _label(*after)


def _properties(before: Flow, after: Flow) -> Iterator[tuple[str, str, str]]:
    for key in dict.fromkeys((*before.properties, *after.properties)):
        words = "the clause it carries out" if key == "clause" else f"its “{key}”"
        yield words, before.properties.get(key, ""), after.properties.get(key, "")


def _whole(flow: Flow, process: Process, how: How, file: str) -> Difference:
    way = f"The way from {_end(flow.source, process)} to {_end(flow.target, process)}{condition_of(flow)}"
    return Difference(
        how=how,
        what="way",
        sentence=f"{way} is {is_there(how)}.",
        clauses=_clauses(flow),
        file=file,
        element_id=flow.id,
    )


def condition_of(flow: Flow) -> str:
    """`(“Yes”, where =met)`, with a blank before it; "" where it is always taken."""
    said = [f"“{flow.name}”"] if flow.name else []
    said += [f"where {flow.condition}"] if flow.condition else []
    return f" ({', '.join(said)})" if said else ""


def _end(element_id: str, process: Process) -> str:
    return f"“{_label(element_id, process)}”"


def _label(element_id: str, process: Process) -> str:
    element = process.elements.get(element_id)
    return element.label if element is not None else element_id


def _clauses(flow: Flow) -> tuple[str, ...]:
    return tuple(flow.properties.get("clause", "").replace(",", " ").split())


def marks_of_ways(was: Process, now: Process) -> tuple[Mapping[str, How], Mapping[str, How]]:
    """How the ways of both are, by id: in the first those that are gone or others, in the second new or others."""
    old, new = {}, {}
    for before, after in pairs_of_ways(was, now):
        if before is None and after is not None:
            new[after.id] = How.ADDED
        elif after is None and before is not None:
            old[before.id] = How.GONE
        elif before is not None and after is not None and any(_changed(before, after, was, now, "")):
            old[before.id] = new[after.id] = How.CHANGED
    return old, new
