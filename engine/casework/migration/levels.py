"""In which sub-process each token stands under the new version: one that goes on, or a new one drawn round it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.casework.migration.matches import Matches
from engine.casework.migration.refusals import Refusals
from engine.diagram.model import Element
from engine.runtime import Token


class Levels:
    """Of one process instance."""

    def __init__(self, matches: Matches, tokens: Mapping[int, Token], refusals: Refusals) -> None:
        self._matches = matches
        self._tokens = tokens
        self._refusals = refusals
        #: tokens that new sub-processes get, by number: their element and the level on which they stand
        self.opened: dict[int, tuple[str, int | None]] = {}

    def scope_of(self, token: Token, image: Element) -> int | None:
        """The number of the sub-process round a token that stands at `image` from now on; None on the process's own
        level. Below zero: of one that is opened."""
        kept = {became.id: held for held, became in self._kept_round(token)}
        scope: int | None = None
        for around in self._round(image):
            held = kept.pop(around.id, None)
            if held is not None:
                scope = held.number
            elif self._matches.is_new(around.id) and not around.is_event_subprocess:
                scope = self._opened(around, scope)
            else:
                self._refusals.moved(image, self._element_round(token), around)
                return None
        if kept:  # it stands no longer in what is still there
            self._refusals.moved(image, self._element_round(token), self._innermost(image))
        return scope

    def _kept_round(self, token: Token) -> list[tuple[Token, Element]]:
        """The sub-processes round it that the new version has, the innermost first."""
        found = []
        scope = token.scope
        while scope is not None:
            held = self._tokens[scope]
            became = self._matches.image(held.element_id)
            if became is not None:
                found.append((held, became))
            scope = held.scope
        return found

    def _round(self, element: Element) -> list[Element]:
        """The sub-processes round it in the new version, the outermost first."""
        found: list[Element] = []
        parent = element.parent
        while parent is not None:
            found.insert(0, self._matches.new.elements[parent])
            parent = found[0].parent
        return found

    def _innermost(self, element: Element) -> Element | None:
        return self._matches.new.elements[element.parent] if element.parent is not None else None

    def _element_round(self, token: Token) -> Element | None:
        return self._matches.old.elements[self._tokens[token.scope].element_id] if token.scope is not None else None

    def _opened(self, around: Element, scope: int | None) -> int:
        for number, opened in self.opened.items():
            if opened == (around.id, scope):
                return number
        number = -1 - len(self.opened)
        self.opened[number] = around.id, scope
        return number
