"""Types as they are written after `instance of` and on parameters (DMN 1.5, 10.3.1.2, rules 53 to 58)."""

from __future__ import annotations

from engine.feel.cursor import Cursor
from engine.feel.syntax import OwnType, TypeOf

#: simple types, by their words; also the older ways of writing the durations
_SIMPLE: dict[tuple[str, ...], str] = {
    ("days", "and", "time", "duration"): "days and time duration",
    ("day", "time", "duration"): "days and time duration",
    ("dayTimeDuration",): "days and time duration",
    ("years", "and", "months", "duration"): "years and months duration",
    ("year", "month", "duration"): "years and months duration",
    ("yearMonthDuration",): "years and months duration",
    ("date", "and", "time"): "date and time",
    ("dateTime",): "date and time",
    **{(name,): name for name in ("number", "string", "boolean", "date", "time", "Any", "Null")},
    **{(name,): name for name in ("list", "context", "range", "function")},
}

_NAMES = frozenset(_SIMPLE.values())


def read_type(cursor: Cursor) -> TypeOf:
    """Read a type: one of FEEL's, or one that the host has under this name."""
    cursor.deeper()
    position = cursor.position
    found = _simple(cursor)
    if found == "context" and cursor.take("<"):
        type_ = TypeOf(name=found, entries=_entries(cursor))
    elif found == "function" and cursor.take("<"):
        type_ = TypeOf(name=found, arguments=_function(cursor))
    elif found in ("list", "range") and cursor.take("<"):
        inner = read_type(cursor)
        cursor.expect(">", "it closes the type")
        type_ = TypeOf(name=found, arguments=(inner,))
    elif found in _NAMES:
        type_ = TypeOf(name=found)
    else:
        type_ = TypeOf(name=found, own=_own(cursor, found, position))
    cursor.depth -= 1
    return type_


def _own(cursor: Cursor, name: str, position: int) -> OwnType | None:
    own = cursor.types.get(name)
    if own is None:
        listed = ", ".join(sorted(cursor.types)[:20]) or "list<…>, context<…>, function<…>-> …, range<…>"
        cursor.fail(
            f"There is no type '{name[:60]}' here. There are number, string, boolean, date, {listed}.", position
        )
    return own


def _simple(cursor: Cursor) -> str:
    for words, name in _SIMPLE.items():
        tokens = cursor.tokens[cursor.index : cursor.index + len(words)]
        if tuple(token.text for token in tokens) == words:
            cursor.index += len(words)
            return name
    name = cursor.name("a type")
    while cursor.at(".") and cursor.ahead().kind == "name":  # a part of a type: `tPerson.address`
        cursor.take(".")
        name += "." + cursor.name("a type")
    return name


def _entries(cursor: Cursor) -> tuple[tuple[str, TypeOf], ...]:
    entries: list[tuple[str, TypeOf]] = []
    while True:
        name = cursor.name_before(":", "the name of an entry, then ':'")
        cursor.expect(":", "a type follows the entry's name")
        entries.append((name, read_type(cursor)))
        if not cursor.take(","):
            break
    cursor.expect(">", "it closes the type")
    return tuple(entries)


def _function(cursor: Cursor) -> tuple[TypeOf, ...]:
    types: list[TypeOf] = []
    while not cursor.at(">"):
        types.append(read_type(cursor))
        if not cursor.take(","):
            break
    cursor.expect(">", "it closes the parameters' types")
    cursor.expect("->", "the type of the function's value follows")
    types.append(read_type(cursor))
    return tuple(types)
