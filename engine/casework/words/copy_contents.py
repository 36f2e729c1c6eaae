"""What a copy of a case file holds: everything, or what those it is made for may see.

For the victim or an agency a fact is in the copy only where every form that asks for it shows it to them. An item that
the variant leaves out for them (`[copies.…]` in variant.toml) is not in it at all, and the history tells steps without
what was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from engine import feel
from engine.casework.words.shown_facts import facts_shown_to
from engine.errors import EngineError
from engine.model import ACCESS_CODE, CASE, RecordEntry, Subject
from engine.person import spoken_name
from engine.record_kinds import RecordKind, Trait
from engine.store.facts import RecordedFact
from engine.variants import Variant

#: For whom `asb export --for` makes a copy → the audience that forms name; None for those who see everything.
AUDIENCES: Mapping[str, str | None] = {"victim": "victim", "agency": "agencies", "ombudsman": None}


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What is in a copy for one audience; for None everything is."""

    variant: Variant
    audience: str | None
    facts: Mapping[Subject, Mapping[str, Any]]  #: the current ones, by subject and name
    now: datetime
    also: frozenset[str] = frozenset()  #: further audiences of the person that the copy is for
    holds_code: bool = False  #: the code with which the applicant looks at the case
    leaves_out: str = ""  #: FEEL over the facts of an item that is not in this copy besides; "" for none

    @property
    def is_whole(self) -> bool:
        return self.audience is None

    @cached_property
    def left_out_items(self) -> frozenset[str]:
        """Ids of the items that are not in the copy."""
        return frozenset(s.item_id for s, known in self.facts.items() if not s.is_case and self._leaves_out(known))

    @cached_property
    def _letters_to(self) -> tuple[str, ...]:
        return self.variant.settings.copy_for(self.audience or "").letters_to

    @cached_property
    def _recipients(self) -> frozenset[str]:
        """The names of those whose letters are in the copy."""
        names = self._letters_to
        return frozenset(
            str(spoken_name(known[name]))
            for subject, known in self.facts.items() if subject.item_id not in self.left_out_items
            for name in names if known.get(name)
        )  # fmt: skip

    @cached_property
    def _shown(self) -> frozenset[str]:
        """Facts that every form that asks for them shows to the audience."""
        return facts_shown_to(self.variant, {*self.also, self.audience or ""})

    @cached_property
    def _of_others(self) -> frozenset[str]:
        """What the variant keeps for other people of the case than the one that the copy is for."""
        addressees = self.variant.settings.addressees
        if self.audience is None or self.audience not in addressees:
            return frozenset()
        of_case = self.facts.get(CASE, {})
        return addressees.kept_from(addressees.same_person(self.audience, of_case, now=self.now))

    def has_fact(self, subject: Subject, name: str) -> bool:
        if subject.is_case and name in self._of_others:
            return False
        if name == ACCESS_CODE:  # the key of the one, and nobody else's
            return self.holds_code
        if self.is_whole:
            return True
        return name in self._shown and subject.item_id not in self.left_out_items

    def has_item(self, item_id: str | None) -> bool:
        return self.is_whole or item_id not in self.left_out_items

    def has_letter(self, recipient: str, roles: Iterable[str]) -> bool:
        """Whether a letter to somebody of this name, and of these roles in the case, is in it."""
        return self.is_whole or recipient in self._recipients or not set(roles).isdisjoint(self._letters_to)

    def has_entry(self, entry: RecordEntry) -> bool:
        if self.is_whole:
            return True
        content = entry.content or {}
        if entry.kind not in RecordKind.having(Trait.PLAIN) or not self.has_item(content.get("item")):
            return False
        return entry.kind != RecordKind.LETTER_SENT or self.has_letter(
            str(content.get("to", "")), content.get("roles") or ()
        )

    def _leaves_out(self, known: Mapping[str, Any]) -> bool:
        conditions = (self.variant.settings.copy_for(self.audience or "").leaves_out, self.leaves_out)
        return not self.is_whole and any(self._holds(each, known) for each in conditions if each)

    def _holds(self, condition: str, known: Mapping[str, Any]) -> bool:
        try:
            return feel.parse(condition).evaluate(known, now=self.now) is not False
        except EngineError:  # what cannot be judged is not shown
            return True


def current_by_subject(told: Iterable[RecordedFact]) -> dict[Subject, dict[str, Any]]:
    """What is known now, of all that was ever told."""
    known: dict[Subject, dict[str, Any]] = {}
    for row in told:
        if row.is_current:
            known.setdefault(row.subject, {})[row.name] = feel.load(row.value)
    return known
