"""What a person calls an item of a case: the agency by its name, the action by what is to be done."""

from __future__ import annotations

from collections.abc import Mapping

from engine import feel
from engine.store import Connection, facts
from engine.variants import VariantSettings

_LONGEST = 60  #: characters of a name


def item_names(connection: Connection, case_id: int, settings: VariantSettings) -> dict[str, str]:
    """A name for every item of the case that has facts, by its id.

    A collection `agencies` of items called “agency” takes the fact `agency_name` or `name` as the item's name; the
    fact `agency` says what the item is, and stands behind its number. Where there is neither, the number alone does.
    """
    known: dict[tuple[str, str], dict[str, object]] = {}
    for row in facts.current_items(connection, case_id, settings.items):
        item = known.setdefault((row.collection, row.item_id), {})
        if row.name in item_naming_facts(settings.items[row.collection]):
            item[row.name] = feel.load(row.value)
    return {
        item_id: name_of(item_id, settings.items[collection], item) for (collection, item_id), item in known.items()
    }


def item_naming_facts(word: str) -> tuple[str, ...]:
    """The facts of an item that give it its name, where `word` is what one of its collection is called."""
    return (f"{word}_name", "name", word)


def name_of(item_id: str, word: str, item: Mapping[str, object]) -> str:
    """The name of an item, from those of its facts that give it one."""
    for fact in (f"{word}_name", "name"):
        if isinstance(name := item.get(fact), str) and name:
            return _short(name)
    number = f"{word.replace('_', ' ')} {item_id.rpartition('-')[2]}"
    what = item.get(word)
    return f"{number}: {_short(what)}" if isinstance(what, str) and what else number


def _short(name: str) -> str:
    line = " ".join(name.split()).rstrip(".")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
