"""The variant versions in use: parsed once per process, compiled once per process, kept by hash."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from engine import feel
from engine.calendar import Calendar, feel_functions
from engine.diagram.frames import frames_of
from engine.diagram.model import DEADLINE_CHANGED, Element, ElementKind, EventKind
from engine.diagram.throws import Throws
from engine.errors import ProcessNotFoundError
from engine.forms import Field
from engine.runtime import Program, compile_process
from engine.staff.directory import Directories, InForce
from engine.store import Connection
from engine.store.cases import load_version
from engine.variants import Variant, VariantSettings

_WORD = re.compile(r"\w+")


class Version:
    """One immutable variant version with its compiled processes, and the calendar that counts its days.

    The calendar is the version's own until a later one is applied to the council's cases (`recalculation`).
    """

    def __init__(
        self, variant: Variant, *, calendar: Calendar | None = None, programs: dict[str, Program] | None = None
    ) -> None:
        self.variant = variant
        self.digest = variant.digest
        self.calendar = calendar if calendar is not None else variant.calendar
        self._programs: dict[str, Program] = programs if programs is not None else {}

    def with_calendar(self, calendar: Calendar) -> Version:
        """The same version, its days counted by another calendar; what is compiled is shared."""
        return Version(self.variant, calendar=calendar, programs=self._programs)

    def program(self, process_id: str) -> Program:
        """Raises ProcessNotFoundError or DiagramNotRunnableError."""
        program = self._programs.get(process_id)
        if program is None:
            process = self.variant.processes.get(process_id)
            if process is None:
                raise ProcessNotFoundError(process_id, self.variant.name)
            diagram = self.variant.diagrams[self.variant.process_file[process_id]]
            program = self._programs[process_id] = compile_process(process, diagram.oddities)
        return program

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., feel.Value]]:
        """The FEEL functions of the calendar."""
        return feel_functions(self.calendar)

    @cached_property
    def asked(self) -> Mapping[str, Field]:
        """The question that asks for each fact, by its name; of several forms that ask for it the application's."""
        found: dict[str, Field] = {}
        main = self.variant.processes.get(self.variant.settings.main_process or "")
        applied_with = {start.form_id for start in main.start_events()} if main is not None else set()
        for _, question in sorted(self.variant.questions, key=lambda asked: asked[0].id not in applied_with):
            for each in question.fields:
                if each.key:
                    found.setdefault(each.key, each)
        return found

    @cached_property
    def frames(self) -> Mapping[tuple[str, str | None], str]:
        """The due dates of time frames as written, by (process, element; None for the process itself). One whose limit
        is switched off is none."""
        return {
            (frame.process_id, frame.element_id): frame.due_date
            for process in self.variant.processes.values()
            for frame in frames_of(process)
            if frame.limit not in self.variant.limits_switched_off
        }

    @cached_property
    def hears_deadlines(self) -> bool:
        """Whether anything in the diagrams waits to be told that a deadline has changed."""
        return any(e.event is not None and e.event.name == DEADLINE_CHANGED for e in self.variant.elements)

    @cached_property
    def throws(self) -> Throws:
        """What is thrown and waited for inside a case."""
        return Throws(self.variant.processes)

    @cached_property
    def collection_words(self) -> Mapping[str, frozenset[str]]:
        """By process: every word in the collections for each element of which a call activity calls a process, all at
        once. A fact of another name does not change them."""
        found: dict[str, frozenset[str]] = {}
        for element in self.variant.elements:
            if element.kind is ElementKind.CALL and element.loop is not None and not element.loop.is_sequential:
                words = frozenset(_WORD.findall(element.loop.input_collection or ""))
                found[element.process_id] = found.get(element.process_id, frozenset()) | words
        return found

    @cached_property
    def message_starts(self) -> Mapping[str, Element]:
        """Start events by the message that starts their process; the check refuses two of one message."""
        return {name: starts[-1] for name, starts in self._starts(EventKind.MESSAGE).items()}

    @cached_property
    def time_starts(self) -> Mapping[str, tuple[Element, ...]]:
        """Start events that wait, in each case, for the time at which their process begins; by the process."""
        found = {
            process.id: tuple(start for start in process.start_events() if start.begins_by_time)
            for process in self.variant.processes.values()
        }
        return {process_id: starts for process_id, starts in found.items() if starts}

    @cached_property
    def signal_starts(self) -> Mapping[str, list[Element]]:
        """Start events by the signal that starts their processes."""
        return self._starts(EventKind.SIGNAL)

    def _starts(self, kind: EventKind) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for process in self.variant.processes.values():
            for element in process.start_events():
                if element.event is not None and element.event.kind is kind and element.event.name:
                    found.setdefault(element.event.name, []).append(element)
        return found


class Versions:
    """Versions by hash, and by the hash of the version whose calendar counts; and who works with their cases."""

    def __init__(self) -> None:
        self._versions: dict[str, Version] = {}
        self._recounted: dict[tuple[str, str], Version] = {}
        self._directories = Directories(self._today)

    def apart(self) -> Versions:
        """The same versions, which are compiled once; who works with their cases is another database's to say."""
        other = Versions()
        other._versions, other._recounted = self._versions, self._recounted
        return other

    def put(self, variant: Variant) -> Version:
        return self._versions.setdefault(variant.digest, Version(variant))

    def get(self, connection: Connection, digest: str, calendar_digest: str | None = None) -> Version:
        """The version `digest`; its days are counted by the calendar of `calendar_digest`, where one is given."""
        if calendar_digest is not None:
            return self._get_recounted(connection, digest, calendar_digest)
        version = self._versions.get(digest)
        if version is None:
            version = self._versions[digest] = Version(Variant.unpack(load_version(connection, digest)))
        return version

    def in_force(self, connection: Connection, version: Version, council_id: str, day: date) -> InForce:
        """The version's settings with the council's own people, teams and agencies as they are now, and what is a fact
        about that day from the version in force. One query."""
        return self._directories.in_force(connection, version.variant, council_id, day)

    def _today(self, connection: Connection, digest: str) -> VariantSettings:
        return self.get(connection, digest).variant.settings

    def _get_recounted(self, connection: Connection, digest: str, calendar_digest: str) -> Version:
        key = digest, calendar_digest
        version = self._recounted.get(key)
        if version is None:
            calendar = self.get(connection, calendar_digest).calendar
            version = self._recounted[key] = self.get(connection, digest).with_calendar(calendar)
        return version
