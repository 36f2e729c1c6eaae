"""Which element of the new version each element of the old one became: by the owner's table, by id, or by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from engine.casework.migration.table import OwnersTable
from engine.diagram.implied import MARK
from engine.diagram.model import Element, Process


class Matches:
    """Of one process: what became of its elements."""

    def __init__(self, old: Process, new: Process, said: Mapping[str, str]) -> None:
        """`said`: by the owner, old id to new id, or "" for none."""
        self.old = old
        self.new = new
        self._said = said

    def image(self, element_id: str) -> Element | None:
        """What it became; None where the new version has nothing of it."""
        return self.images.get(element_id)

    def is_said_to_be_gone(self, element_id: str) -> bool:
        return self._said.get(element_id) == ""

    def is_new(self, element_id: str) -> bool:
        """Whether nothing of the old version became this element of the new one."""
        return element_id not in self.origins

    @cached_property
    def images(self) -> Mapping[str, Element]:
        found: dict[str, Element] = {}
        for element_id in self.old.elements:
            became = self._said.get(element_id, element_id)
            if became in self.new.elements and (element_id in self._said or became not in self._named_by_owner):
                found[element_id] = self.new.elements[became]
        return {**found, **self._by_name(found)}

    @cached_property
    def origins(self) -> Mapping[str, tuple[str, ...]]:
        """By element of the new version, those of the old one that became it: one, unless the table says otherwise."""
        found: dict[str, tuple[str, ...]] = {}
        for element_id, became in self.images.items():
            found[became.id] = (*found.get(became.id, ()), element_id)
        return found

    @cached_property
    def _named_by_owner(self) -> frozenset[str]:
        return frozenset(self._said.values())

    def _by_name(self, found: Mapping[str, Element]) -> Mapping[str, Element]:
        """An element whose id is gone is one of a new id, where both alone have its name and are of its kind."""
        taken = {element.id for element in found.values()}
        left = [e for e in self.old.elements.values() if e.id not in found and e.id not in self._said and e.name]
        free = [e for e in self.new.elements.values() if e.id not in taken and e.name]
        were = Counter((e.name, e.kind) for e in left)
        are = Counter((e.name, e.kind) for e in free)
        by_name = {(e.name, e.kind): e for e in free}
        return {e.id: by_name[e.name, e.kind] for e in left if were[e.name, e.kind] == are[e.name, e.kind] == 1}


class PolicyMatches:
    """Of all processes of a policy."""

    def __init__(self, old: Mapping[str, Process], new: Mapping[str, Process], table: OwnersTable) -> None:
        self._old = old
        self._new = new
        self._table = table
        self._found: dict[str, Matches | None] = {}

    def of(self, process_id: str) -> Matches | None:
        """None where the new version has no such process."""
        if process_id not in self._found:
            old = self._old[process_id]
            new = self._new.get(self._image_of_process(old) or "")
            said = self._table.elements.get(old.drawn_in or old.id, {})
            self._found[process_id] = Matches(old, new, said) if new is not None else None
        return self._found[process_id]

    def _image_of_process(self, process: Process) -> str | None:
        """What a multi-instance activity repeats is called after that activity, which may have another id now."""
        if process.drawn_in is None:
            return process.id
        around, _, element_id = process.id.rpartition(MARK)
        matches = self.of(around)
        image = matches.image(element_id) if matches is not None else None
        return f"{image.process_id}{MARK}{image.id}" if image is not None else None
