"""Whether two files say the same in other bytes: white space, order of attributes, what a program notes of itself."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from engine.errors import BadInputError
from engine.toml import read_toml
from engine.variants.pages import Page
from engine.variants.translations import Translations
from engine.variants.variant import Variant

#: Where something stands in its file, what made the file, and what is worked out of the rest; and what has sentences
#: of its own, which know when it is the same under another name: lanes and clauses.
_OF_THE_FILE = frozenset({
    "line", "exporter", "digest", "parsed", "labels", "problems", "oddities", "types", "lane", "lanes", "clauses",
})  # fmt: skip


#: What the clause is called under which something stands in a property, and beside a row.
_CLAUSE = "clause"


def means_the_same(before: Any, after: Any) -> bool:
    """Whether two things that were read from files are alike in all that is read."""
    return bool(_plain(before) == _plain(after))


def says_the_same(file: str, before: Variant, after: Variant) -> bool:
    """Whether `file`, which both hold, is read as the same; never where it cannot be read."""
    was, now = _read(file, before), _read(file, after)
    return was is not None and now is not None and means_the_same(was, now)


def _read(file: str, variant: Variant) -> Any:
    """What stands in a file; None for one that cannot be read, or whose kind nobody reads."""
    if file.endswith(".toml"):
        try:
            return read_toml(variant.files[file], name=file)
        except BadInputError:
            return None
    if file in variant.definitions:
        definitions = variant.definitions[file]
        return definitions, definitions.types.items
    in_languages: list[Variant | Translations] = [variant, *variant.translations.values()]
    kinds = [kind for each in in_languages for kind in (each.forms, each.letters, each.pages)]
    texts = {text.file: text for kind in kinds for text in kind.values()}
    text = texts.get(file)
    if isinstance(text, Page):  # where its lines break is nothing that anybody sees
        return text.title, text.text.split()
    return variant.diagrams.get(file) or text


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [
            (each.name, _plain(getattr(value, each.name))) for each in fields(value) if each.name not in _OF_THE_FILE
        ]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if str(key).strip().lower() != _CLAUSE}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Set):
        return set(value)
    for written in ("text", "pattern"):  # an expression, which is no more than its text
        if hasattr(value, written):
            return getattr(value, written)
    return value
