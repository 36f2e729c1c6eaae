"""Slips by which a text and the limit that it goes by come to disagree: the one is changed, the other stays.

Which limit a text means is looked for in the plain text of the files, otherwise than the check does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bench.mutations.edits import FileEdit, PolicyFile, in_text
from engine.bench.mutations.kind import EditKind, Look
from engine.variants import LIMITS_FILE, POLICY_FILE, SETTINGS_FILE

_WORDS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_LENGTH = re.compile(r"\b(\d+|[A-Za-z]+)[ -]((?:working )?(?:day|week|month)s?)\b")
_ROW = re.compile(
    r'<rule id="(\w+)">(?:(?!</rule>).)*?<text>(\d+)</text>\s*</outputEntry>\s*<outputEntry[^>]*>\s*'
    r'<text>"((?:working )?days|weeks|months)"</text>(?:(?!</rule>).)*?<annotationEntry>\s*<text>([^<]*)</text>',
    re.DOTALL,
)
_LINE = re.compile(
    r'^"([^"]+)" = \{ is = "(\d+) ((?:working )?days|weeks|months?|day)\b.*?clauses = \["([^"]+)"\]', re.MULTILINE
)
_CLAUSE_TEXT = r'^\["?[A-Z][\w.]*"?\]\ntext = "([^\n]*)"$'
_CLAUSE = re.compile(_CLAUSE_TEXT.replace("[A-Z][\\w.]*", "([A-Z][\\w.]*)"), re.MULTILINE)


def _other(written: str) -> str | None:
    """Another number, written as this one is; None for what is no number."""
    if written.isdigit():
        return str(int(written) + 3)
    number = _WORDS.index(written.lower()) if written.lower() in _WORDS[1:] else 0
    word = _WORDS[number % 12 + 1] if number else None
    return word.capitalize() if word and written[0].isupper() else word


def _states(text: str, amount: str, unit: str) -> bool:
    """Whether the text has the one length, and no other."""
    found = _LENGTH.findall(text)
    numbers = [(amount, unit.rstrip("s")), (_word(amount), unit.rstrip("s"))]
    return len(found) == 1 and (found[0][0].lower(), found[0][1].rstrip("s")) in numbers


def _word(amount: str) -> str:
    return _WORDS[int(amount)] if int(amount) < len(_WORDS) else amount


def _limits(source: PolicyFile) -> Iterator[tuple[re.Match[str], str, str, str, str]]:
    """Each row or line of the file: the match, what it is called, its amount, unit and first clause."""
    for match in _ROW.finditer(source.text) if source.file == LIMITS_FILE else _LINE.finditer(source.text):
        yield match, match[1], match[2], match[3], match[4].partition(",")[0].strip()


def _number_of_limit(source: PolicyFile) -> Iterator[FileEdit]:
    """The number of a limit is changed, and the one clause on which it stands still says the other."""
    clauses = dict(_CLAUSE.findall(source.beside.get(POLICY_FILE, b"").decode()))
    for match, name, amount, unit, clause in _limits(source):
        if _states(clauses.get(clause, ""), amount, unit):
            other = str(int(amount) + 3)
            yield in_text(amount, other, f"{name}: {amount} → {other} {unit}", name, clause, at=match.start(2))


def _number_of_clause(source: PolicyFile) -> Iterator[FileEdit]:
    """A clause states another length than the limit has that stands on it."""
    files = [PolicyFile(file=file, data=source.beside.get(file, b"")) for file in (LIMITS_FILE, SETTINGS_FILE)]
    limits = [each for file in files for each in _limits(file)]
    for match in _CLAUSE.finditer(source.text):
        for found in _LENGTH.finditer(match[2]):
            other = _other(found[1])
            is_limit = any(clause == match[1] and _states(match[2], n, unit) for _, _, n, unit, clause in limits)
            if other and is_limit:
                at = match.start(2) + found.start(1)
                yield in_text(found[1], other, f"{match[1]}: {found[0]} → {other}", match[1], at=at)


def _in(pattern: str, words: str) -> Look:
    """The number of a length is changed in what a group of the pattern matches."""
    compiled = re.compile(pattern, re.MULTILINE | re.DOTALL)

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for match in compiled.finditer(source.text):
            for found in _LENGTH.finditer(match[1]):
                if other := _other(found[1]):
                    yield in_text(found[1], other, f"{words}: {found[0]} → {other}", at=match.start(1) + found.start(1))

    return look


_DUE_TIMER = r'<bpmn:boundaryEvent [^>]*name="([^"]*)"(?:(?!</bpmn:boundaryEvent>).)*?due\('
_LADDER = r"<annotationEntry>\s*<text>((?:More than|Within) [^<:.]*)[:.]"
_SUGGESTED = r'^"limits\.[^"]+" = "(\w+(?: working)? \w+)'
_HINT = r'"description": "([^"]*(?:ladder|begin with|counts? from)[^"]*)"'

_SLIPS: tuple[tuple[str, str, Look], ...] = (
    ("number of a limit, not of its clause", LIMITS_FILE, _number_of_limit),
    ("number of a limit line, not of its clause", SETTINGS_FILE, _number_of_limit),
    ("number of a clause, not of its limit", POLICY_FILE, _number_of_clause),
    ("number in the name of an event", ".bpmn", _in(_DUE_TIMER, "name")),
    ("number beside a row of a ladder", ".dmn", _in(_LADDER, "remark")),
    ("number of a suggestion", SETTINGS_FILE, _in(_SUGGESTED, "suggestion")),
    ("number in the hint of a day", ".form", _in(_HINT, "hint")),
)

KINDS = tuple(EditKind(name=f"stated: {name}", ending=ending, look=look) for name, ending, look in _SLIPS)


def _in_words(pattern: str) -> Look:
    """No slip: a length in digits is written in words."""
    compiled = re.compile(pattern, re.MULTILINE | re.DOTALL)

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for match in compiled.finditer(source.text):
            for found in _LENGTH.finditer(match[1]):
                if found[1].isdigit() and 0 < int(found[1]) < len(_WORDS):
                    yield in_text(found[1], _word(found[1]), f"{found[0]} in words", at=match.start(1) + found.start(1))

    return look


HARMLESS = (
    EditKind(name="number of a name in words", ending=".bpmn", look=_in_words(_DUE_TIMER), is_harmless=True),
    EditKind(name="number of a clause in words", ending=POLICY_FILE, look=_in_words(_CLAUSE_TEXT), is_harmless=True),
)
