"""The step as the `Host` of the process instances it runs: what they ask is answered by the part that knows it."""

from __future__ import annotations

from engine.casework.step import arrivals, children, delivery
from engine.casework.step.closure import end_instance
from engine.casework.step.computation import execute_now, true_flows
from engine.casework.step.guards import hold
from engine.casework.step.step import Step
from engine.diagram.model import Element, ElementKind, Flow
from engine.errors import EngineError
from engine.runtime import Token

#: What can be stuck while its token waits as it should, so that the incident goes when the token goes on.
_STUCK_UNPARKED = (ElementKind.CALL, ElementKind.CATCH, ElementKind.RECEIVE)


class StepHost:
    """One step's answers to its process instances."""

    def __init__(self, step: Step) -> None:
        self._step = step

    def allocate(self) -> int:
        return self._step.allocate()

    def true_conditions(
        self, instance: int, gateway: Element, flows: tuple[Flow, ...], *, only_first: bool
    ) -> list[Flow]:
        return true_flows(self._step, self._step.loaded[instance], gateway, flows, only_first=only_first)

    def execute(self, instance: int, element: Element) -> None:
        execute_now(self._step, self._step.loaded[instance], element)

    def arrived(self, instance: int, token: Token, element: Element) -> None:
        arrivals.arrive(self._step, self._step.loaded[instance], token, element)

    def left(self, token: Token, element: Element, *, is_cancelled: bool) -> None:
        if is_cancelled or element.kind in _STUCK_UNPARKED:
            self._step.gone_tokens.append(token.number)
        arrivals.leave(self._step, token, element, is_cancelled=is_cancelled)

    def parked(self, instance: int, token: Token, element: Element, error: EngineError) -> None:
        self._step.incident(self._step.loaded[instance], token.number, element, error)

    def thrown(self, instance: int, token: Token, element: Element) -> None:
        loaded = self._step.loaded[instance]
        self._step.deliver_at_rest(lambda: delivery.deliver_thrown(self._step, loaded, token.number, element))

    def is_throwing(self) -> bool:
        return self._step.is_throwing

    def reached_end(self, instance: int, element: Element) -> None:
        step = self._step
        ending = (guard for guard in step.guards if element.id in guard.ends)
        hold(step, ending, at=f"“{element.label}”", items=step.loaded[instance].items)

    def escaped(self, instance: int, code: str, *, is_error: bool) -> bool:
        return delivery.offer_to_parent(self._step, self._step.loaded[instance], code, is_error=is_error)

    def ended(self, instance: int, element: Element) -> None:
        loaded = self._step.loaded[instance]
        if element.kind is ElementKind.END:  # one that ends without says nothing of how
            loaded.ended_as = element.properties.get("closes_as") or element.name or None
        if loaded.parent is None:
            self._step.later(lambda: end_instance(self._step, loaded, element))
        else:
            children.end_child(self._step, loaded)
