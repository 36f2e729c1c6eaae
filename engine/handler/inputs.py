"""The inputs a handler declares: each makes a field of the element template, a check and a row of the docs page."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from engine.clock import instant_of
from engine.errors import BadTimeError

#: An email address as far as it can be told without sending: one @, a dot in the domain, no blanks or brackets.
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]{1,64}@[^\s@<>(),;:\"\[\]\\]{1,190}\.[^\s@<>(),;:\"\[\]\\.]{2,63}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Input(ABC):
    """A value that an element hands to its handler by an input mapping."""

    kind: ClassVar[str]  #: in words, for the docs page
    types: ClassVar[tuple[type, ...] | None]  #: of the FEEL values that it takes; None for any

    name: str  #: of the input mapping's target
    label: str  #: as the modeller shows it
    hint: str = ""
    required: bool = True

    @abstractmethod
    def problem(self, value: Any) -> str | None:
        """What is wrong with `value` (a FEEL value; None where nothing is given), as a sentence, or None."""

    def _lack(self) -> str | None:
        """Where nothing is given."""
        return f"“{self.label}” ({self.name}) is empty. Give it a value." if self.required else None


class TextInput(Input):
    """A value that is written: a text of some form."""

    __slots__ = ()
    types = (str,)

    def problem(self, value: Any) -> str | None:
        if value is None or value == "":
            return self._lack()
        if not isinstance(value, str):
            return f"“{self.label}” ({self.name}) is not a text. Give it a text."
        complaint = self._complaint(value)
        return f"“{self.label}” ({self.name}) is “{_short(value)}”. {complaint}" if complaint else None

    @abstractmethod
    def _complaint(self, text: str) -> str | None:
        """What to write instead of `text`, as a sentence; None where it will do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text(TextInput):
    """Any text of one line."""

    kind = "text"

    def _complaint(self, text: str) -> str | None:
        return "Write it on one line." if "\n" in text.strip() else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines(TextInput):
    """A text of one or more lines, such as a postal address."""

    kind = "text of several lines"

    def _complaint(self, text: str) -> str | None:
        return "Write at most 10 lines." if len(text.strip().splitlines()) > 10 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Email(TextInput):
    """An email address."""

    kind = "email address"

    def _complaint(self, text: str) -> str | None:
        return None if _EMAIL.fullmatch(text.strip()) else "Write an email address such as name@example.org."


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterName(TextInput):
    """The id of a letter of the variant's letter set; that the letter is there is seen to by the check."""

    kind = "letter"

    def _complaint(self, text: str) -> str | None:
        fits = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", text)
        return None if fits else "Write the id of a letter, such as CT1."


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(TextInput):
    """One of a few words."""

    kind = "one of"

    choices: tuple[tuple[str, str], ...]  #: value and what it means

    def _complaint(self, text: str) -> str | None:
        values = [value for value, _ in self.choices]
        return None if text in values else f"Write one of: {', '.join(values)}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment(Input):
    """A day and a time: FEEL's date and time, or a text such as 2026-03-27T14:30. Without a zone it is London's."""

    kind = "day and time"
    types = (datetime, str)

    def problem(self, value: Any) -> str | None:
        if value is None or value == "":
            return self._lack()
        try:
            instant_of(value if isinstance(value, datetime) else _read_moment(value))
        except BadTimeError as error:
            return f"“{self.label}” ({self.name}) is “{_short(str(value))}”. {error}"
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipients(Input):
    """A name, or several: a text of one line, or a list of them, each alone or with the address of whoever it is."""

    kind = "name or names"
    types = (str, list, dict)

    def problem(self, value: Any) -> str | None:
        if value is None or value in ("", []):
            return self._lack()
        names = value if isinstance(value, list) else [value]
        if all(_is_name(name.get("name") if isinstance(name, Mapping) else name) for name in names):
            return None
        return f"“{self.label}” ({self.name}) is neither a name nor a list of names. Give it a text of one line."


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value.strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Value(Input):
    """Any FEEL value."""

    kind = "value"
    types = None

    def problem(self, value: Any) -> str | None:
        return self._lack() if value is None else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Context(Input):
    """A FEEL context: values by name."""

    kind = "context"
    types = (dict,)

    def problem(self, value: Any) -> str | None:
        if value is None:
            return self._lack()
        if not isinstance(value, Mapping):
            return f"“{self.label}” ({self.name}) is no context. Write one such as ={{name: applicant_name}}."
        return None


def _read_moment(value: Any) -> datetime:
    """Raises BadTimeError where it is none. A day alone is none: a meeting at midnight is nobody's wish."""
    try:
        if isinstance(value, str) and len(value.strip()) > len("2026-03-27"):
            return datetime.fromisoformat(value.strip())
    except ValueError:
        pass
    raise BadTimeError("Give a day and a time, such as 2026-03-27T14:30.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
