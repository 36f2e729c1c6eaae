"""Where everything in a case would stand under another version of its policy, or why it cannot stand there.

A pure function of the processes of both versions, of where the case stands, and of what the owner says became of what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.casework.migration.compatible import Compatible
from engine.casework.migration.joins import way_into_join
from engine.casework.migration.levels import Levels
from engine.casework.migration.matches import Matches, PolicyMatches
from engine.casework.migration.refusals import Refusals
from engine.casework.migration.soundness import FreshGames, refuse_what_cannot_end
from engine.casework.migration.whereabouts import Standing, StandingInstance
from engine.diagram.model import Element, ElementKind, Process
from engine.runtime import Token

_JOINS = (ElementKind.PARALLEL, ElementKind.INCLUSIVE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Armed:
    """An event that will wait from now on."""

    element: Element
    scope: int | None
    host: int | None = None  #: what it waits beside
    gate: int | None = None  #: of an event behind an event-based gateway
    via: str | None = None


@dataclass(kw_only=True, slots=True)
class InstancePlan:
    """A number below zero is that of a token that is made for a new sub-process round others."""

    number: int
    process: Process  #: as it is run by the new version
    #: by their numbers, as they stand under the new version
    tokens: dict[int, Token] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)  #: tokens of new sub-processes, the outermost first
    ended: list[int] = field(default_factory=list)  #: events that wait no more, and sub-processes that are no more
    armed: list[Armed] = field(default_factory=list)
    #: by number, those whose element is another one now: was, is
    became: dict[int, tuple[Element, Element]] = field(default_factory=dict)
    is_cut_short: bool = False  #: so much goes on in it at the same time that not every order was tried
    fresh: frozenset[str] = frozenset()  #: ids of elements that the old version did not have


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePlan:
    instances: tuple[InstancePlan, ...]
    dropped: tuple[int, ...]  #: process instances that only wait for a time at which nothing begins any more
    refusals: tuple[str, ...]  #: () where the case may move


def plan_move(
    old: Mapping[str, Process],
    standing: Standing,
    matches: PolicyMatches,
    fresh: FreshGames,
    refusals: Refusals,
) -> CasePlan:
    """`old`: the processes of the version that the case has, as they are run, by id; `matches`: what became of them."""
    plans, dropped = [], []
    for instance in standing.instances:
        process, found = old[instance.process_id], matches.of(instance.process_id)
        if _only_waits_in_vain(process, instance, found):
            dropped.append(instance.number)
            continue
        if found is None:
            if process.drawn_in is None:  # of what is repeated, the activity that repeats it is asked after
                refusals.no_process(process.name or process.id)
            continue
        plans.append(_InstancePlanner(instance, found, standing, refusals, fresh).plan())
    return CasePlan(instances=tuple(plans), dropped=tuple(dropped), refusals=tuple(refusals.sentences))


def _only_waits_in_vain(process: Process, instance: StandingInstance, matches: Matches | None) -> bool:
    """Whether it has not begun and never would, since the new version begins nothing at that time."""
    starts = [process.elements[token.element_id] for token in instance.tokens]
    if not starts or not all(start.begins_by_time for start in starts):
        return False
    images = [matches.image(start.id) if matches is not None else None for start in starts]
    return not any(image is not None and image.begins_by_time for image in images)


class _InstancePlanner:
    def __init__(
        self,
        instance: StandingInstance,
        matches: Matches,
        standing: Standing,
        refusals: Refusals,
        fresh: FreshGames,
    ) -> None:
        self._instance = instance
        self._matches = matches
        self._standing = standing
        self._refusals = refusals
        self._tokens = {token.number: token for token in instance.tokens}
        self._levels = Levels(matches, self._tokens, refusals)
        self._compatible = Compatible(matches, standing, refusals)
        self._fresh = fresh
        new_ones = frozenset(element_id for element_id in matches.new.elements if matches.is_new(element_id))
        self._plan = InstancePlan(number=instance.number, process=matches.new, fresh=new_ones)

    def plan(self) -> InstancePlan:
        begins = all(self._was(token).begins_by_time for token in self._instance.tokens)
        for token in self._instance.tokens:
            if token.host is None and token.gate is None:
                self._place(token)
        self._place_gates()
        self._open_levels()
        for token in self._instance.tokens:
            if token.host is not None:
                self._place_armed(token)
        for number in list(self._plan.tokens):
            self._arm_on(number)
        if not begins:
            self._arm_inside(None)
            if not self._refusals.sentences:
                self._plan.is_cut_short = refuse_what_cannot_end(
                    self._plan.process, self._plan.tokens, self._fresh, self._refusals
                )
        return self._plan

    def _was(self, token: Token) -> Element:
        return self._matches.old.elements[token.element_id]

    def _place(self, token: Token) -> None:
        """A token that waits for itself: at an activity, an event or a join, or parked anywhere."""
        was = self._was(token)
        image = self._matches.image(was.id)
        if image is None:
            if was.kind is ElementKind.SUBPROCESS and not token.is_parked:  # what is inside moves up
                self._plan.ended.append(token.number)
            else:
                self._refusals.no_step(was)
            return
        if not self._compatible.may_become(token, was, image):
            return
        via = None
        if was.kind in _JOINS and len(was.incoming) > 1:
            via = way_into_join(self._matches, was, image, token.via) if image.kind is was.kind else None
            if via is None and not token.is_parked:
                self._refusals.no_way_in(image)
                return
            if via is not None and self._is_taken(token, image, via):
                self._refusals.no_way_in(image)
        elif token.via is not None:
            flow = self._matches.new.flows.get(token.via)
            via = flow.id if flow is not None and flow.target == image.id else None
        self._keep(token, image, via=via)

    def _is_taken(self, token: Token, join: Element, via: str) -> bool:
        """Whether another way in, by which a branch waits, has become the same."""
        return any(
            other.element_id == join.id and other.via == via and self._tokens[other.number].via != token.via
            for other in self._plan.tokens.values()
            if other.number in self._tokens and self._tokens[other.number].scope == token.scope
        )

    def _keep(self, token: Token, image: Element, *, via: str | None, scope: int | None = None) -> None:
        scope = self._levels.scope_of(token, image) if scope is None else scope
        self._plan.tokens[token.number] = replace(token, element_id=image.id, scope=scope, via=via)
        was = self._was(token)
        for other in self._plan.became.values():
            if other[1].id == image.id and other[0].id != was.id:
                self._refusals.two_become_one(other[0], was, image)
        self._plan.became[token.number] = was, image

    def _place_gates(self) -> None:
        """The events of which the first decides stay behind the gateway that waits for them."""
        gates: dict[int, list[Token]] = {}
        for token in self._instance.tokens:
            if token.host is None and token.gate is not None:
                gates.setdefault(token.gate, []).append(token)
        for gate, tokens in gates.items():
            flow = self._matches.old.flows.get(tokens[0].via or "")
            was = self._matches.old.elements[flow.source] if flow is not None else None
            image = self._matches.image(was.id) if was is not None else None
            if was is not None and (image is None or image.kind is not ElementKind.EVENT_GATEWAY):
                self._refusals.no_gateway(was)
            elif image is not None:
                self._place_behind(gate, tokens, image)

    def _place_behind(self, gate: int, tokens: list[Token], gateway: Element) -> None:
        flows = {self._matches.new.flows[each].target: each for each in gateway.outgoing}
        covered: set[str] = set()
        scope = self._levels.scope_of(tokens[0], gateway)
        for token in tokens:
            was, image = self._was(token), self._matches.image(token.element_id)
            if image is None or image.id not in flows or not self._compatible.is_same_event(token, was, image):
                self._plan.ended.append(token.number)
                continue
            covered.add(image.id)
            self._keep(token, image, via=flows[image.id], scope=scope)
        if not covered:
            self._refusals.no_step(self._was(tokens[-1]))
        for target, flow in flows.items():
            if target not in covered:
                event = self._matches.new.elements[target]
                self._plan.armed.append(Armed(element=event, scope=scope, gate=gate, via=flow))

    def _open_levels(self) -> None:
        for number, (element_id, scope) in self._levels.opened.items():
            self._plan.tokens[number] = Token(number=number, element_id=element_id, scope=scope)
            self._plan.opened.append(number)

    def _place_armed(self, token: Token) -> None:
        was, image = self._was(token), self._matches.image(token.element_id)
        if (
            image is None
            or not self._compatible.is_same_event(token, was, image)
            or not self._is_beside(image, token.host)
        ):
            self._plan.ended.append(token.number)
            return
        is_of_instance = token.host == self._instance.number
        host = None if is_of_instance else self._plan.tokens[token.host or 0]
        inside = token.host if not is_of_instance else None
        scope = inside if image.begins_event_subprocess else host.scope if host is not None else None
        self._plan.tokens[token.number] = replace(token, element_id=image.id, scope=scope, via=None)
        self._plan.became[token.number] = was, image

    def _is_beside(self, event: Element, host: int | None) -> bool:
        """Whether the event waits beside that of which `host` is the number: an activity, or the process itself."""
        if host == self._instance.number:
            return event.begins_event_subprocess and self._matches.new.beside(event) is None
        held = self._plan.tokens.get(host or 0)
        return held is not None and event.waits_beside and self._matches.new.beside(event) == held.element_id

    def _arm_on(self, number: int) -> None:
        """The events on the edge of what a token stands at, and inside it, wait from now on, unless they have
        happened."""
        held = self._plan.tokens[number]
        if number < 0 or held.is_parked or held.host is not None:
            return
        element = self._matches.new.elements[held.element_id]
        events = self._matches.new.boundaries.get(element.id, ())
        self._arm(events, number, held.scope)
        if element.kind is ElementKind.SUBPROCESS:
            self._arm_inside(number)

    def _arm_inside(self, number: int | None) -> None:
        element_id = self._plan.tokens[number].element_id if number is not None else None
        events = self._matches.new.event_starts.get(element_id, ())
        self._arm(events, number if number is not None else self._instance.number, number)

    def _arm(self, events: tuple[Element, ...], number: int, scope: int | None) -> None:
        armed = {token.element_id for token in self._plan.tokens.values() if token.host == number}
        happened = self._standing.happened.get(number, ())
        images = {event.element_id: self._matches.image(event.element_id) for event in happened}
        over = {image.id for image in images.values() if image is not None}
        new = [event for event in events if event.id not in armed and event.id not in over]
        timers = [event for event in new if event.event is not None and event.event.timer is not None]
        for event in happened:
            is_open = images[event.element_id] is None and not self._matches.is_said_to_be_gone(event.element_id)
            unknown = [each for each in timers if self._matches.is_new(each.id)]
            if is_open and unknown:
                self._refusals.may_be_the_same(self._matches.old.elements[event.element_id], event.at, unknown)
        self._plan.armed += [Armed(element=event, scope=scope, host=number) for event in new]
