"""What one part of an expression asks of whoever goes through the whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from engine.check.values.domain import Callee, Possible
from engine.check.values.scopes import Scope
from engine.check.values.slip import SlipKind
from engine.feel import syntax


class Trace(Protocol):
    """`engine.check.values.tracer.Tracer`, for the parts that stand in files of their own."""

    is_silent: bool  #: whether nobody is told of what does not fit

    def value(self, node: syntax.Node, scope: Scope) -> Possible: ...

    def wrong(
        self,
        sentence: str,
        kind: SlipKind = ...,
        *,
        words: frozenset[str] = ...,
        fact: str = ...,
        about: Iterable[Possible] = ...,
    ) -> Possible: ...

    def need_truth(self, value: Possible, what: str) -> None: ...

    def call(self, function: Callee, arguments: list[Possible]) -> Possible: ...
