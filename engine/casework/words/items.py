"""What a person calls an item of a case: the agency by its name, the action by what is to be done, the appeal by its
day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from engine import feel
from engine.model import BEGUN_ON
from engine.store import Connection, facts
from engine.variants import VariantSettings
from engine.words import day_in_words

_LONGEST = 60  #: characters of a name


def item_names(connection: Connection, case_id: int, settings: VariantSettings) -> dict[str, str]:
    """A name for every item of the case that has facts, by its id.

    A collection `agencies` of items called “agency” takes the fact `agency_name` or `name` as the item's name; the
    fact `agency` says what the item is, and stands behind its number. Where there is neither, its day is its name, if
    the collection has one or a message made the item; otherwise the number alone.
    """
    known: dict[tuple[str, str], dict[str, object]] = {}
    for row in facts.current_items(connection, case_id, settings.items):
        item = known.setdefault((row.collection, row.item_id), {})
        if row.name in item_naming_facts(settings, row.collection):
            item[row.name] = feel.load(row.value)
    return told_apart(
        {item_id: name_of(settings, collection, item_id, item) for (collection, item_id), item in known.items()}
    )


def item_naming_facts(settings: VariantSettings, collection: str) -> tuple[str, ...]:
    """The facts that give an item of the collection its name."""
    word = settings.items.get(collection, collection)
    day = settings.item_days.get(collection)
    return (f"{word}_name", "name", word, *((day,) if day else ()), BEGUN_ON)


def name_of(settings: VariantSettings, collection: str, item_id: str, item: Mapping[str, object]) -> str:
    """The name of an item, from those of its facts that give it one."""
    word = settings.items.get(collection, collection)
    for fact in (f"{word}_name", "name"):
        if isinstance(name := item.get(fact), str) and name:
            return _short(name)
    number = number_of(settings, collection, item_id)
    if isinstance(what := item.get(word), str) and what:
        return f"{number}: {_short(what)}"
    days = (item.get(fact) for fact in (settings.item_days.get(collection, BEGUN_ON), BEGUN_ON))
    day = next((day for day in days if isinstance(day, date)), None)
    return f"{_read(word)} of {day_in_words(day)}" if day is not None else number


def number_of(settings: VariantSettings, collection: str, item_id: str) -> str:
    """`action 2`: what the item is called where nothing is told of it."""
    return f"{_read(settings.items.get(collection, collection))} {item_id.rpartition('-')[2]}"


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names by item; where several are called the same, the later ones with their number: two of one day."""
    count, found = Counter[str](), dict[str, str]()
    for item_id, name in names.items():
        count[name] += 1
        found[item_id] = name if count[name] == 1 else f"{name} ({count[name]})"
    return found


def _read(word: str) -> str:
    return word.replace("_", " ")


def _short(name: str) -> str:
    line = " ".join(name.split()).rstrip(".")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
