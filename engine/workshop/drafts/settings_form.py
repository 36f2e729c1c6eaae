"""The settings of a draft as a form: its time limits, the numbers of its threshold and its contact, each with what it
is held against beside it. What is changed is written where it stands, and nothing else of that file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.casework.step.office import Office
from engine.errors import BadInputError, EngineError, FormAnswersError
from engine.toml import read_toml
from engine.variants import (
    LIMITS_FILE,
    SETTINGS_FILE,
    LimitRow,
    Variant,
    amount_of_limit,
    line_of_limit,
    read_line,
    row_of_line,
    with_limit,
)
from engine.variants.merge.toml_text import Edit, edited
from engine.workshop.drafts.file_changes import Hand, save_files
from engine.workshop.drafts.kept_draft import KeptDraft, kept_draft

_LIMITS = "limits"
#: The tables of variant.toml whose plain values the form asks for, in its order.
_TABLES = ("threshold", "contact")


@dataclass(frozen=True, kw_only=True)
class Setting:
    key: str  #: `limits.acknowledge`, `contact.phone`: the table and the name in it
    value: str  #: as a person writes it: "2 working days", "3", "yes"
    counted_from: str = ""  #: of a limit, in words
    clauses: tuple[str, ...] = ()  #: of a limit
    floor: str = ""  #: what it is held against, in one line
    what: str = ""  #: what a base says that it is; "" where the name says it

    @property
    def table(self) -> str:
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        return self.key.partition(".")[2]


def settings_of(variant: Variant) -> tuple[Setting, ...]:
    """In the order of the form; the limits first."""
    settings = variant.settings
    limits = [
        Setting(
            key=f"{_LIMITS}.{name}", value=amount_of_limit(row), counted_from=row.limit.counted_from,
            clauses=row.clauses, floor=_floor(variant, f"{_LIMITS}.{name}"),
        )
        for name, row in variant.limits.items()
    ]  # fmt: skip
    told = read_toml(variant.files[SETTINGS_FILE], name=SETTINGS_FILE)
    others = [
        Setting(
            key=f"{table}.{name}", value=_written(value), floor=_floor(variant, f"{table}.{name}"),
            what=settings.left_to_councils.get(f"{table}.{name}", ""),
        )
        for table in _TABLES
        for name, value in told.get(table, {}).items()
        if isinstance(value, str | int)
    ]  # fmt: skip
    return (*limits, *others)


def save_settings(
    office: Office, council_id: str, number: int, answers: Mapping[str, tuple[str, str]], root: Path, *, hand: Hand
) -> tuple[str, ...]:
    """`answers`: by key, what the form showed and what stands in it now. Gives the keys that were changed.

    Raises FormAnswersError with a sentence for each that cannot be taken, and as `save_files`.
    """
    draft = kept_draft(office, council_id, number)
    variant = draft.policy(root).variant
    known = {setting.key: setting for setting in settings_of(variant)}
    changed = {
        key: " ".join(now.split())
        for key, (was, now) in answers.items()
        if key in known and " ".join(now.split()) != was
    }
    form, problems = _Form(draft, variant), dict[str, str]()
    for key, words in changed.items():
        try:
            if answers[key][0] != known[key].value:
                raise BadInputError(f"Somebody has changed it to “{known[key].value}” since you opened the page.")
            form.change(known[key], words)
        except EngineError as error:
            problems[key] = str(error)
    if problems:
        raise FormAnswersError(tuple(problems.items()))
    if changed:
        save_files(office, council_id, number, form.contents(), hand=hand)
    return tuple(changed)


class _Form:
    """The files as they will be."""

    def __init__(self, draft: KeptDraft, variant: Variant) -> None:
        self._draft = draft
        self._variant = variant
        self._own = read_toml(draft.own[SETTINGS_FILE], name=SETTINGS_FILE)
        self._edits: list[Edit] = []
        self._limits = draft.own.get(LIMITS_FILE)

    def change(self, setting: Setting, words: str) -> None:
        if setting.table == _LIMITS:
            self._change_limit(setting.name, words)
            return
        before = read_toml(self._variant.files[SETTINGS_FILE], name=SETTINGS_FILE)[setting.table][setting.name]
        self._edits.append(_put(setting.table, setting.name, _read(words, before)))

    def contents(self) -> dict[str, tuple[bytes, bytes]]:
        found = {}
        if self._edits:
            content = self._draft.own[SETTINGS_FILE]
            found[SETTINGS_FILE] = (content, edited(SETTINGS_FILE, content, self._edits))
        if self._limits is not None and self._limits != self._draft.own[LIMITS_FILE]:
            found[LIMITS_FILE] = (self._draft.own[LIMITS_FILE], self._limits)
        return found

    def _change_limit(self, name: str, words: str) -> None:
        row, line = self._variant.limits[name], read_line(words)
        own_line = self._own.get(_LIMITS, {}).get(name)
        if own_line is not None:  # it stands over the table
            self._edits.append(_put(_LIMITS, name, _line(own_line, words, row)))
        elif self._limits is not None:
            self._limits = with_limit(self._limits, row, line)
        else:
            self._edits.append(_put(_LIMITS, name, words))


def _line(own: Any, words: str, row: LimitRow) -> Any:
    """The line with other words, and what stands beside them; a number alone counts from where it did."""
    other = row_of_line(read_line(words), name=row.limit.name, over=row)
    said = line_of_limit(other) if other is not None else words
    return {**own, "is": said} if isinstance(own, Mapping) else said


def _put(table: str, name: str, value: Any) -> Edit:
    def put(document: Any) -> None:
        if table not in document:
            document[table] = {}
        there = document[table].get(name)
        if isinstance(value, Mapping) and there is not None:
            for key, each in value.items():
                if there.get(key) != each:
                    there[key] = each
        else:
            document[table][name] = value

    return put


def _written(value: str | int) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _read(words: str, before: str | int) -> str | int:
    readers: Mapping[type, Callable[[str], str | int]] = {bool: _yes_or_no, int: _whole, str: str}
    return readers[type(before)](words)


def _yes_or_no(words: str) -> bool:
    if words.lower() not in ("yes", "no"):
        raise BadInputError("Write yes or no.")
    return words.lower() == "yes"


def _whole(words: str) -> int:
    if not words.isascii() or not words.isdecimal() or len(words) > 6:  # as limits
        raise BadInputError("Write a whole number, such as 3.")
    return int(words)


def _floor(variant: Variant, key: str) -> str:
    floor = variant.settings.floor(key)
    return floor.beside if floor is not None else ""
