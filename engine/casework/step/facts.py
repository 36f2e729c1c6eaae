"""The facts of one case during one step: read once when first needed, written with what they supersede."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.errors import ItemNotFoundError
from engine.model import BEGUN_ON, Subject
from engine.person import is_person
from engine.store import Batch, Connection
from engine.store import facts as stored
from engine.store.facts import NewFact


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """How a fact came to be known."""

    by: str
    words: str  #: "task HBC-2026-0001.17", "message withdraw", …
    happened_on: date | None = None
    at: str = ""  #: in doing what, as people call it; "" where the words say it
    correction_reason: str = ""  #: why what was known is put right; "" where nothing is


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """A fact that was written, and what it took the place of."""

    subject: Subject
    name: str
    before: tuple[int, feel.Value] | None
    number: int
    row: NewFact


class CaseFacts:
    """Reads are lazy: a step that asks for no fact makes no query. Values are FEEL values."""

    def __init__(
        self,
        connection: Connection,
        case_id: int,
        batch: Batch,
        *,
        collections: frozenset[str],
        item_counts: str,
        allocate: Callable[[], int],
        now: datetime,
        counted: frozenset[str] = frozenset(),
        naming: frozenset[str] = frozenset(),
        guarded: frozenset[str] = frozenset(),
    ) -> None:
        self._connection = connection
        self._case_id = case_id
        self._batch = batch
        self.collections = collections
        self._counted = counted  #: names of facts that are news each time they are told: a figure counts them
        self._naming = naming  #: names of facts by which people know and find the case
        self.is_news = False  #: whether anything was told in this step since somebody looked
        self.is_renamed = False  #: whether one of those was told in this step
        self._guarded = guarded  #: names of facts before which a guard stands
        #: which of those were told, and not yet looked at, with what was known before
        self.guarded_told: list[tuple[Subject, str, feel.Value]] = []
        self._told: list[_Told] | None = None  #: what is told together, and is not yet to stay
        self._counts: dict[str, int] = json.loads(item_counts)
        self._allocate = allocate
        self._now = now
        self._subjects: dict[Subject, dict[str, tuple[int, feel.Value]]] = {}
        self._whole: set[str] = set()  #: collections of which every item is in _subjects
        #: names of facts that were told, and of collections that got new items, since somebody looked
        self.changed: set[str] = set()

    @property
    def item_counts(self) -> str:
        return json.dumps(self._counts, sort_keys=True)

    def count_items_again(self, item_counts: str) -> None:
        """Count on from here: what was added since is taken back, and its ids are free."""
        self._counts = json.loads(item_counts)

    def of(self, subject: Subject) -> Mapping[str, Any]:
        """The current facts of a subject by name."""
        return {name: value for name, (_, value) in self._load(subject).items()}

    def get(self, subject: Subject, name: str) -> feel.Value:
        """Raises KeyError where the subject has no such fact."""
        return self._load(subject)[name][1]

    def load_items(self) -> None:
        """Read the items of every collection at once: for whoever will go through them all."""
        self._load_collections(self.collections)

    def items(self, collection: str) -> list[dict[str, Any]]:
        """The items of a collection in the order of their ids, each with its `id` and its facts."""
        self._load_collections({collection})
        subjects = sorted((s for s in self._subjects if s.collection == collection and self._subjects[s]), key=_ordinal)
        return [{"id": s.item_id, **self.of(s)} for s in subjects]

    def add_item(self, collection: str, source: Source, *, begun_on: date) -> Subject:
        """A new item, which begins today: what its process instance is about."""
        subject = self._new_item(collection)
        self.write(subject, BEGUN_ON, begun_on, source)
        return subject

    def write(
        self, subject: Subject, name: str, value: feel.Value, source: Source, *, number: int | None = None
    ) -> None:
        """A fact is told. A list under a collection's name adds and corrects items. The same value again is no news,
        unless a figure counts how often it is told. `number` is its number where it has one of its own.

        Raises ItemNotFoundError where an item that is to be corrected does not exist.
        """
        if name in self.collections and value is not None:
            if not isinstance(value, list):  # as a fact of the case it would hide the items from FEEL
                raise ItemNotFoundError(f"“{name}” is a list of items; give a list.")
            corrected: set[Subject] = set()
            for item in value:
                corrected.add(self._write_item(name, item, source, corrected))
            return
        known = self._load(subject)
        before = known.get(name)
        if name in self._guarded:
            self.guarded_told.append((subject, name, None if before is None else before[1]))
        # as text, because Python holds true and 1 to be equal
        is_news = source.happened_on is not None or name in self._counted
        if before is not None and feel.dump(before[1]) == feel.dump(value) and not is_news:
            return
        number = self._allocate() if number is None else number
        self.is_news = True
        self.changed.add(name)
        self.is_renamed = self.is_renamed or name in self._naming
        row: NewFact = {
            "collection": subject.collection,
            "item_id": subject.item_id,
            "name": name,
            "value": feel.dump(value),
            "happened_on": source.happened_on,
            "recorded_at": self._now,
            "recorded_by": source.by,
            "source": source.words,
            "supersedes": None if before is None else before[0],
        }
        known[name] = (number, value)
        if self._told is None:
            stored.add_fact(self._batch, number, **row)
        else:
            self._told.append(_Told(subject=subject, name=name, before=before, number=number, row=row))

    @contextmanager
    def told_together(self) -> Iterator[None]:
        """What is written within is told together; where anything is raised, nothing of it was told. Within another
        one it is told with that."""
        if self._told is not None:
            yield
            return
        counts, changed = dict(self._counts), set(self.changed)
        is_renamed, subjects = self.is_renamed, set(self._subjects)
        told: list[_Told] = []
        self._told = told
        try:
            yield
        except BaseException:
            for each in reversed(told):
                if each.before is None:
                    del self._subjects[each.subject][each.name]
                else:
                    self._subjects[each.subject][each.name] = each.before
            for subject in set(self._subjects) - subjects:  # a new item, or one that is read again
                del self._subjects[subject]
            self._whole.clear()
            self._counts, self.changed, self.is_renamed = counts, changed, is_renamed
            self.guarded_told.clear()
            raise
        finally:
            self._told = None
        for each in told:
            stored.add_fact(self._batch, each.number, **each.row)

    def _write_item(self, collection: str, item: feel.Value, source: Source, taken: set[Subject]) -> Subject:
        """`taken` are the items that other entries of the same list are about."""
        if not isinstance(item, Mapping):
            raise ItemNotFoundError(f"An entry of “{collection}” is not a set of named answers.")
        item_id = item.get("id")
        if item_id is None:
            subject = self._told_before(collection, item, taken) or self._new_item(collection)
        else:
            subject = Subject(collection=collection, item_id=str(item_id))
            if not self._load(subject):
                raise ItemNotFoundError(f"There is no “{item_id}” among the {collection} of this case.")
        for name, value in item.items():
            if name != "id":
                self.write(subject, name, value, source)
        return subject

    def _told_before(self, collection: str, item: Mapping[str, Any], taken: set[Subject]) -> Subject | None:
        """The item that says all that `item` says, where that names a person: who tells a list of people anew, such as
        who is invited, means the same people. Two reports that say the same may well be two."""
        if not any(is_person(value) for value in item.values()):
            return None
        said = {name: _compared(value) for name, value in item.items() if value is not None}
        for each in self.items(collection):
            subject = Subject(collection=collection, item_id=each["id"])
            if subject not in taken and all(_compared(each.get(name)) == value for name, value in said.items()):
                return subject
        return None

    def _new_item(self, collection: str) -> Subject:
        self._counts[collection] = ordinal = self._counts.get(collection, 0) + 1
        subject = Subject(collection=collection, item_id=f"{collection}-{ordinal}")
        self._subjects[subject] = {}
        self.changed.add(collection)
        return subject

    def _load(self, subject: Subject) -> dict[str, tuple[int, feel.Value]]:
        known = self._subjects.get(subject)
        if known is None:
            known = self._subjects[subject] = {}
            if subject.collection not in self._whole:
                for row in stored.current_facts(self._connection, self._case_id, subject):
                    known[row.name] = (row.number, feel.load(row.value))
        return known

    def _load_collections(self, wanted: Iterable[str]) -> None:
        collections = set(wanted) - self._whole
        if not collections:
            return
        seen = {s for s in self._subjects if s.collection in collections}
        for row in stored.current_items(self._connection, self._case_id, collections):
            subject = Subject(collection=row.collection, item_id=row.item_id)
            if subject not in seen:
                self._subjects.setdefault(subject, {})[row.name] = (row.number, feel.load(row.value))
        self._whole |= collections


def _compared(value: feel.Value) -> str:
    """What two values are held against each other by: of a person the id, whatever else is known of them by now."""
    return str(value["id"]) if isinstance(value, Mapping) and is_person(value) else feel.dump(value)


def _ordinal(subject: Subject) -> tuple[int, str]:
    tail = subject.item_id.rpartition("-")[2]
    return (int(tail) if tail.isdigit() else 0, subject.item_id)
