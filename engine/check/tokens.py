"""The token game on paper: every state that one level of a process can get into.

Levels are looked at one by one: an embedded sub-process is for its surroundings one activity that ends or does not.
A stretch without a choice, a join or a boundary event counts as one place, so that states stay few. What a
non-interrupting boundary event sets going is a game of its own, because it may be played any number of times or never;
one that happens at most once can be played beside the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from engine.check.passage import GATEWAYS, as_passed, does_something, joins, ways_out
from engine.diagram import Element, ElementKind, EventKind, Process

#: States looked at in one game before it is given up. Policies drawn to be read stay below a few hundred.
MOST_STATES = 5_000
#: Tokens moved, all states of a level together. Far more than that many states of a drawn policy need.
MOST_WORK = 200_000

#: Where a token is: the head of a stretch, or a gateway that joins and the flow by which it came there.
Spot: TypeAlias = tuple[str, str]
#: All tokens of a level, in order. A level that is over has none.
State: TypeAlias = tuple[Spot, ...]

OVER: State = ()
#: The level ended in an error, which its surroundings see.
ABORTED: State = (("", ""),)


@dataclass(kw_only=True, slots=True)
class Game:
    """What was seen when every move was tried."""

    visited: set[str] = field(default_factory=set)  #: ids of elements that some token reached
    stuck: dict[str, set[str]] = field(default_factory=dict)  #: join that can wait for ever → flows it waits for
    doubled: dict[str, None] = field(default_factory=dict)  #: ids of elements that two tokens can reach at once
    ends: bool = False  #: whether the level can end by itself
    aborts: bool = False  #: whether it can end in an error
    circling: set[str] = field(default_factory=set)  #: elements in states from which no end can be reached
    is_cut_short: bool = False  #: whether there were too many states


class Level:
    """One level of a process: its own, or an embedded sub-process's."""

    def __init__(
        self,
        process: Process,
        parent: str | None,
        ending: Mapping[str, bool],
        *,
        beside: Iterable[Element] = (),
        stands_at: Container[str] = (),
    ) -> None:
        """`ending`: for each sub-process of the level, whether it can end by itself. `stands_at`: ids of elements at
        which tokens stand when the game begins, so that none is hidden in a stretch.

        `beside`: boundary events that do not interrupt, and are played too: each happens once or not, while its
        activity lasts. A token that it sets going can wait as long as it likes, so it is born as that is left.
        """
        self.process = process
        self._beside: dict[str, list[Element]] = {}
        for event in beside:
            self._beside.setdefault(event.attached_to or "", []).append(event)
        self._parent = parent
        self._stands_at = stands_at
        self.elements = {element.id: as_passed(element) for element in process.children.get(parent, ())}
        self._ending = ending
        self._stretches: dict[str, tuple[Element, ...]] = {}
        self._work = 0

    def and_beside(self, *events: Element) -> Level:
        """The same level, with these boundary events played beside the main way."""
        return Level(self.process, self._parent, self._ending, beside=events)

    def play_all(self) -> list[Game]:
        """A game from each start event of the level; without any, one from all with which it begins."""
        starts = self.process.start_events(self._parent)
        begun = self.process.beginnings(self._parent)
        return [self.play(start) for start in starts] if starts else [self.play(*begun)] if begun else []

    def play(self, *first: Element) -> Game:
        """Every state that follows from a token at each of `first`: a start event, a boundary event that has happened,
        or all with which a level begins that has no start event."""
        return self.play_from(self.enter(each.id, "") for each in first)

    def play_from(self, spots: Iterable[Spot]) -> Game:
        """Every state that follows from tokens that stand at these spots."""
        game = Game()
        start: State = tuple(sorted(spots))
        following: dict[State, list[State]] = {}
        todo = [start]
        while todo:
            state = todo.pop()
            if state in following:
                continue
            self._work += len(state)
            if len(following) >= MOST_STATES or self._work > MOST_WORK:
                game.is_cut_short = True
                break
            if state == ABORTED:
                game.aborts = True
                following[state] = []
                continue
            self._visit(state, game)
            moves = [] if state == OVER else self._all_moves(state, game)
            following[state] = [move for move in moves if not self._is_pile(move, game)]
            todo.extend(following[state])
            if state != OVER and not moves:
                self._note_stuck(state, game)
        game.ends = game.ends or OVER in following
        if not game.is_cut_short and not game.doubled:
            self._note_circling(following, game)
        return game

    def enter(self, element_id: str, flow_id: str) -> Spot:
        """The spot of a token that comes to an element by a flow."""
        element = self.elements[element_id]
        return (element_id, flow_id if joins(element) else "")

    def _stretch(self, head: str) -> tuple[Element, ...]:
        """The elements from `head` on that are passed one after the other without anything to decide."""
        if head not in self._stretches:
            passed = [self.elements[head]]
            while (following := self._sole_follower(passed[-1])) is not None and following not in passed:
                passed.append(following)
            self._stretches[head] = tuple(passed)
        return self._stretches[head]

    def _sole_follower(self, element: Element) -> Element | None:
        is_choice = element.kind in GATEWAYS and len(element.outgoing) != 1
        if is_choice or joins(element) or len(element.outgoing) != 1 or self._interruptions(element):
            return None
        if element.id in self._beside or not self._ending.get(element.id, True):
            return None
        following = self.elements.get(self.process.flows[element.outgoing[0]].target)
        if following is None or following.id in self._stands_at:
            return None
        return following if len(following.incoming) == 1 else None

    def _on_border(self, element: Element) -> tuple[Element, ...]:
        """Its boundary events; one that is drawn on another level, or is none, is said by other rules."""
        attached = self.process.boundaries.get(element.id, ())
        return tuple(event for event in attached if event.kind is ElementKind.BOUNDARY and event.id in self.elements)

    def _interruptions(self, element: Element) -> tuple[Element, ...]:
        return tuple(event for event in self._on_border(element) if event.is_interrupting)

    def _visit(self, state: State, game: Game) -> None:
        for head, flow in state:
            passed = [self.elements[head]] if flow else self._stretch(head)
            for element in passed:
                game.visited.add(element.id)
                game.visited.update(event.id for event in self._on_border(element))
        for spot in (spot for spot, count in Counter(state).items() if count > 1):
            head, flow = spot
            done = [self.elements[head]] if flow else [each for each in self._stretch(head) if does_something(each)]
            if done:
                game.doubled.setdefault(done[0].id)

    def _is_pile(self, state: State, game: Game) -> bool:
        """Whether tokens pile up at one spot: what follows has been said when there were two of them."""
        return any(count > 2 for count in Counter(state).values()) or (len(state) > 1 and bool(game.doubled))

    def _all_moves(self, state: State, game: Game) -> list[State]:
        """Every state that can follow, or as many as the work left allows."""
        found: dict[State, None] = {}
        for move in self._moves(state, game):
            found[move] = None
            self._work += len(move) + 1
            if self._work > MOST_WORK:
                break
        return list(found)

    def _moves(self, state: State, game: Game) -> Iterator[State]:
        for spot in dict.fromkeys(state):
            head, flow = spot
            if flow:
                yield from self._moves_of_join(state, self.elements[head])
            else:
                rest = list(state)
                rest.remove(spot)
                yield from self._moves_of_stretch(rest, self._stretch(head)[-1], game)

    def _moves_of_stretch(self, rest: list[Spot], tail: Element, game: Game) -> Iterator[State]:
        kind = tail.event.kind if tail.event is not None else EventKind.NONE
        if tail.kind is ElementKind.END and kind is EventKind.TERMINATE:
            yield OVER
        elif tail.kind is ElementKind.END and kind is EventKind.ERROR:
            yield ABORTED
        else:
            left = list(ways_out(tail)) if self._ending.get(tail.id, True) else []
            for event in self._interruptions(tail):
                game.visited.update(each.id for each in self._stretch(event.id))
                left.append(event.outgoing)
            for event in self._beside.get(tail.id, ()):
                left += [(*flows, *event.outgoing) for flows in left]
            yield from (self._go(rest, flows) for flows in left)

    def _moves_of_join(self, state: State, join: Element) -> Iterator[State]:
        here = [spot for spot in state if spot[0] == join.id]
        if join.kind is ElementKind.PARALLEL:
            if {flow for _, flow in here} != set(join.incoming):
                return
            rest = list(state)
            for flow in join.incoming:
                rest.remove((join.id, flow))
        elif self._may_still_come(state, join):
            return
        else:
            rest = [spot for spot in state if spot[0] != join.id]
        yield from (self._go(rest, flows) for flows in ways_out(join))

    def _may_still_come(self, state: State, join: Element) -> bool:
        """Whether a token elsewhere can reach a way in by which none has come (as the runtime decides it)."""
        arrived = {flow for head, flow in state if head == join.id}
        for head, flow in state:
            if head == join.id:
                continue
            at = head if flow else self._stretch(head)[-1].id
            reaching, leading = self._reaching[join.id], self._leading[join.id]
            if any(at in reaching[each] for each in join.incoming if each not in arrived) and not any(
                at in leading[each] for each in arrived
            ):
                return True
        return False

    @cached_property
    def _reaching(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Per inclusive join and way in: the elements from which it can be reached without passing the join."""
        return self._sources(with_borders=True)

    @cached_property
    def _leading(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The same by sequence flows alone."""
        return self._sources(with_borders=False)

    def _sources(self, *, with_borders: bool) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return {
            join.id: {flow: self._sources_of(flow, join.id, with_borders) for flow in join.incoming}
            for join in self.elements.values()
            if join.kind is ElementKind.INCLUSIVE and joins(join)
        }

    def _sources_of(self, flow_id: str, without: str, with_borders: bool) -> frozenset[str]:
        found: set[str] = set()
        todo = [self.process.flows[flow_id].source]
        while todo:
            element = self.elements.get(todo.pop())
            if element is None or element.id in found or element.id == without:
                continue
            found.add(element.id)
            if with_borders and element.attached_to is not None:
                todo.append(element.attached_to)
            todo.extend(self.process.flows[flow].source for flow in element.incoming)
        return frozenset(found)

    def _go(self, rest: list[Spot], flows: tuple[str, ...]) -> State:
        targets = ((self.process.flows[flow].target, flow) for flow in flows)
        arrived = [self.enter(target, flow) for target, flow in targets if target in self.elements]
        return tuple(sorted([*rest, *arrived]))

    def _note_stuck(self, state: State, game: Game) -> None:
        for join_id in {head for head, flow in state if flow}:
            arrived = {flow for head, flow in state if head == join_id}
            missing = set(self.elements[join_id].incoming) - arrived
            game.stuck.setdefault(join_id, set()).update(missing)

    def _note_circling(self, following: Mapping[State, list[State]], game: Game) -> None:
        before: dict[State, list[State]] = {}
        for state, nexts in following.items():
            for each in nexts:
                before.setdefault(each, []).append(state)
        good: set[State] = set()
        todo = [state for state, nexts in following.items() if not nexts]
        while todo:
            state = todo.pop()
            if state not in good:
                good.add(state)
                todo.extend(before.get(state, ()))
        for state in following.keys() - good:
            game.circling.update(head for head, _ in state)
