"""What one person sees of one case: what is known, as far as they may see it, and what people call things in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from engine import feel
from engine.casework.step.drawn_before import element_drawn, former_policies
from engine.casework.step.office import Office
from engine.casework.step.versions import Version
from engine.casework.words.copy_contents import Copy, current_by_subject
from engine.casework.words.items import name_of, told_apart
from engine.casework.words.values import in_words, plain
from engine.clock import local_date
from engine.diagram.model import Element
from engine.forms import Field, with_days_in_words
from engine.model import ACCESS_CODE, CaseSummary, Subject
from engine.person import spoken_name
from engine.store import Connection, cases, facts
from engine.store.cases import CaseRow
from engine.variants import VariantSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Looker:
    """The person who looks at a case."""

    name: str
    teams: frozenset[str] = frozenset()  #: ids
    #: what forms call those to whom they belong; None for somebody who may see everything
    audiences: frozenset[str] | None = None


#: Whose copies an agency's officer sees the case by, besides the answers that their other audiences are shown.
_AGENCIES = "agencies"


class Look:
    """One case, read in three queries: the case, who is in force for its council, and everything that was told."""

    def __init__(self, office: Office, connection: Connection, row: CaseRow, looker: Looker) -> None:
        self.connection = connection
        self.row = row
        self.case_id = row.case_id
        self.looker = looker
        self.now: datetime = office.clock.now()
        self.version: Version = office.versions.get(connection, row.variant_digest, row.calendar_digest)
        self.settings: VariantSettings = office.in_force(connection, self.version, row.council_id).settings
        self._former = former_policies(office.versions, connection, row.case_id)
        every = facts.history(connection, row.case_id)
        self.told = [fact for fact in every if fact.name != ACCESS_CODE]
        self.copy = Copy(
            variant=self.version.variant,
            audience=None if looker.audiences is None else _AGENCIES,
            also=looker.audiences or frozenset(),
            facts=current_by_subject(self.told),
            now=self.now,
        )

    @property
    def summary(self) -> CaseSummary:
        return cases.summary(self.row)

    @property
    def title(self) -> str:
        """What people know the case by: for somebody who does not see everything, only where they see that fact."""
        if self.copy.is_whole:
            return self.row.title
        shown = self.shown.get(Subject(), {})
        return next((str(spoken_name(shown[name])) for name in self.settings.known_by if shown.get(name)), "")

    def element(self, process_id: str, element_id: str) -> Element:
        """By the version of the case, or by the last that it had with this element in it."""
        return element_drawn(self.version.variant, process_id, element_id, self._former)

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def sees_everything(self) -> bool:
        return self.copy.is_whole

    @cached_property
    def shown(self) -> Mapping[Subject, Mapping[str, Any]]:
        """What is known now and the person may see, by subject and name, as FEEL values; an uncertain day in words."""
        return {
            subject: {
                name: value for name, value in with_days_in_words(known).items() if self.copy.has_fact(subject, name)
            }
            for subject, known in self.copy.facts.items()
            if self.copy.has_item(subject.item_id)
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people call the items, from what the person may see of them."""
        return told_apart(
            {
                subject.item_id: name_of(self.settings, subject.collection, subject.item_id, known)
                for subject, known in self.shown.items()
                if not subject.is_case
            }
        )

    def items(self, collection: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The items of a collection that the person may see: id and facts, in the order of their numbers."""
        found = [(s.item_id, known) for s, known in self.shown.items() if s.collection == collection]
        return sorted(found, key=lambda item: (_ordinal(item[0]), item[0]))

    def name_of(self, item_id: str) -> str:
        """ "" for the case itself."""
        return self.names.get(item_id, item_id)

    def field(self, name: str) -> Field | None:
        """The question that asks for the fact."""
        return self.version.asked.get(name)

    def label(self, name: str) -> str:
        field = self.field(name)
        words = field.name if field is not None else plain(name)
        return words[:1].upper() + words[1:]

    def words(self, name: str, value: feel.Value) -> str:
        """A value, as FEEL has it, as a person would write it. Texts keep their lines."""
        field = self.field(name)
        if isinstance(value, str) and (field is None or not field.options):
            return value.strip()
        words = in_words(feel.to_json(value), field)
        return words.capitalize() if isinstance(value, bool) else words


@contextmanager
def look_at(office: Office, reference: str, looker: Looker, *, council_id: str) -> Iterator[Look]:
    """The case as `looker` sees it. Raises CaseNotFoundError."""
    with office.database.read() as connection:
        yield Look(office, connection, cases.find_case(connection, reference, council_id), looker)


def _ordinal(item_id: str) -> int:
    tail = item_id.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0
