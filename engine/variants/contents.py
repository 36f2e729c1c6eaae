"""What the files of a variant hold, each kind read when first asked for, beside what could not be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from engine import dmn
from engine.calendar import Calendar
from engine.diagram import Diagram, Process, read_diagram
from engine.diagram.repeats import unfolded
from engine.errors import BadInputError
from engine.forms import Form, labels_of, read_form
from engine.letters import Letter, Logo, read_letter, read_logo
from engine.problems import Problem, Severity, Thing, ThingKind
from engine.toml import check_size, read_toml
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE
from engine.variants.kinds_of_files import first_of_each, read_all
from engine.variants.limits import LIMITS_FILE, Limits, read_limits
from engine.variants.pages import Page, read_page
from engine.variants.policy import Clause, Conflict, read_conflicts, read_policy
from engine.variants.settings import VariantSettings
from engine.variants.settings_reader import read_settings


class Contents:
    """Each kind as a pair: what was read, and the problems of the rest."""

    files: Mapping[str, bytes]  #: by name
    tables: Mapping[str, Mapping[str, Any]]  #: of the files in TOML, those that have been parsed

    @cached_property
    def _settings(self) -> tuple[VariantSettings, list[Problem]]:
        settings, sentences = read_settings(self.tables[SETTINGS_FILE])
        settings = replace(settings, logo=self._logo(settings.logo_file)[0])
        return settings, [Problem(file=SETTINGS_FILE, sentence=sentence) for sentence in sentences]

    @cached_property
    def logo_problems(self) -> tuple[str, ...]:
        """Why the logo that its settings name is not shown; () where it is, or where there is none."""
        return self._logo(self._settings[0].logo_file)[1]

    def _logo(self, file: str) -> tuple[Logo | None, tuple[str, ...]]:
        if not file:
            return None, ()
        if file not in self.files:
            return None, (f"The logo {file} is not there. Put it beside {SETTINGS_FILE}, or take the line out.",)
        try:
            return read_logo(self.files[file], name=file), ()
        except BadInputError as error:
            return None, (str(error),)

    @cached_property
    def _policy_table(self) -> tuple[Mapping[str, Any], list[Problem]]:
        data = self.files.get(POLICY_FILE, b"")
        try:
            check_size(data, name=POLICY_FILE)  # a merged one may be larger than each of those that it was merged from
            return self.tables[POLICY_FILE] if POLICY_FILE in self.tables else read_toml(data, name=POLICY_FILE), []
        except BadInputError as error:
            return {}, [Problem(file=POLICY_FILE, sentence=str(error))]

    @cached_property
    def _policy(self) -> tuple[Mapping[str, Clause], list[Problem]]:
        table, unreadable = self._policy_table
        clauses, sentences = read_policy(table)
        return clauses, [*unreadable, *(Problem(file=POLICY_FILE, sentence=sentence) for sentence in sentences)]

    @cached_property
    def _conflicts(self) -> tuple[tuple[Conflict, ...], list[Problem]]:
        conflicts, sentences = read_conflicts(self._policy_table[0])
        return conflicts, [Problem(file=POLICY_FILE, sentence=sentence) for sentence in sentences]

    @cached_property
    def _calendar(self) -> tuple[Calendar, list[Problem]]:
        settings = self._settings[0]
        try:
            calendar = Calendar(
                subdivision=settings.subdivision,
                closure_days=settings.closure_days,
                extra_holidays=settings.extra_holidays,
                meetings=settings.meetings,
            )
        except BadInputError as error:
            return Calendar(), [Problem(file=SETTINGS_FILE, sentence=f"[calendar]: {error}")]
        return calendar, []

    @cached_property
    def _diagrams(self) -> tuple[Mapping[str, Diagram], list[Problem]]:
        return read_all(self.files, "", ".bpmn", read_diagram)

    @cached_property
    def _definitions(self) -> tuple[Mapping[str, dmn.Definitions], list[Problem]]:
        read, problems = read_all(self.files, "", ".dmn", _read_decisions)
        for file, definitions in read.items():
            problems += [replace(each, file=file) for each in definitions.problems if each.severity is Severity.ERROR]
        return read, problems

    @cached_property
    def _drawn_file(self) -> tuple[Mapping[str, str], list[Problem]]:
        found = ((process, file) for file, diagram in self._diagrams[0].items() for process in diagram.processes)
        return first_of_each(found, "process")

    @cached_property
    def drawn_processes(self) -> Mapping[str, Process]:
        """The processes as they are drawn, by id."""
        return {process: self._diagrams[0][file].processes[process] for process, file in self._drawn_file[0].items()}

    @cached_property
    def processes(self) -> Mapping[str, Process]:
        """The processes of all diagrams as they are run, by id: with those that multi-instance activities repeat."""
        return unfolded(self.drawn_processes)

    @cached_property
    def process_file(self) -> Mapping[str, str]:
        """Process id → file of its diagram."""
        return {process.id: self._drawn_file[0][process.drawn_in or process.id] for process in self.processes.values()}

    @cached_property
    def _main_process(self) -> tuple[str | None, list[Problem]]:
        main = self._settings[0].main_process
        if main in self.processes or (main is None and not self.processes):
            return main, []
        which = f"names the main process “{main}”, which no diagram holds" if main else "names no main process"
        sentence = f'{SETTINGS_FILE} {which}. Write main_process = "…" with the id of the process to start.'
        return main, [
            Problem(file=SETTINGS_FILE, sentence=sentence, lacks=Thing(kind=ThingKind.PROCESS, name=main or ""))
        ]

    @cached_property
    def _decisions(self) -> tuple[Mapping[str, dmn.Definitions], list[Problem]]:
        found = ((decision, file) for file, each in self._definitions[0].items() for decision in each.decisions)
        files, problems = first_of_each(found, "decision")
        return {decision: self._definitions[0][file] for decision, file in files.items()}, problems

    @cached_property
    def _limits(self) -> tuple[Limits, list[Problem]]:
        definitions = self._definitions[0].get(LIMITS_FILE)
        return read_limits(definitions) if definitions is not None else (Limits(rows={}), [])

    @cached_property
    def _forms(self) -> tuple[Mapping[str, Form], list[Problem]]:
        read, problems = read_all(self.files, "forms/", ".form", read_form)
        for form in read.values():
            problems += form.problems
        by_id, twice = first_of_each(((form.id, file) for file, form in read.items()), "form")
        labels = labels_of(read.values())
        return {form: replace(read[file], labels=labels) for form, file in by_id.items()}, problems + twice

    @cached_property
    def _letters(self) -> tuple[Mapping[str, Letter], list[Problem]]:
        read, problems = read_all(self.files, "letters/", ".md", read_letter)
        for file, letter in read.items():
            problems += [Problem(file=file, sentence=sentence) for sentence in letter.problems]
        by_id, twice = first_of_each(((letter.id, file) for file, letter in read.items()), "letter")
        return {letter: read[file] for letter, file in by_id.items()}, problems + twice

    @cached_property
    def _pages(self) -> tuple[Mapping[str, Page], list[Problem]]:
        read, problems = read_all(self.files, "pages/", ".md", read_page)
        for file, page in read.items():
            problems += [Problem(file=file, sentence=sentence) for sentence in page.problems]
        return {page.id: page for page in read.values()}, problems


def _read_decisions(data: bytes, *, file: str) -> dmn.Definitions:
    return dmn.load(data, name=file)
