"""Slips in decision tables and limits (DMN)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml import etree

from engine.bench.mutations.edits import CALL, CHOICE, READ, FileEdit, PolicyFile, in_node, misspelt
from engine.bench.mutations.kind import EditKind, Look

_TEXT = re.compile(r'"([^"\\]+)"')
#: A text that something else can be compared with or look up: prose is misspelt for readers alone.
_WORD = re.compile(r'"([a-z][\w-]*)"')
_NUMBER = re.compile(r"(?<![\w\"])\d+(?![\w\"])")
_LIMITS = "time_limits.dmn"


def _in(tags: tuple[str, ...], pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], group: int = 0) -> Look:
    """What matches in the text of these elements is written otherwise."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(*tags):
            for text in node.iterchildren("{*}text") if not _is_off(source, node) else ():
                for match in pattern.finditer(text.text or ""):
                    was, now = match[group], new(match)
                    other = match.string[: match.start(group)] + now + match.string[match.end(group) :]
                    yield in_node(
                        text, _write(other), f"{was} → {now} in {match.string[:60]}", was.strip('"'), now.strip('"')
                    )

    return look


def _write(text: str) -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        node.text = text

    return change


def _misspell(group: int) -> Callable[[re.Match[str]], str]:
    return lambda match: misspelt(match[group])


def _quoted(match: re.Match[str]) -> str:
    return f'"{match[0]}"'


def _column(tag: str, attribute: str, new: Callable[[str], str]) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            now = node.get(attribute, "")
            if now and new(now) != now:
                yield in_node(node, _set(attribute, new(now)), f"{attribute}: {now} → {new(now)}", now, new(now))

    return look


def _set(attribute: str, value: str) -> Callable[[etree._Element], None]:
    return lambda node: node.set(attribute, value)


def _rows_taken_out(*, of: Callable[[PolicyFile], bool]) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for rule in source.nodes("rule") if of(source) else ():
            table = rule.getparent()
            assert table is not None  # noqa: S101
            names = [text.text or "" for text in rule.iter("{*}text")][:1]
            yield in_node(
                rule, _remove, f"the row {rule.get('id')} is taken out", *(name.strip('"') for name in names),
                ids=(table.get("id", ""),),
            )  # fmt: skip

    return look


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None  # noqa: S101
    parent.remove(node)


def _first_row_takes_all(source: PolicyFile) -> Iterator[FileEdit]:
    for table in source.nodes("decisionTable"):
        rules = list(table.iterchildren("{*}rule"))
        if len(rules) > 1 and rules[0].find("{*}inputEntry") is not None:
            yield in_node(
                rules[0], _open_all, f"the first row of {table.get('id')} takes all", ids=(table.get("id", ""),)
            )


def _open_all(rule: etree._Element) -> None:
    for entry in rule.iterchildren("{*}inputEntry"):
        for text in entry.iterchildren("{*}text"):
            text.text = "-"


def _row_doubled(source: PolicyFile) -> Iterator[FileEdit]:
    """The inputs of a row are made those of the one before it."""
    for table in source.nodes("decisionTable"):
        rules = list(table.iterchildren("{*}rule"))
        for before, rule in pairwise(rules):
            cells = [text.text for entry in before.iterchildren("{*}inputEntry") for text in entry]
            if cells and cells != [text.text for entry in rule.iterchildren("{*}inputEntry") for text in entry]:
                words = f"{rule.get('id')} reads as {before.get('id')}"
                yield in_node(rule, _fill(cells), words, ids=(table.get("id", ""), before.get("id", "")))


def _fill(cells: list[str | None]) -> Callable[[etree._Element], None]:
    def change(rule: etree._Element) -> None:
        for text, cell in zip((t for entry in rule.iterchildren("{*}inputEntry") for t in entry), cells, strict=True):
            text.text = cell

    return change


def _link_taken_out(source: PolicyFile) -> Iterator[FileEdit]:
    for node in source.nodes("informationRequirement"):
        reads = [each.get("href", "").removeprefix("#") for each in node]
        yield in_node(node, _remove, f"{reads} is read no longer", *reads)


def _is_limits(source: PolicyFile) -> bool:
    return source.file == _LIMITS


def _is_off(source: PolicyFile, node: etree._Element) -> bool:
    """Whether it stands in the row of a limit that is switched off: what else the row says is read by nobody."""
    rule = next(
        (each for each in (node, *node.iterancestors("{*}rule")) if etree.QName(each).localname == "rule"), None
    )
    amounts = rule.iterfind("{*}outputEntry/{*}text") if rule is not None and _is_limits(source) else ()
    return any((amount.text or "").strip() == "null" for amount in amounts)


def _is_ladder(source: PolicyFile) -> bool:
    return "escalation" in source.file


def _of(where: Callable[[PolicyFile], bool], look: Look) -> Look:
    return lambda source: look(source) if where(source) else iter(())


def _cell(number: int) -> Look:
    """A cell of a row of limits, by its column: what was written is misspelt."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for rule in source.nodes("rule"):
            cells = list(rule.iter("{*}text")) if not _is_off(source, rule) else []
            if len(cells) > number and (match := _TEXT.fullmatch(cells[number].text or "")):
                wrong = misspelt(match[1])
                yield in_node(cells[number], _write(f'"{wrong}"'), f"{match[1]} → {wrong}", match[1], wrong)

    return look


def _other_type(now: str) -> str:
    return {"string": "number", "number": "string", "boolean": "string", "date": "boolean"}.get(now, now)


def _other_policy(now: str) -> str:
    return {"FIRST": "UNIQUE", "UNIQUE": "ANY"}.get(now, now)


_INPUTS, _OUTPUTS = ("inputEntry",), ("outputEntry",)
_READS, _LITERAL = ("inputExpression",), ("literalExpression",)

_SLIPS: tuple[tuple[str, Look], ...] = (
    ("table: choice of a cell misspelt", _in(_INPUTS, _TEXT, _misspell(1), 1)),
    ("table: number of a cell as text", _in(_INPUTS, _NUMBER, _quoted)),
    ("table: yes or no of a cell as text", _in(_INPUTS, re.compile(r"\b(?:true|false)\b"), _quoted)),
    ("table: text of a cell as a number", _in(_INPUTS, _TEXT, lambda _: "7")),
    ("table: result misspelt", _in(_OUTPUTS, _WORD, _misspell(1), 1)),
    ("table: yes or no of a result as text", _in(_OUTPUTS, re.compile(r"\b(?:true|false)\b"), _quoted)),
    ("table: number of a result as text", _of(lambda s: not _is_limits(s), _in(_OUTPUTS, _NUMBER, _quoted))),
    ("table: type of a column changed", _column("inputExpression", "typeRef", _other_type)),
    ("table: type of a result changed", _column("output", "typeRef", _other_type)),
    ("table: name of a result misspelt", _column("output", "name", misspelt)),
    ("table: hit policy changed", _column("decisionTable", "hitPolicy", _other_policy)),
    (
        "table: column reads a misspelt fact",
        _in(_READS, re.compile(r"\b[a-z]+(?:_[a-z]+)+\b"), lambda m: misspelt(m[0])),
    ),
    ("table: first row takes all", _first_row_takes_all),
    ("table: row taken out", _rows_taken_out(of=lambda s: not _is_limits(s) and not _is_ladder(s))),
    ("table: two rows alike", _row_doubled),
    ("table: rung taken out", _rows_taken_out(of=_is_ladder)),
    ("table: what it reads is not drawn", _link_taken_out),
    ("expression: choice misspelt", _in(_LITERAL, CHOICE, _misspell(2), 2)),
    ("expression: fact misspelt", _in(_LITERAL, READ, _misspell(1), 1)),
    ("expression: function misspelt", _in(_LITERAL, CALL, _misspell(1), 1)),
    ("expression: number as text", _in(_LITERAL, _NUMBER, _quoted)),
    ("limit: row taken out", _rows_taken_out(of=_is_limits)),
    ("limit: name misspelt", _of(_is_limits, _cell(0))),
    ("limit: amount as text", _of(_is_limits, _in(_OUTPUTS, _NUMBER, _quoted))),
    (
        "limit: unit misspelt",
        _of(_is_limits, _in(_OUTPUTS, re.compile(r'"((?:working )?(?:days|weeks|months|years))"'), _misspell(1), 1)),
    ),
    ("limit: start a text", _of(_is_limits, _in(_OUTPUTS, re.compile(r"\b[a-z_]+_on\b"), lambda _: "victim_name"))),
    ("limit: start misspelt", _of(_is_limits, _in(_OUTPUTS, re.compile(r"\b[a-z_]+_on\b"), lambda m: misspelt(m[0])))),
    (
        "limit: start plus a number",
        _of(_is_limits, _in(_OUTPUTS, re.compile(r"\b[a-z_]+_on\b"), lambda m: f"{m[0]} + 3")),
    ),
)

KINDS = tuple(EditKind(name=name, ending=".dmn", look=look) for name, look in _SLIPS)
