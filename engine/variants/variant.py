"""A variant: one council's folder, with what it inherits, read when first asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine import dmn
from engine.calendar import Calendar
from engine.diagram import Diagram, Element, Process, read_diagram
from engine.errors import BadInputError, VariantNotFoundError
from engine.forms import Form, FormWords, Question, labels_of, read_form
from engine.letters import Letter, Logo, read_letter, read_logo
from engine.problems import Problem, Severity
from engine.toml import check_size, read_toml
from engine.variants.descent import line_of_descent, line_over
from engine.variants.folder import POLICY_FILE, SCENARIOS, SETTINGS_FILE, belongs
from engine.variants.inheritance import Base, Resolved, resolve
from engine.variants.kinds_of_files import first_of_each, names_in, read_all
from engine.variants.limits import LIMITS_FILE, LimitRow, Limits, read_limits
from engine.variants.overlay import Edit
from engine.variants.pack import pack, unpack
from engine.variants.pages import Page, limits_in_words, read_page
from engine.variants.pin import BaseFolder, Pin
from engine.variants.policy import Clause, Conflict, read_conflicts, read_policy
from engine.variants.settings import VariantSettings
from engine.variants.settings_reader import read_settings
from engine.variants.translations import Translations, read_translations


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One council's policy. Equal contents have equal digests; compare those."""

    id: str  #: the folder's name, and the council's id
    files: Mapping[str, bytes] = field(repr=False)  #: own and inherited, by name, sorted
    origin: Mapping[str, str] = field(repr=False)  #: file → the folder it came from
    #: of the files in TOML, those that have been parsed; variant.toml always
    tables: Mapping[str, Mapping[str, Any]] = field(repr=False, compare=False)
    folder_problems: tuple[Problem, ...] = field(
        default=(), repr=False
    )  #: files that were left out, lines not understood
    #: what its folders say over what they inherit; () where it was read from a pack
    edits: tuple[Edit, ...] = field(default=(), repr=False, compare=False)
    bases: tuple[Base, ...] = field(default=(), repr=False, compare=False)  #: the folders it extends, the oldest first
    pin: Pin | None = field(default=None, repr=False, compare=False)  #: of its bases; None where they are as they lie
    #: facts, and ids of tasks, that only processes of a base have which stand in no slot here: known, and null
    untold: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @classmethod
    def from_files(
        cls,
        files: Mapping[str, bytes],
        id: str,
        *,
        origin: Mapping[str, str] | None = None,
        tables: Mapping[str, Mapping[str, Any]] | None = None,
        problems: tuple[Problem, ...] = (),
        edits: tuple[Edit, ...] = (),
        bases: tuple[Base, ...] = (),
        untold: frozenset[str] = frozenset(),
    ) -> Variant:
        """A variant of resolved files, and of what has been parsed of them already (`tables`).

        Raises VariantNotFoundError where its variant.toml is unreadable.
        """
        kept = {file: files[file] for file in sorted(files) if belongs(file)}
        if SETTINGS_FILE not in kept:
            raise VariantNotFoundError(f"The variant {id} has no {SETTINGS_FILE}. Every variant needs one.")
        return cls(
            id=id,
            files=MappingProxyType(kept),
            origin=MappingProxyType({file: (origin or {}).get(file, id) for file in kept}),
            tables=MappingProxyType({SETTINGS_FILE: _settings_table(kept, id, tables or {}), **(tables or {})}),
            folder_problems=problems,
            edits=edits,
            bases=bases,
            untold=untold,
        )

    def pack(self) -> bytes:
        """All files, own and inherited, as one run of bytes: the same files always give the same bytes."""
        return self._packed

    @cached_property
    def _packed(self) -> bytes:  # each case that is opened names its version, and packing takes longer than the rest
        return pack(self.id, self.files, self.origin)

    @classmethod
    def unpack(cls, data: bytes) -> Variant:
        """The variant that `pack` packed. Raises BadInputError where `data` is anything else."""
        variant_id, files, origin = unpack(data)
        return cls.from_files(files, variant_id, origin=origin)

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over the names and contents of all files but the scenarios."""
        whole = hashlib.sha256()
        for file, data in self.files.items():
            if not file.startswith(SCENARIOS):
                whole.update(hashlib.sha256(file.encode()).digest() + hashlib.sha256(data).digest())
        return whole.hexdigest()

    @property
    def name(self) -> str:
        """The council's name; its id where variant.toml gives none."""
        return self.settings.name or self.id

    @property
    def settings(self) -> VariantSettings:
        return self._settings[0]

    def with_settings(self, settings: VariantSettings) -> Variant:
        """The same files, whatever was read of them already, and these settings."""
        copied = copy(self)
        vars(copied)["_settings"] = settings, self._settings[1]
        return copied

    @property
    def policy(self) -> Mapping[str, Clause]:
        """The clauses of the policy by id."""
        return self._policy[0]

    @property
    def policy_table(self) -> Mapping[str, Any]:
        """Its policy.toml as it is written, those of its bases merged in."""
        return self._policy_table[0]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where the policy's documents disagree or are silent."""
        return self._conflicts[0]

    @property
    def calendar(self) -> Calendar:
        return self._calendar[0]

    @property
    def diagrams(self) -> Mapping[str, Diagram]:
        """The readable diagrams by file."""
        return self._diagrams[0]

    @property
    def definitions(self) -> Mapping[str, dmn.Definitions]:
        """The readable files of decisions by file."""
        return self._definitions[0]

    @property
    def processes(self) -> Mapping[str, Process]:
        """The processes of all diagrams by id."""
        return self._processes[0]

    @property
    def process_file(self) -> Mapping[str, str]:
        """Process id → file of its diagram."""
        return self._process_file[0]

    @property
    def decisions(self) -> Mapping[str, dmn.Definitions]:
        """Decision id → the file of decisions that holds it."""
        return self._decisions[0]

    @property
    def forms(self) -> Mapping[str, Form]:
        """The readable forms by id."""
        return self._forms[0]

    @cached_property
    def questions(self) -> tuple[tuple[Form, Question], ...]:
        """Every question of every readable form, with the form that asks it."""
        return tuple((form, question) for form in self.forms.values() for question in form.questions)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element of every process."""
        return tuple(element for process in self.processes.values() for element in process.elements.values())

    @property
    def letters(self) -> Mapping[str, Letter]:
        """The readable letters by id."""
        return self._letters[0]

    @property
    def pages(self) -> Mapping[str, Page]:
        """The readable pages for the public by id: the file's name without its ending."""
        return self._pages[0]

    def page_values(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """What the placeholders of its pages print in that language: of the council, and of the limits in words."""
        return {"council": self.settings.council_in(language), "limits": limits_in_words(self.limits, language)}

    @cached_property
    def translations(self) -> Mapping[str, Translations]:
        """What is said in each of its languages but the first, by the language's code."""
        return {code: read_translations(self.files, code) for code in self.settings.languages[1:]}

    def page_in(self, page_id: str, language: str) -> tuple[Page | None, str]:
        """The page in that language, or else in the first; and which language it is in."""
        translated = self.translations[language].pages.get(page_id) if language in self.translations else None
        return (translated, language) if translated else (self.pages.get(page_id), self.settings.languages[0])

    def words_of_form(self, form_id: str, language: str) -> FormWords | None:
        """The texts of the form in that language; None where that is the form's own."""
        if language not in self.translations:
            return None
        translated = self.translations[language].forms.get(form_id)
        return FormWords(
            fields=translated.fields if translated is not None else (),
            words=self.settings.translations.get(language, {}),
            own_language=self.settings.languages[0],
        )

    @property
    def limits(self) -> Mapping[str, LimitRow]:
        """The time limits by name."""
        return self._limits[0].rows

    @property
    def limits_switched_off(self) -> frozenset[str]:
        """The names of the limits that are there and by which nothing is due."""
        return self._limits[0].switched_off

    @property
    def scenario_files(self) -> tuple[str, ...]:
        """The names of the worked examples: "scenarios/….toml"."""
        return names_in(self.files, SCENARIOS, ".toml")

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Whatever could not be read. Reading it reads everything."""
        parts: Iterable[tuple[Any, list[Problem]]] = (
            self._settings, self._policy, self._conflicts, self._calendar, self._diagrams, self._process_file,
            self._main_process, self._definitions, self._decisions, self._limits, self._forms, self._letters,
            self._pages,
        )  # fmt: skip
        in_languages = (problem for each in self.translations.values() for problem in each.problems)
        return (*self.folder_problems, *(problem for _, problems in parts for problem in problems), *in_languages)

    @cached_property
    def _settings(self) -> tuple[VariantSettings, list[Problem]]:
        settings, sentences = read_settings(self.tables[SETTINGS_FILE])
        settings = replace(settings, logo=self._logo(settings.logo_file)[0])
        return settings, [Problem(file=SETTINGS_FILE, sentence=sentence) for sentence in sentences]

    @cached_property
    def logo_problems(self) -> tuple[str, ...]:
        """Why the logo that its settings name is not shown; () where it is, or where there is none."""
        return self._logo(self.settings.logo_file)[1]

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
        settings = self.settings
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
    def _process_file(self) -> tuple[Mapping[str, str], list[Problem]]:
        found = ((process, file) for file, diagram in self.diagrams.items() for process in diagram.processes)
        return first_of_each(found, "process")

    @cached_property
    def _processes(self) -> tuple[Mapping[str, Process], list[Problem]]:
        files = self.process_file.items()
        return {process: self.diagrams[file].processes[process] for process, file in files}, []

    @cached_property
    def _main_process(self) -> tuple[str | None, list[Problem]]:
        main = self.settings.main_process
        if main in self.processes or (main is None and not self.processes):
            return main, []
        which = f"names the main process “{main}”, which no diagram holds" if main else "names no main process"
        sentence = f'{SETTINGS_FILE} {which}. Write main_process = "…" with the id of the process to start.'
        return main, [Problem(file=SETTINGS_FILE, sentence=sentence)]

    @cached_property
    def _decisions(self) -> tuple[Mapping[str, dmn.Definitions], list[Problem]]:
        found = ((decision, file) for file, each in self.definitions.items() for decision in each.decisions)
        files, problems = first_of_each(found, "decision")
        return {decision: self.definitions[file] for decision, file in files.items()}, problems

    @cached_property
    def _limits(self) -> tuple[Limits, list[Problem]]:
        definitions = self.definitions.get(LIMITS_FILE)
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


def load_variant(folder: Path, *, root: Path | None = None) -> Variant:
    """The variant in `folder` with everything it inherits: bases as they are pinned, else beside it, else in `root`.

    A bad file in it is left for `Variant.problems`. Raises VariantNotFoundError where a folder is missing, a
    variant.toml is unreadable, or what it extends is missing or goes in a circle.
    """
    line, pin = line_of_descent(folder, root)
    return replace(_of_resolved(resolve(line), line[0].name), pin=pin)


def variant_over(name: str, files: Mapping[str, bytes], bases: Sequence[BaseFolder]) -> Variant:
    """The variant of this name with these files of its own over these bases. Raises as `load_variant`."""
    return _of_resolved(resolve(line_over(name, files, bases)), name)


def _of_resolved(resolved: Resolved, name: str) -> Variant:
    return Variant.from_files(
        resolved.files, name, origin=resolved.origin, tables=resolved.tables, problems=resolved.problems,
        edits=resolved.edits, bases=resolved.bases, untold=resolved.untold,
    )  # fmt: skip


def _read_decisions(data: bytes, *, file: str) -> dmn.Definitions:
    return dmn.load(data, name=file)


def _settings_table(files: Mapping[str, bytes], id: str, tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    name = f"{id}/{SETTINGS_FILE}"
    try:
        check_size(files[SETTINGS_FILE], name=name)  # a merged one may be larger than each it was merged from
        return tables[SETTINGS_FILE] if SETTINGS_FILE in tables else read_toml(files[SETTINGS_FILE], name=name)
    except BadInputError as error:
        raise VariantNotFoundError(str(error)) from None
