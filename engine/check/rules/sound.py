"""Every case comes to an end: no join waits for ever, nothing is done twice by mistake, nothing is drawn in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import error, warning
from engine.check.passage import does_something, happens_once
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.tokens import Game, Level
from engine.diagram import Element, ElementKind, Process
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.processes:
        if _is_whole(process):
            yield from _of_process(file, process)


def _is_whole(process: Process) -> bool:
    """Whether every flow stays in its level and leads somewhere; where one does not, the allow-list says it."""
    for flow in process.flows.values():
        source, target = process.elements.get(flow.source), process.elements.get(flow.target)
        if source is None or target is None or source.parent != target.parent:
            return False
    return True


def _of_process(file: str, process: Process) -> Iterator[Problem]:
    ending: dict[str, bool] = {}
    parents = [element.id for element in process.elements.values() if element.kind is ElementKind.SUBPROCESS]
    # A sub-process comes before those inside it in the file, so the innermost levels are played first.
    for parent in [*reversed(parents), None]:
        level = Level(process, parent, ending)
        games = level.play_all()
        if parent is not None:
            ending[parent] = not games or any(game.ends for game in games) or _is_cut_off(process, parent, ending)
        if _is_cut_off(process, parent, ending):
            for game in games:
                game.circling.clear()
        for game in games:
            yield from _of_game(file, process, level, game)
        main_way = frozenset[str]().union(*(game.visited for game in games))
        asides = list(_asides(level, main_way))
        for event, aside in asides:
            together = [each for each, _ in asides if happens_once(each)] if happens_once(event) else [event]
            yield from _of_aside(file, level, event, aside, main_way, level.and_beside(*together))
        all_games = [*games, *(aside for _, aside in asides)]
        if not any(game.stuck or game.doubled or game.is_cut_short for game in all_games):
            yield from _dead(file, process, level, main_way.union(*(game.visited for game in all_games)))


def _is_cut_off(process: Process, level: str | None, ending: Mapping[str, bool]) -> bool:
    """Whether an event sub-process can end the level, wherever it stands."""
    starts = process.event_starts.get(level, ())
    return any(start.is_interrupting and ending.get(start.parent or "", False) for start in starts)


def _of_game(file: str, process: Process, level: Level, game: Game) -> Iterator[Problem]:
    for join_id, flows in game.stuck.items():
        join = level.elements[join_id]
        sources = [process.elements[process.flows[flow].source] for flow in sorted(flows)]
        waits = " and ".join(quoted(source) for source in sources) or "what has come already"
        if join.kind is ElementKind.PARALLEL:
            yield error(
                place_of(file, join),
                f"{quoted(join)} waits for all its {len(join.incoming)} ways in, and the way from {waits} is not always"
                " taken: the case would stop there for ever. Make it an exclusive gateway if only one way is taken, or"
                " part the ways by a parallel gateway.",
            )
        else:
            yield error(
                place_of(file, join),
                f"{quoted(join)} waits for the way from {waits}, which waits for it in turn. Take one of the two joins "
                "apart.",
            )
    for element_id in game.doubled:
        element = level.elements[element_id]
        if element.kind in (ElementKind.PARALLEL, ElementKind.INCLUSIVE):
            sentence = f"Two tokens can come to {quoted(element)} by the same way, and it would take only one of them."
        else:
            sentence = f"{quoted(element)} can be reached by two ways at the same time, so it would be done twice."
        yield error(
            place_of(file, element),
            f"{sentence} Bring the ways together before it by a gateway of the kind at which they part.",
        )
    for element_id in sorted(game.circling & level.elements.keys()):
        yield error(
            place_of(file, level.elements[element_id]),
            f"A case that has come to {quoted(level.elements[element_id])} can never end: it goes round for ever. Draw "
            "a way out of the circle.",
        )
    if game.is_cut_short:
        at = next(iter(level.elements.values()))
        yield warning(
            place_of(file, at),
            "So much can go on at the same time here that not every order was tried. Put some of it into a"
            " sub-process.",
        )


def _asides(level: Level, main_way: frozenset[str]) -> Iterator[tuple[Element, Game]]:
    """Each boundary event that does not interrupt and can happen, with the game it sets going beside the main way."""
    reached = set(main_way)
    played: set[str] = set()
    while event := next((e for e in level.elements.values() if _is_aside(e) and e.id in reached - played), None):
        game = level.play(event)
        played.add(event.id)
        reached |= game.visited
        yield event, game


def _is_aside(element: Element) -> bool:
    return element.kind is ElementKind.BOUNDARY and not element.is_interrupting


def _of_aside(
    file: str, level: Level, event: Element, game: Game, main_way: frozenset[str], beside: Level
) -> Iterator[Problem]:
    both = main_way & game.visited
    shared = next((e for e in level.elements.values() if e.id in both and does_something(e)), None)
    if shared is None:
        yield from _of_game(file, level.process, level, game)
        return
    is_joined = not any(each.stuck or each.doubled or each.is_cut_short for each in beside.play_all())
    if is_joined and happens_once(event):
        return  # an inclusive gateway waits for both, and goes on once
    if is_joined:
        sentence = (
            f"{quoted(event)} does not interrupt and can happen again, and its way leads into {quoted(shared)}. The "
            "main way is joined with it once: that and all that follows would be done again for each further time."
        )
    else:
        sentence = (
            f"{quoted(event)} does not interrupt, and its way leads into {quoted(shared)}, to which the main way leads "
            "too: that and all that follows would be done once more each time."
        )
    yield error(place_of(file, event), f"{sentence} Lead its way to an end event of its own, or make it interrupting.")


def _dead(file: str, process: Process, level: Level, visited: frozenset[str]) -> Iterator[Problem]:
    """What a flow leads to from something that can be reached, and yet no token gets to."""
    for element in level.elements.values():
        sources = [process.flows[flow].source for flow in element.incoming]
        if element.id not in visited and any(source in visited for source in sources):
            before = next(process.elements[source] for source in sources if source in visited)
            yield error(
                place_of(file, element),
                f"{quoted(element)} can never be reached: {quoted(before)} before it never ends by itself. Draw a plain"
                " end event in it, or delete what follows.",
            )


RULE = Rule(name="sound", summary="Every case comes to an end, and nothing is done twice by mistake.", look=look)
