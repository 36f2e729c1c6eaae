"""What the rules look at: the diagrams to be checked, and the folder they stand in, where they stand in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from engine.check.finding import Place
from engine.check.identity import Identity
from engine.check.readable_names import KnownNames, read_known
from engine.check.subjects import alternatives_of, called_by
from engine.check.values.folder import Values
from engine.diagram import Diagram, Element, ElementKind, EventKind, Flow, Lane, Oddity, Process
from engine.diagram.implied import MARK
from engine.diagram.repeats import unfolded
from engine.handler import Handler
from engine.variants import SETTINGS_FILE, Agreement, BaseFolder, Variant


@dataclass(frozen=True, kw_only=True, eq=False)
class Policy:
    """The diagrams under check. Rules read it and change nothing."""

    diagrams: Mapping[str, Diagram]  #: by file
    folder: Variant | None = None  #: None where diagrams are checked alone
    known_handlers: Sequence[Handler] | None = None  #: None where nobody says which there are
    others: Mapping[str, Identity] = field(
        default_factory=dict
    )  #: the councils whose folders stand beside it, by folder
    #: the prefixes of references that other councils of the installation have, by council id
    neighbours: Mapping[str, str] = field(default_factory=dict)
    #: the agreements of those that the folder has agreements with, where their folders are there, by folder
    agreed: Mapping[str, tuple[Agreement, ...]] = field(default_factory=dict)
    #: the figures that councils of its areas publish, by folder, and None for one that publishes none; None where
    #: nobody has looked
    publishing: Mapping[str, frozenset[str] | None] | None = None
    #: what it extends, as that lies on disk; () where it lies nowhere, None where nobody has looked
    base_today: tuple[BaseFolder, ...] | None = None
    today: date | None = None  #: in London; None where nobody says

    @property
    def variant(self) -> Variant:
        """The folder, for rules that need one; the machine never calls them without."""
        if self.folder is None:
            raise LookupError("this rule needs a variant")
        return self.folder

    @cached_property
    def drawn(self) -> tuple[tuple[str, Process], ...]:
        """Every process as it is drawn, with the file of its diagram: for what is said of the drawing alone."""
        return tuple(
            (file, process) for file, diagram in self.diagrams.items() for process in diagram.processes.values()
        )

    @cached_property
    def processes(self) -> tuple[tuple[str, Process], ...]:
        """Every process as it is run, with the file of its diagram."""
        return tuple((file, each) for file, process in self.drawn for each in unfolded({process.id: process}).values())

    def elements(self) -> Iterator[tuple[Element, Process, Place]]:
        """Every element of every process as it is run, with the place that a finding names."""
        return _each(self.processes)

    def drawn_elements(self) -> Iterator[tuple[Element, Process, Place]]:
        """The same as they are drawn."""
        return _each(self.drawn)

    @cached_property
    def called(self) -> frozenset[str]:
        """The processes that a call runs, or may run where a council chooses what stands in a slot."""
        alternatives = alternatives_of(self.variant.settings.slots)
        calls = (element for element, _, _ in self.elements() if element.kind is ElementKind.CALL)
        return frozenset(called for call in calls for called in called_by(call, alternatives))

    @cached_property
    def heard(self) -> frozenset[str]:
        """The messages that something drawn waits for, by name."""
        return frozenset(
            element.event.name
            for element, _, _ in self.elements()
            if element.event is not None
            and element.event.kind is EventKind.MESSAGE
            and element.event.name
            and element.kind not in (ElementKind.THROW, ElementKind.END)
        )

    @cached_property
    def known(self) -> KnownNames:
        """The names that expressions may read."""
        return read_known(self.variant, [process for _, process in self.processes])

    @cached_property
    def values(self) -> Values:
        """What each value can be, and where that does not fit."""
        known = self.known if self.folder is not None else None
        return Values(self.processes, self.folder, known, self.known_handlers)

    def place_in_settings(self) -> Place:
        return Place(file=SETTINGS_FILE)

    @property
    def main_process(self) -> Process | None:
        """The process that an application starts; None where that is not known."""
        if self.folder is None or self.folder.settings.main_process is None:
            return None
        return self.folder.processes.get(self.folder.settings.main_process)

    @property
    def begun_processes(self) -> frozenset[str]:
        """Ids of the processes with whose form a case begins: by an application, or without one."""
        if self.folder is None:
            return frozenset()
        settings = self.folder.settings
        return frozenset({settings.main_process or ""} | {start.process for start in settings.starts}) - {""}


def _each(processes: Iterable[tuple[str, Process]]) -> Iterator[tuple[Element, Process, Place]]:
    for file, process in processes:
        for element in process.elements.values():
            yield element, process, place_of(file, element)


def place_of(file: str, what: Element | Flow | Process | Lane | Oddity) -> Place:
    """The place of something that is drawn."""
    if isinstance(what, Oddity):
        return Place(file=file, element_id=what.element_id, element_name=what.element_name)
    if isinstance(what, Process) and what.drawn_in is not None:
        return Place(file=file, element_id=what.id.rpartition(MARK)[2], element_name=what.name)
    # what a drawing implies is said of the element that implies it
    return Place(file=file, element_id=what.id.partition(MARK)[0], element_name=what.name)


def quoted(element: Element) -> str:
    """An element as a sentence names it: “Confirm the reports”, or “user task t1” where it has no name."""
    return f"“{element.label}”"
