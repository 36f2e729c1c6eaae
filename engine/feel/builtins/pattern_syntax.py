"""Patterns as XPath writes them, turned into RE2's (XPath Functions 3.1, 5.6.1; XML Schema 1.1 part 2, appendix G).

The two look alike and mean different things by the same signs: `\\d` takes the digits of every script, `.` no carriage
return, `[A-Z-[OI]]` leaves out two letters. What XPath does not have is no pattern here, though RE2 would read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LAST = 0x10FFFF
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfo]?")
_COUNT = re.compile(r"\{[0-9]{1,4}(?:,(?:[0-9]{1,4})?)?\}")
#: characters whose two cases may be looked up, for a class that others are taken from
_MOST_FOLDED = 4_096

Ranges = tuple[tuple[int, int], ...]

_SIGNS = {**{sign: sign for sign in "\\|.?*+(){}$-[]^"}, "n": "\n", "r": "\r", "t": "\t"}
_BLANKS: Ranges = ((9, 10), (13, 13), (32, 32))
_NAME_STARTS: Ranges = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_CHARACTERS: Ranges = (
    *_NAME_STARTS, (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040),
)  # fmt: skip
#: the blocks of Unicode that letters in Europe are in, under XML Schema's names
_BLOCKS = {
    "BasicLatin": (0, 0x7F), "Latin-1Supplement": (0x80, 0xFF), "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F), "IPAExtensions": (0x250, 0x2AF), "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F), "Greek": (0x370, 0x3FF), "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF), "Armenian": (0x530, 0x58F), "Hebrew": (0x590, 0x5FF), "Arabic": (0x600, 0x6FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF), "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF), "LetterlikeSymbols": (0x2100, 0x214F),
}  # fmt: skip
#: classes that RE2 has under these names inside a class
_NAMED = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"\p{L}\p{M}\p{N}\p{S}", "W": r"\p{P}\p{Z}\p{C}"}


class PatternError(ValueError):
    """A text that is no pattern of XPath's, or one that is not run."""

    def __init__(self, *, looks_back: bool = False) -> None:
        super().__init__()
        #: a pattern of XPath's (or of others) that looks around or back, which RE2 cannot
        self.looks_back = looks_back


@dataclass(kw_only=True)
class _Class:
    """What stands between `[` and `]`, or an escape such as `\\s`."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    #: parts that only RE2 can count out
    named: list[str] = field(default_factory=list)
    negated: bool = False

    def written(self) -> str:
        ranges = "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in self.ranges)
        return f"[{'^' if self.negated else ''}{ranges}{''.join(self.named)}]"


class _Reader:
    def __init__(self, pattern: str, *, ignores_case: bool, dot_takes_all: bool) -> None:
        self._text = pattern
        self._place = 0
        self._ignores_case = ignores_case
        self._dot = "(?s:.)" if dot_takes_all else r"[^\n\r]"

    def read(self) -> str:
        made: list[str] = []
        while self._place < len(self._text):
            made.append(self._part(self._next()))
        return "".join(made)

    def _next(self) -> str:
        if self._place >= len(self._text):
            raise PatternError
        self._place += 1
        return self._text[self._place - 1]

    def _peek(self, offset: int = 0) -> str:
        return self._text[self._place + offset : self._place + offset + 1]

    def _part(self, character: str) -> str:
        if character == ".":
            return self._dot
        if character == "[":
            return self._class().written()
        if character == "\\":
            return self._escape()
        if character == "(" and self._peek() == "?":
            if self._peek(1) != ":":
                raise PatternError(looks_back=self._peek(1) in tuple("=!<"))
            return character
        if character == "{":
            count = _COUNT.match(self._text, self._place - 1)
            if count is None:
                raise PatternError
            self._place = count.end()
            return count[0]
        if character in "}]":
            raise PatternError
        return character if character in "^$|()?*+:" else re.escape(character)

    def _escape(self) -> str:
        character = self._next()
        if character in "123456789":
            raise PatternError(looks_back=True)
        if character in _SIGNS:
            return re.escape(_SIGNS[character])
        return self._escaped_class(character).written()

    def _escaped_class(self, character: str) -> _Class:
        if character in _NAMED:
            return _Class(named=[_NAMED[character]])
        if character in "sS":
            return _of_ranges(_BLANKS, character == "S")
        if character in "iI":
            return _of_ranges(_NAME_STARTS, character == "I")
        if character in "cC":
            return _of_ranges(_NAME_CHARACTERS, character == "C")
        if character in "pP" and self._next() == "{":
            end = self._text.find("}", self._place)
            name = self._text[self._place : max(end, self._place)]
            self._place = end + 1
            if end > 0 and name.startswith("Is") and name[2:] in _BLOCKS:
                return _of_ranges((_BLOCKS[name[2:]],), character == "P")
            if end > 0 and _CATEGORY.fullmatch(name):
                return _Class(named=[f"\\{character}{{{name}}}"])
        raise PatternError

    def _class(self) -> _Class:
        found = _Class(negated=self._peek() == "^")
        self._place += found.negated
        while True:
            character = self._next()
            if character == "]" and (found.ranges or found.named):
                return found
            if character == "-" and self._peek() == "[":
                self._place += 1
                less = self._class()
                if self._next() != "]":
                    raise PatternError
                return self._without(found, less)
            if character in "[]":
                raise PatternError
            self._item(found, character)

    def _item(self, found: _Class, character: str) -> None:
        if character == "\\":
            escaped = self._next()
            if escaped not in _SIGNS:
                held = self._escaped_class(escaped)
                found.ranges += held.ranges
                found.named += held.named
                return
            character = _SIGNS[escaped]
        first = last = ord(character)
        if self._peek() == "-" and self._peek(1) not in ("", "]", "["):
            self._place += 1
            end = self._next()
            if end == "\\":
                end = _SIGNS.get(self._next(), "")
            last = ord(end) if end else -1
            if last < first:
                raise PatternError
        found.ranges.append((first, last))

    def _without(self, found: _Class, less: _Class) -> _Class:
        """The characters of one class that are not in the other: RE2 has no such thing."""
        if found.named or less.named:
            raise PatternError
        kept = self._folded(found.ranges) if found.negated else tuple(found.ranges)
        gone = self._folded(less.ranges)
        kept = _complement(kept) if found.negated else kept
        gone = gone if less.negated else _complement(gone)
        both = [
            (max(first, begin), min(last, end))
            for first, last in kept
            for begin, end in gone
            if max(first, begin) <= min(last, end)
        ]
        if not both:
            raise PatternError
        return _Class(ranges=both)

    def _folded(self, ranges: list[tuple[int, int]]) -> Ranges:
        if not self._ignores_case:
            return tuple(ranges)
        if sum(last - first + 1 for first, last in ranges) > _MOST_FOLDED:
            raise PatternError
        both = {case for first, last in ranges for code in range(first, last + 1) for case in _cases(chr(code))}
        return tuple((ord(character), ord(character)) for character in sorted(both))


def _cases(character: str) -> tuple[str, ...]:
    return (character, *(case for case in (character.lower(), character.upper()) if len(case) == 1))


def _of_ranges(ranges: Ranges, negated: bool) -> _Class:
    return _Class(ranges=list(_complement(ranges) if negated else ranges))


def _complement(ranges: Ranges) -> Ranges:
    made: list[tuple[int, int]] = []
    begin = 0
    for first, last in sorted(ranges):
        if first > begin:
            made.append((begin, first - 1))
        begin = max(begin, last + 1)
    if begin <= _LAST:
        made.append((begin, _LAST))
    return tuple(made)


def in_re2(pattern: str, flags: str) -> str:
    """The pattern as RE2 reads it, for the flags `s`, `m`, `i` and `x`. Raises PatternError where it is none."""
    read = _Reader(
        _without_blanks(pattern) if "x" in flags else pattern, ignores_case="i" in flags, dot_takes_all="s" in flags
    ).read()
    inline = "".join(flag for flag in "mi" if flag in flags)
    return f"(?{inline}){read}" if inline else read


def _without_blanks(pattern: str) -> str:
    """XPath's flag x: blanks outside a character class do not count."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in pattern:
        if not character.isspace() or depth:
            kept.append(character)
        if not escaped and character in "[]":
            depth = max(0, depth + (1 if character == "[" else -1))
        escaped = character == "\\" and not escaped
    return "".join(kept)
