"""No end of the case is drawn where a guard would refuse it: the way on is drawn, or the answer that leads there is
refused before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from engine import feel
from engine.check.course import TooManyStatesError, Walk
from engine.check.finding import error, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suppositions import outcomes
from engine.check.touched import names_in, read_by
from engine.diagram import Process
from engine.errors import EngineError
from engine.problems import Problem
from engine.variants import CASE_CLOSES, Guard, Variant
from engine.words import listed


def look(policy: Policy) -> Iterator[Problem]:
    main, variant = policy.main_process, policy.variant
    guards = [guard for guard in variant.settings.guards if guard.ends]
    if main is None or not main.beginnings() or not guards:
        return
    found: dict[tuple[str, str, str], str] = {}
    for world in _worlds(variant, guards):
        walk = Walk(variant, world, _tracked(variant, main, guards))
        try:
            walk.level(main, None, frozenset())
        except TooManyStatesError:
            yield warning(
                policy.place_in_settings(),
                "A case can go on in more ways than are walked, so it is not known whether an end is drawn where a "
                "guard would refuse it. Make the guards before ends read fewer facts.",
            )
            return
        met = listed([_name(variant, name) for name, is_so in world.items() if is_so])
        for process, end, guard in _refused(walk, main, guards):
            found.setdefault((process, end, guard.name), f" with {met} true" if met else "")
    for (process, end, name), given in found.items():
        element = variant.processes[process].elements[end]
        guard = next(each for each in guards if each.name == name)
        say = error if guard.is_of_the_act else warning
        yield say(
            place_of(variant.process_file[process], element),
            f"The end {quoted(element)} can be reached{given}, and the guard “{name}” would refuse it then:"
            f" {guard.words} Draw the way on, or have what leads there refused before.",
        )


def _refused(walk: Walk, main: Process, guards: list[Guard]) -> Iterator[tuple[str, str, Guard]]:
    """The ends that are reached where a guard before them certainly holds: process, end, guard."""
    for process, parent, level in walk.levels():
        closes = process == main.id and parent is None
        for end, told in level.ends:
            standing = [guard for guard in guards if end in guard.ends or (closes and CASE_CLOSES in guard.ends)]
            for guard in walk.refused(standing, told):
                yield process, end, guard


def _worlds(variant: Variant, guards: list[Guard]) -> Iterator[dict[str, bool]]:
    """What the yes-or-no decisions which these guards read can come to, where one of the guards can then hold."""
    read = {name for guard in guards for name in names_in(guard.unless) if name in variant.decisions}
    yes_or_no = sorted(name for name in read if variant.decisions[name].decisions[name].type_name == "boolean")
    for values in product((True, False), repeat=len(yes_or_no)):
        world = dict(zip(yes_or_no, values, strict=True))
        if any(outcomes(guard.unless, world) != {True} for guard in guards):  # otherwise none of them ever holds
            yield world


def _tracked(variant: Variant, main: Process, guards: list[Guard]) -> frozenset[str]:
    """The facts that are followed: what these guards read, what others stand before that read the same decisions or
    facts, and what says in the main process how the others ended.

    Every other condition is taken both ways, and so is who did something: people are compared by their ids, which
    nobody knows here.
    """
    read = {name for guard in guards for name in read_by(guard)}
    names = read | {fact for guard in variant.settings.guards if read_by(guard) & read for fact in guard.facts}
    names |= {name for flow in main.flows.values() if flow.condition is not None for name in names_in(flow.condition)}
    variables = {e.result_variable for e in variant.elements if e.result_variable}
    texts = [text for guard in variant.settings.guards for text in (guard.when, guard.unless) if text]
    return frozenset(names - variant.decisions.keys() - variables - _people(texts) - {"case", "council"})


def _people(texts: Iterable[str]) -> set[str]:
    """The facts of which guards compare the ids."""
    found = set()
    for text in texts:
        try:
            found |= {path[0] for path in feel.parse(text).paths if path[1:2] == ("id",)}
        except EngineError:
            continue
    return found


def _name(variant: Variant, decision: str) -> str:
    return f"“{variant.decisions[decision].decisions[decision].name}”"


RULE = Rule(
    name="ends", summary="No end of the case is drawn where a guard would refuse it.", look=look, needs_variant=True,
)  # fmt: skip
