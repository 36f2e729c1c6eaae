"""Functions of strings (DMN 1.5, 10.3.4.3). A position counts whole characters from 1; a negative one from the end.

Patterns run on RE2, which cannot backtrack: no look-around and no back references in a pattern.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import lru_cache
from typing import Any

import re2

from engine.feel.builtins.signature import BOOLEAN, LIST, NUMBER, STRING, Builtin, one_form, optional, parameter
from engine.feel.run import Run

MAX_PATTERN = 1_000
#: steps for one match handed over by RE2, about 4 microseconds
_PER_MATCH = 12
#: what a compiled pattern may take, in bytes
_PATTERN_MEMORY = 256 << 10
_STRING = parameter("string", STRING)
_INPUT = parameter("input", STRING)
_MATCH = parameter("match", STRING)


def _substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = int(start)  # of a position and of a length only the whole number counts
    count = None if length is None else int(length)
    if first == 0 or abs(first) > len(text) or (count is not None and count < 1):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    end = len(text) if count is None else min(begin + count, len(text))
    run.grow(end - begin)
    return text[begin:end]


def _length(_run: Run, text: str) -> Decimal:
    return Decimal(len(text))


def _upper(run: Run, text: str) -> str:
    run.grow(len(text))
    return text.upper()


def _lower(run: Run, text: str) -> str:
    run.grow(len(text))
    return text.lower()


def _before(run: Run, text: str, match: str) -> str:
    run.grow(len(text))
    found = text.find(match)
    return text[:found] if found > 0 else ""


def _after(run: Run, text: str, match: str) -> str:
    run.grow(len(text))
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _contains(run: Run, text: str, match: str) -> bool:
    run.spend(len(text) // 50)
    return match in text


def _starts_with(_run: Run, text: str, match: str) -> bool:
    return text.startswith(match)


def _ends_with(_run: Run, text: str, match: str) -> bool:
    return text.endswith(match)


def _join(run: Run, texts: list[Any], delimiter: str | None = None) -> str | None:
    pieces = [text for text in texts if text is not None]
    if any(type(piece) is not str for piece in pieces):
        run.warn("'string join' takes a list of texts.")
        return None
    between = delimiter or ""
    run.spend(len(pieces))
    run.grow(sum(map(len, pieces)) + len(between) * len(pieces))
    return between.join(pieces)


# patterns


@lru_cache(maxsize=128)
def _compiled(pattern: str, flags: str) -> Any:
    """The pattern compiled, or None where RE2 cannot read it."""
    if not set(flags) <= set("smixq"):
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _PATTERN_MEMORY
    if "q" in flags:
        options.literal = True
    elif "x" in flags:
        pattern = _without_spaces(pattern)
    inline = "".join(flag for flag in "smi" if flag in flags and "q" not in flags)
    if "q" in flags and "i" in flags:
        options.case_sensitive = False
    try:
        return re2.compile(_encodable(f"(?{inline}){pattern}" if inline else pattern), options)
    except re2.error:
        return None


def _without_spaces(pattern: str) -> str:
    """XPath's flag x: blanks outside a character class do not count."""
    kept: list[str] = []
    in_class = escaped = False
    for character in pattern:
        if not character.isspace() or in_class:
            kept.append(character)
        if not escaped and character in "[]":
            in_class = character == "["
        escaped = character == "\\" and not escaped
    return "".join(kept)


def is_pattern(pattern: str) -> bool:
    """Whether a pattern can be run here."""
    return len(pattern) <= MAX_PATTERN and _compiled(pattern, "") is not None


def _pattern(run: Run, pattern: str, flags: str) -> Any:
    if len(pattern) > MAX_PATTERN:
        run.limit(f"A pattern may have {MAX_PATTERN:,} characters; this one has {len(pattern):,}.")
    run.spend(150)  # whether it is in the cache or not: the same input always ends the same
    found = _compiled(pattern, flags)
    if found is None:
        run.warn(f"'{pattern[:60]}' is not a pattern that can be used here (look-around and back references cannot).")
    return found


def _search_costs(run: Run, text: str, pattern: Any) -> None:
    # RE2 reads the text once; each character costs at worst a look at the whole program of the pattern
    run.spend(pattern.programsize // 4 + len(text) * (2 + pattern.programsize) // 50)
    run.grow(len(text))  # RE2 works on a copy in UTF-8


def _matches(run: Run, text: str, pattern: str, flags: str = "") -> bool | None:
    found = _pattern(run, pattern, flags or "")
    if found is None:
        return None
    _search_costs(run, text, found)
    return found.search(_encodable(text)) is not None


def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str = "") -> str | None:
    found = _pattern(run, pattern, flags or "")
    if found is None:
        return None
    _search_costs(run, text, found)
    parts = [replacement] if "q" in flags else _replacement_parts(run, replacement)
    uses = Counter(part for part in parts if isinstance(part, int))
    literal = sum(len(part) for part in parts if isinstance(part, str))
    each = _PER_MATCH * (1 + len(uses)) + len(parts) // 2
    made: list[str] = []
    last = 0
    for match in found.finditer(_encodable(text)):
        run.spend(each)
        made.append(text[last : match.start()])
        groups = {number: _group(match, number) for number in uses}
        run.grow(literal + sum(len(groups[number]) * times for number, times in uses.items()))
        made.append("".join(part if isinstance(part, str) else groups[part] for part in parts))
        last = match.end()
    made.append(text[last:])
    return "".join(made)


def _group(match: Any, number: int) -> str:
    return (match.group(number) or "") if number <= match.re.groups else ""


def _replacement_parts(run: Run, replacement: str) -> list[str | int]:
    r"""Texts and numbers of groups: `$1` stands for a group, `\$` for a dollar."""
    if "$" not in replacement and "\\" not in replacement:
        return [replacement]
    run.spend(len(replacement) // 3)
    parts: list[str | int] = []
    literal: list[str] = []
    place = 0
    while place < len(replacement):
        character, following = replacement[place], replacement[place + 1 : place + 2]
        if character == "\\" and following in ("$", "\\"):
            literal.append(following)
            place += 2
        elif character == "$" and following and following in "0123456789":
            parts += ["".join(literal), int(following)] if literal else [int(following)]
            literal.clear()
            place += 2
        else:
            literal.append(character)
            place += 1
    return [*parts, "".join(literal)] if literal else parts


def _split(run: Run, text: str, delimiter: str) -> list[str] | None:
    found = _pattern(run, delimiter, "")
    if found is None:
        return None
    _search_costs(run, text, found)
    pieces: list[str] = []
    last = 0
    for match in found.finditer(_encodable(text)):
        run.spend(_PER_MATCH)
        if match.end() == match.start():
            continue
        run.hold(1)
        pieces.append(text[last : match.start()])
        last = match.end()
    pieces.append(text[last:])
    return pieces


def _encodable(text: str) -> str:
    # half a character (from JSON) has no UTF-8, which RE2 needs; it is read as "?"
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


_FLAGS = optional("flags", STRING)
_PATTERN = parameter("pattern", STRING)

STRING_FUNCTIONS: tuple[Builtin, ...] = (
    one_form(
        "substring", _substring, _STRING, parameter("start position", NUMBER), optional("length", NUMBER), gives=STRING
    ),
    one_form("string length", _length, _STRING, gives=NUMBER),
    one_form("upper case", _upper, _STRING, gives=STRING),
    one_form("lower case", _lower, _STRING, gives=STRING),
    one_form("substring before", _before, _STRING, _MATCH, gives=STRING),
    one_form("substring after", _after, _STRING, _MATCH, gives=STRING),
    one_form("contains", _contains, _STRING, _MATCH, gives=BOOLEAN),
    one_form("starts with", _starts_with, _STRING, _MATCH, gives=BOOLEAN),
    one_form("ends with", _ends_with, _STRING, _MATCH, gives=BOOLEAN),
    one_form("matches", _matches, _INPUT, _PATTERN, _FLAGS, gives=BOOLEAN),
    one_form("replace", _replace, _INPUT, _PATTERN, parameter("replacement", STRING), _FLAGS, gives=STRING),
    one_form("split", _split, _STRING, parameter("delimiter", STRING), gives=LIST),
    one_form(
        "string join", _join, parameter("list", LIST), optional("delimiter", frozenset({str, type(None)})), gives=STRING
    ),
)
