"""Functions of patterns (DMN 1.5, 10.3.4.3: `matches`, `replace` and `split`, as XPath has them).

Patterns run on RE2, which cannot backtrack: no look-around and no back references in a pattern.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

import re2

from engine.feel.builtins.pattern_syntax import PatternError, in_re2
from engine.feel.builtins.signature import BOOLEAN, LIST, STRING, Builtin, one_form, optional, parameter
from engine.feel.run import Run

MAX_PATTERN = 1_000
#: steps for one match handed over by RE2, about 4 microseconds
_PER_MATCH = 12
#: what a compiled pattern may take, in bytes
_PATTERN_MEMORY = 256 << 10


@lru_cache(maxsize=128)
def _compiled(pattern: str, flags: str) -> Any:
    """The pattern compiled; why not, where it is none or is not run."""
    if not set(flags) <= set("smixq"):
        return PatternError()
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _PATTERN_MEMORY
    try:
        if "q" in flags:
            options.literal = True
            options.case_sensitive = "i" not in flags
            return re2.compile(_encodable(pattern), options)
        return re2.compile(_encodable(in_re2(pattern, flags)), options)
    except re2.error:
        return PatternError()
    except PatternError as error:
        return error


def pattern_refusal(pattern: str, flags: str = "") -> PatternError | None:
    """Why a pattern is not run here; None where it is."""
    found = _compiled(pattern, flags) if len(pattern) <= MAX_PATTERN else PatternError()
    return found if isinstance(found, PatternError) else None


def _pattern(run: Run, pattern: str, flags: str) -> Any:
    if len(pattern) > MAX_PATTERN:
        run.limit(f"A pattern may have {MAX_PATTERN:,} characters; this one has {len(pattern):,}.")
    run.spend(150)  # whether it is in the cache or not: the same input always ends the same
    found = _compiled(pattern, flags)
    if isinstance(found, PatternError):
        why = "looks around or back, which is not run here" if found.looks_back else "is no pattern that can be read"
        run.warn(f"'{pattern[:60]}' {why}.")
        return None
    return found


def _search_costs(run: Run, text: str, pattern: Any) -> None:
    # RE2 reads the text once; each character costs at worst a look at the whole program of the pattern
    run.spend(pattern.programsize // 4 + len(text) * (2 + pattern.programsize) // 50)
    run.grow(len(text))  # RE2 works on a copy in UTF-8


def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool | None:
    found = _pattern(run, pattern, flags or "")
    if found is None:
        return None
    _search_costs(run, text, found)
    return found.search(_encodable(text)) is not None


def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    found = _pattern(run, pattern, flags or "")
    if found is None:
        return None
    _search_costs(run, text, found)
    parts = [replacement] if "q" in (flags or "") else _replacement_parts(run, replacement)
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


_FLAGS = optional("flags", frozenset({str, type(None)}))
_PATTERN = parameter("pattern", STRING)
_INPUT = parameter("input", STRING)

PATTERN_FUNCTIONS: tuple[Builtin, ...] = (
    one_form("matches", _matches, _INPUT, _PATTERN, _FLAGS, gives=BOOLEAN),
    one_form("replace", _replace, _INPUT, _PATTERN, parameter("replacement", STRING), _FLAGS, gives=STRING),
    one_form("split", _split, parameter("string", STRING), parameter("delimiter", STRING), gives=LIST),
)
