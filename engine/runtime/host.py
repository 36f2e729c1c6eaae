"""What a process instance asks of the step that runs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from engine.diagram.model import Element, Flow
from engine.errors import EngineError
from engine.runtime.tokens import Token

#: Is told the id of a process, and of an element or flow of it that a token has taken. A boundary event, and an event
#: behind an event-based gateway, is taken when it happens; anything else when a token reaches it.
Watch: TypeAlias = Callable[[str, str], None]


class Host(Protocol):
    """The step. An instance is named by its number in the case.

    Any `EngineError` raised from `true_conditions`, `execute`, `arrived` or `reached_end` parks the token as an
    incident.
    """

    def allocate(self) -> int:
        """A number that nothing else in the case has."""

    def true_conditions(
        self, instance: int, gateway: Element, flows: tuple[Flow, ...], *, only_first: bool
    ) -> list[Flow]:
        """Those of the conditional flows whose condition is true, in order; at most one where `only_first`."""

    def execute(self, instance: int, element: Element) -> None:
        """Do a script or business rule task now."""

    def arrived(self, instance: int, token: Token, element: Element) -> None:
        """A token waits from now on: make its task, job, timer, subscription or children. Or a process or sub-process
        begins, which may be a time frame."""

    def left(self, token: Token, element: Element, *, is_cancelled: bool) -> None:
        """A waiting token is gone: completed, fired, or cancelled with all that belongs to it."""

    def parked(self, instance: int, token: Token, element: Element, error: EngineError) -> None:
        """The token could not be run. A person sees, retries or resolves it."""

    def thrown(self, instance: int, token: Token, element: Element) -> None:
        """A token throws: to be delivered when everything else in the case has come to rest, after what was thrown
        before it. Until then the token waits (`ProcessRun.throw`, `ProcessRun.complete`)."""

    def is_throwing(self) -> bool:
        """Whether something thrown is still to be delivered, so that what comes now comes after it."""

    def reached_end(self, instance: int, element: Element) -> None:
        """A token reaches an end event, and has done nothing there yet."""

    def escaped(self, instance: int, code: str, *, is_error: bool) -> bool:
        """An error or escalation that nothing in this instance catches: offer it to the parent. True if caught."""

    def ended(self, instance: int, element: Element) -> None:
        """The last token of the instance is gone; `element` is where it went."""
