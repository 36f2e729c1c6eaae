"""Whether a case that stands so can come to its end by the new version: the token game of the check, from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.casework.migration.refusals import Refusals
from engine.check.tokens import Game, Level, Spot
from engine.diagram.model import ElementKind, Process
from engine.runtime import Token


class FreshGames:
    """The games of cases that begin by a version, each played once: with them those of the cases that are moved to it
    are compared."""

    def __init__(self) -> None:
        self._ending: dict[str, Mapping[str, bool]] = {}
        self._games: dict[tuple[str, str | None], Sequence[Game]] = {}

    def ending(self, process: Process) -> Mapping[str, bool]:
        """For each sub-process, whether one that begins can end by itself."""
        if process.id not in self._ending:
            self._ending[process.id] = _ending(process)
        return self._ending[process.id]

    def of(self, process: Process, parent: str | None) -> Sequence[Game]:
        """Of a level, those that what does not interrupt sets going too."""
        key = process.id, parent
        if key not in self._games:
            level = Level(process, parent, self.ending(process))
            asides = [event for event in level.elements.values() if _is_aside(level, event.id)]
            self._games[key] = [*level.play_all(), *(level.play(event) for event in asides)]
        return self._games[key]


def refuse_what_cannot_end(
    process: Process, tokens: Mapping[int, Token], fresh: FreshGames, refusals: Refusals
) -> bool:
    """`tokens`: of one process instance, as they would stand. What the drawing itself does to a case that begins by it
    is the check's to say: here is said what it does to this one alone. Gives whether so much goes on at the same time
    that not every order was tried."""
    is_cut_short = False
    scopes = dict.fromkeys(token.scope for token in tokens.values() if token.host is None)
    for scope in scopes:
        parent = tokens[scope].element_id if scope is not None else None
        here = [token for token in tokens.values() if token.scope == scope and token.host is None]
        is_cut_short |= _refuse_level(process, parent, here, fresh, refusals)
    return is_cut_short


def _refuse_level(
    process: Process, parent: str | None, here: list[Token], fresh: FreshGames, refusals: Refusals
) -> bool:
    spots = sorted(set(_spots(process, here)))
    if not spots:
        return False
    stands_at = frozenset(element_id for element_id, _ in spots)
    game = Level(process, parent, fresh.ending(process), stands_at=stands_at).play_from(spots)
    if game.is_cut_short:
        _refuse_joins_that_lack_a_way(process, spots, refusals)
        return True
    afresh = fresh.of(process, parent)
    is_refused = False
    for join_id, flows in game.stuck.items():
        if any(join_id in each.stuck for each in afresh):
            continue
        missing = [process.elements[process.flows[flow].source] for flow in sorted(flows)]
        refusals.never_ends(process.elements[join_id], missing)
        is_refused = True
    for element_id in game.doubled:
        if not any(element_id in each.doubled for each in afresh):
            refusals.done_twice(process.elements[element_id])
            is_refused = True
    if not (is_refused or _is_over(game) or game.doubled) and any(_is_over(each) for each in afresh):
        refusals.ends_nowhere([process.elements[element_id] for element_id, _ in spots])
    return False


def _refuse_joins_that_lack_a_way(process: Process, spots: Iterable[Spot], refusals: Refusals) -> None:
    """Of what is too much to be played: a join that waits for all its ways, to one of which nothing can come."""
    reached = _ahead(process, [element_id for element_id, _ in spots])
    come = {flow for _, flow in spots}
    for element_id in sorted(reached):
        join = process.elements[element_id]
        if join.kind is ElementKind.PARALLEL and len(join.incoming) > 1:
            sources = {flow: process.flows[flow].source for flow in join.incoming if flow not in come}
            missing = [process.elements[source] for source in sources.values() if source not in reached]
            if missing:
                refusals.never_ends(join, missing)


def _ahead(process: Process, standing: list[str]) -> set[str]:
    """Where tokens stand, and all to which they can come on their level."""
    found: set[str] = set()
    todo = list(standing)
    while todo:
        element_id = todo.pop()
        if element_id not in found:
            found.add(element_id)
            borders = [event.id for event in process.boundaries.get(element_id, ())]
            flows = process.elements[element_id].outgoing
            todo += [*borders, *(process.flows[flow].target for flow in flows)]
    return found


def _spots(process: Process, here: list[Token]) -> Iterator[Spot]:
    """Where they are on paper. Of the events behind a gateway one happens, so together they are one token at it."""
    for token in here:
        element = process.elements[token.element_id]
        if token.gate is not None and token.via is not None:
            yield process.flows[token.via].source, ""
        elif element.kind in (ElementKind.PARALLEL, ElementKind.INCLUSIVE) and len(element.incoming) > 1:
            yield element.id, token.via or element.incoming[0]
        else:
            yield element.id, ""


def _is_over(game: Game) -> bool:
    return game.ends or game.aborts or game.is_cut_short


def _is_aside(level: Level, element_id: str) -> bool:
    element = level.elements[element_id]
    return element.kind is ElementKind.BOUNDARY and not element.is_interrupting


def _ending(process: Process) -> Mapping[str, bool]:
    """For each sub-process, whether one that begins can end by itself."""
    found: dict[str, bool] = {}
    parents = [element.id for element in process.elements.values() if element.kind is ElementKind.SUBPROCESS]
    for parent in reversed(parents):  # a sub-process comes before those inside it in the file
        games = Level(process, parent, found).play_all()
        starts = process.event_starts.get(parent, ())
        is_cut_off = any(start.is_interrupting and found.get(start.parent or "", False) for start in starts)
        found[parent] = not games or any(_is_over(game) for game in games) or is_cut_off
    return found
