"""A table of a variant.toml while it is read: whatever is wrong is said in a sentence instead of raised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: What names that FEEL or a letter reads are made of.
SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]{0,62}")


class TomlTable:
    """A table being read: hands out values of the right kind and notes what is wrong or not read."""

    def __init__(self, values: Mapping[str, Any], place: str, sentences: list[str]) -> None:
        self._left = dict(values)
        self.place = place
        self.sentences = sentences

    @property
    def keys(self) -> tuple[str, ...]:
        """What has not been read yet."""
        return tuple(self._left)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def complain(self, sentence: str) -> None:
        self.sentences.append(f"{self.place}: {sentence}" if self.place else sentence)

    def text(self, key: str, *, required: bool = False, fits: re.Pattern[str] | None = None, like: str = "") -> str:
        value = self._left.pop(key, None)
        if value is None or value == "":
            if required:
                self.complain(f'“{key}” is missing. Write {key} = "…".')
            return ""
        if not isinstance(value, str) or "\n" in value.strip():
            self.complain(f'“{key}” is not a text of one line. Write {key} = "…".')
            return ""
        if fits is not None and not fits.fullmatch(value):
            self.complain(f'“{key}” is “{value[:60]}”, which cannot be used. Write something like "{like}".')
            return ""
        return value.strip()

    def flag(self, key: str) -> bool:
        value = self._left.pop(key, False)
        if not isinstance(value, bool):
            self.complain(f"“{key}” is neither true nor false. Write {key} = true or {key} = false.")
            return False
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(f'“{key}” is not a list of texts. Write {key} = ["…"].')
            return ()
        return tuple(value)

    def table(self, key: str) -> TomlTable:
        value = self._left.pop(key, {})
        if not isinstance(value, Mapping):
            self.complain(f"“{key}” is not a table. Write it as [{key}] with its values below.")
            value = {}
        return TomlTable(value, f"[{key}]", self.sentences)

    def tables(self, key: str) -> list[TomlTable]:
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.complain(f"“{key}” is not a list of tables. Write each as [[{key}]] with its values below.")
            return []
        return [TomlTable(item, f"[[{key}]] number {n}", self.sentences) for n, item in enumerate(value, start=1)]

    def take(self, key: str) -> Any:
        return self._left.pop(key, None)

    def rest(self) -> dict[str, Any]:
        rest, self._left = self._left, {}
        return rest

    def refuse_the_rest(self) -> None:
        for key in self._left:
            self.complain(f"“{key[:60]}” is not read. Check the spelling, or take it out.")

    def named_tables(self) -> dict[str, TomlTable]:
        """The tables in this one, each by its name."""
        found = {}
        for key, value in self.rest().items():
            if isinstance(value, Mapping) and SNAKE_CASE.fullmatch(key):
                found[key] = TomlTable(value, f"{self.place[:-1]}.{key}]", self.sentences)
            else:
                place = f"{self.place[:-1]}.name]"
                self.complain(f"“{key[:60]}” is not understood. Write it as {place} with its values below.")
        return found
