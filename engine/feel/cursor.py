"""Where the parser stands in the tokens, and how it reads names (DMN 1.5, 10.3.1.2 and 10.3.1.3).

A name may hold spaces and signs (`Pre-bureau risk category`). What is known to be in scope is matched first, the
longest first; otherwise words that stand side by side are one name, since nothing else could be meant by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from engine.errors import FeelError, FeelLimitError, FeelSyntaxError
from engine.feel.lexer import Lexeme, read_tokens
from engine.feel.syntax import OwnType

#: How deep the parts of an expression may stand in each other.
MAX_DEPTH = 100

#: words that cannot begin a name
RESERVED = frozenset(
    {"and", "or", "in", "then", "else", "return", "satisfies", "between", "true", "false", "null", "if", "for"}
    | {"some", "every"}
)
#: built-in functions whose names hold a reserved word; names only where a bracket follows
_NAMES_WITH_AND = (("date", "and", "time"), ("years", "and", "months", "duration"))

_NO_TYPES: Mapping[str, OwnType] = {}
_Known = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=2048)
def _words_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in read_tokens(name)[:-1])
    except FeelError:
        return ()  # a key such as 'half a "quote' exists, but no expression can name it


class Cursor:
    """The tokens of one text, read from left to right."""

    def __init__(self, text: str, names: Iterable[str], types: Mapping[str, OwnType] = _NO_TYPES) -> None:
        self.text = text
        #: types that the host has besides FEEL's own
        self.types = types
        self.tokens = read_tokens(text)
        self.index = 0
        self.depth = 0
        self._known: _Known = {}
        for name in (*names, *types):
            self.know(name)

    @property
    def token(self) -> Lexeme:
        return self.tokens[self.index]

    @property
    def position(self) -> int:
        return self.tokens[self.index].position

    def ahead(self, count: int = 1) -> Lexeme:
        return self.tokens[min(self.index + count, len(self.tokens) - 1)]

    def at(self, sign: str) -> bool:
        token = self.tokens[self.index]
        return token.text == sign and token.kind == "sign"

    def at_word(self, word: str) -> bool:
        token = self.tokens[self.index]
        return token.text == word and token.kind == "name"

    def take(self, sign: str) -> bool:
        """Step over a sign or word if it stands here."""
        token = self.tokens[self.index]
        if token.text == sign and token.kind != "string" and token.kind != "end":
            self.index += 1
            return True
        return False

    def expect(self, sign: str, why: str) -> None:
        if not self.take(sign):
            self.fail(f"Here '{sign}' is missing: {why}.")

    def fail(self, sentence: str, position: int | None = None) -> None:
        """Raise FeelSyntaxError, at the present token unless told otherwise."""
        raise FeelSyntaxError(sentence, expression=self.text, position=self.position if position is None else position)

    def deeper(self) -> None:
        """One level further in; the caller comes out by lowering `depth`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FeelLimitError(
                f"This expression is nested more than {MAX_DEPTH} deep. Split it into several.",
                expression=self.text[:80],
                position=self.position,
            )

    # names

    def know(self, name: str) -> None:
        """A name is in scope from here on. Only names with spaces or signs need telling."""
        if name.isidentifier():
            return
        words = _words_of(name)
        if len(words) < 2:
            return
        entries = self._known.setdefault(words[0], [])
        if (words, name) not in entries:
            entries.append((words, name))
            entries.sort(key=lambda entry: -len(entry[0]))

    def known_here(self) -> tuple[int, str] | None:
        """The longest name in scope that stands here: how many tokens, and the name as declared."""
        first = self.tokens[self.index].text
        for words, name in self._known.get(first, ()):
            if self._stands_here(words):
                return len(words), name
        for words in _NAMES_WITH_AND:
            if first == words[0] and self._stands_here(words) and self.ahead(len(words)).text == "(":
                return len(words), " ".join(words)
        return None

    def _stands_here(self, words: tuple[str, ...]) -> bool:
        start = self.index
        if start + len(words) >= len(self.tokens):
            return False
        return all(self.tokens[start + offset].text == word for offset, word in enumerate(words))

    def words_here(self) -> int:
        """How many words stand side by side here, up to the next reserved one."""
        index = self.index
        while True:
            token = self.tokens[index]
            if token.kind != "name":
                break
            if token.text in RESERVED and index > self.index:
                break
            if token.text == "instance" and index > self.index and self.tokens[index + 1].text == "of":
                break
            index += 1
        return index - self.index

    def name(self, what: str) -> str:
        """Read a name. `what` says in the error what is missing."""
        known = self.known_here()
        words = self.words_here()
        if known is not None and known[0] >= words:
            self.index += known[0]
            return known[1]
        if words == 0:
            found = self.token
            self.fail(f"Here {what} is expected, not {describe(found)}.")
        pieces = [token.text for token in self.tokens[self.index : self.index + words]]
        self.index += words
        return pieces[0] if words == 1 else " ".join(pieces)

    def name_before(self, closing: str, what: str) -> str:
        """Read a name that is being declared: everything up to the sign or word that closes it."""
        start = self.index
        pieces: list[Lexeme] = []
        while not (self.token.text == closing and pieces) and self.token.kind in ("name", "number", "sign", "other"):
            if self.token.text in "(){}[],:" and self.token.kind == "sign":
                break
            pieces.append(self.token)
            self.index += 1
        if not pieces or pieces[0].kind != "name" or self.token.text != closing:
            self.fail(f"Here {what} is expected.", self.tokens[start].position)
        name = pieces[0].text
        for before, piece in pairwise(pieces):
            apart = piece.position > before.position + len(before.text)
            name += (" " if apart else "") + piece.text
        return name


def describe(token: Lexeme) -> str:
    """A token as a message calls it."""
    return "the end of the expression" if token.kind == "end" else f"'{token.text[:40]}'"
