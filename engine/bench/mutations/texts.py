"""Slips in letters and in variant.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.bench.mutations.edits import CHOICE, READ, FileEdit, PolicyFile, in_text, misspelt
from engine.bench.mutations.kind import EditKind, Look

_Rewrite = Callable[[re.Match[str]], str]


def _matching(pattern: str, group: int, new: _Rewrite, *, flags: re.RegexFlag = re.MULTILINE) -> Look:
    """What a group of the pattern matches is written otherwise, wherever it stands in the file."""
    compiled = re.compile(pattern, flags)

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for match in compiled.finditer(source.text):
            was, now = match[group], new(match)
            if was != now:
                yield in_text(was, now, f"{was[:60]} → {now[:60]}", *_names(was), *_names(now), at=match.start(group))

    return look


def _names(text: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z][\w.-]+", text) if len(word) > 2]


def _misspell(group: int) -> _Rewrite:
    return lambda match: misspelt(match[group])


def _in_expression(key: str, pattern: re.Pattern[str], group: int) -> Look:
    """A slip in the expression that a key of variant.toml holds."""
    lines = re.compile(rf"^{key} = (.+)$", re.MULTILINE)

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for line in lines.finditer(source.text):
            for match in pattern.finditer(line[1]):
                was, now = match[group], misspelt(match[group])
                at = line.start(1) + match.start(group)
                yield in_text(was, now, f"{key}: {was} → {now}", was, now, at=at)

    return look


_LETTER: tuple[tuple[str, Look], ...] = (
    ("placeholder misspelt", _matching(r"\(\(([a-z]+(?:_[a-z]+)+)\)\)", 1, _misspell(1))),
    ("placeholder of a list", _matching(r"\(\(([a-z]+(?:_[a-z]+)+)\)\)", 1, lambda _: "agencies")),
    ("guard misspelt", _matching(r"\(\((?:not )?([a-z]+(?:_[a-z]+)+)\?\?", 1, _misspell(1))),
    ("bracket missing", _matching(r"\(\([a-z_.]+(\)\))", 1, lambda _: ")")),
    ("addressee misspelt", _matching(r'^to = .*?"([a-z]+)"', 1, _misspell(1))),
    ("clause misspelt", _matching(r'^clauses = \["([A-Z][\w.]+)"', 1, lambda match: match[1] + "9")),
    ("id misspelt", _matching(r'^id = "([a-z_]+)"', 1, _misspell(1))),
    ("key misspelt", _matching(r"^(title|clauses|to|id) = ", 1, _misspell(1))),
    ("council's detail misspelt", _matching(r"\(\(council\.([a-z_]+)\)\)", 1, _misspell(1))),
)

_TABLE: tuple[tuple[str, Look], ...] = (
    ("key misspelt", _matching(r"^([a-z]+(?:_[a-z]+)*) = ", 1, _misspell(1))),
    ("heading misspelt", _matching(r"^\[([a-z_]+)\]", 1, _misspell(1))),
    ("guard: choice misspelt", _in_expression("(?:when|unless)", CHOICE, 2)),
    ("guard: fact misspelt", _in_expression("(?:when|unless)", READ, 1)),
    (
        "guard: end or letter misspelt",
        _matching(r'^before = \{ (?:ends|letters|facts) = \["([a-z_]+)"', 1, _misspell(1)),
    ),
    ("guard: clause misspelt", _matching(r'^clause = "([A-Z][\w.]+)"', 1, lambda match: match[1] + "9")),
    ("figure: fact misspelt", _matching(r'^fact = "([a-z_]+)"', 1, _misspell(1))),
    ("figure: day misspelt", _matching(r'^counted_on = "([a-z_]+)"', 1, _misspell(1))),
    ("figure: value of another kind", _matching(r"^value = (true)\b", 1, lambda _: '"true"')),
    ("copy: choice misspelt", _in_expression("leaves_out", CHOICE, 2)),
    ("team of an agency misspelt", _matching(r'^team = "([a-z_]+)"', 1, _misspell(1))),
    ("team of a person misspelt", _matching(r'^teams = \["([a-z_]+)"', 1, _misspell(1))),
    ("team's id misspelt", _matching(r'^\[\[teams\]\]\nid = "([a-z_]+)"', 1, _misspell(1))),
    ("role misspelt", _matching(r'^roles = \["([a-z_]+)"', 1, _misspell(1))),
    ("process of a slot misspelt", _matching(r'^[a-z_]+ = "([a-z]+(?:_[a-z]+)+)"$', 1, _misspell(1))),
    ("limit: unit misspelt", _matching(r'\b(?:is|least) = "\d+ (working days|weeks|months|days)\b', 1, _misspell(1))),
    ("limit: start misspelt", _matching(r"(?:after|beginning with) ([a-z_]+_on)\b", 1, _misspell(1))),
    ("line manager unknown", _matching(r'^line_manager = "([^"]+)"', 1, _misspell(1))),
)

KINDS = (
    *(EditKind(name=f"letter: {name}", ending=".md", look=look) for name, look in _LETTER),
    *(EditKind(name=f"variant.toml: {name}", ending="variant.toml", look=look) for name, look in _TABLE),
)
