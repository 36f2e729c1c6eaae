"""Text to tokens (DMN 1.5, 10.3.1.2, grammar rules 27 to 38 and 64)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import FeelLimitError, FeelSyntaxError

#: The longest expression that is read, in characters.
MAX_TEXT = 50_000

_NAME_START = r"?_a-zA-Z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NAME_START += r"\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"

# Ours, fixed, and linear on any text: an unclosed comment or string ends the reading at once.
_TOKEN = re.compile(
    rf"""
      (?P<space>[\s\u0085\u200b\u2060\ufeff]+ | //[^\n]*)
    | (?P<comment>/\*(?:.*?\*/)?)
    | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<string>"(?:[^"\\]|\\.)*")
    | (?P<name>[{_NAME_START}][{_NAME_START}\w\u0300-\u036f\u203f\u2040\u00b7]*)
    | (?P<sign>\*\*|\.\.|!=|<=|>=|->|[-+*/=<>()\[\]{{}},:.@])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of the text. `kind` is number, string, name, sign, other or end; `text` is as written."""

    kind: str
    text: str
    position: int


def read_tokens(text: str) -> list[Lexeme]:
    """All tokens of a text, closed by an `end` token. Raises FeelSyntaxError and FeelLimitError."""
    if len(text) > MAX_TEXT:
        raise FeelLimitError(
            f"This expression has {len(text):,} characters; at most {MAX_TEXT:,} are read.", expression=text[:80]
        )
    tokens: list[Lexeme] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "space":
            continue
        piece, position = match.group(), match.start()
        if kind == "comment":
            if len(piece) < 4:
                raise FeelSyntaxError("This comment is not closed with */.", expression=text, position=position)
            continue
        if kind == "other" and piece == '"':
            raise FeelSyntaxError("This text is not closed with a quote.", expression=text, position=position)
        tokens.append(Lexeme(kind, piece, position))
    tokens.append(Lexeme("end", "", len(text)))
    return tokens


def unquote(token: Lexeme, text: str) -> str:
    """The string that a string token means. Raises FeelSyntaxError for an escape that FEEL does not know."""
    body = token.text[1:-1]
    if "\\" not in body:
        return body

    def replace(match: re.Match[str]) -> str:
        four, six, one = match.groups()
        if one is None:
            code = int(four or six, 16)
            return chr(code) if code <= 0x10FFFF else "\ufffd"
        # FEEL leaves a backslash that begins no escape as it stands, so that "\d" can be written in a pattern
        return _SIMPLE_ESCAPES.get(one, "\\" + one)

    plain = _ESCAPE.sub(replace, body)
    plain = _SURROGATES.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), plain)
    if any("\ud800" <= character <= "\udfff" for character in plain):
        raise FeelSyntaxError(
            "This text holds half a character (\\uD800 to \\uDFFF).", expression=text, position=token.position
        )
    return plain
