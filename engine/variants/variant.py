"""A variant: one council's folder, with what it inherits, read when first asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from engine import dmn
from engine.calendar import Calendar
from engine.diagram import Diagram, Element
from engine.errors import BadInputError, VariantNotFoundError
from engine.forms import Form, FormWords, Question
from engine.letters import Letter
from engine.problems import Problem
from engine.toml import check_size, read_toml
from engine.variants.contents import Contents
from engine.variants.folder import SCENARIOS, SETTINGS_FILE, belongs
from engine.variants.inheritance import Base
from engine.variants.kinds_of_files import names_in
from engine.variants.limits import LimitRow
from engine.variants.overlay import Edit
from engine.variants.pack import pack, unpack
from engine.variants.pages import Page, limits_in_words
from engine.variants.pin import Pin
from engine.variants.policy import Clause, Conflict
from engine.variants.settings import VariantSettings
from engine.variants.translations import Translations, read_translations


@dataclass(frozen=True, kw_only=True)
class Variant(Contents):
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
            self._settings, self._policy, self._conflicts, self._calendar, self._diagrams, self._drawn_file,
            self._main_process, self._definitions, self._decisions, self._limits, self._forms, self._letters,
            self._pages,
        )  # fmt: skip
        in_languages = (problem for each in self.translations.values() for problem in each.problems)
        return (*self.folder_problems, *(problem for _, problems in parts for problem in problems), *in_languages)


def _settings_table(files: Mapping[str, bytes], id: str, tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    name = f"{id}/{SETTINGS_FILE}"
    try:
        check_size(files[SETTINGS_FILE], name=name)  # a merged one may be larger than each it was merged from
        return tables[SETTINGS_FILE] if SETTINGS_FILE in tables else read_toml(files[SETTINGS_FILE], name=name)
    except BadInputError as error:
        raise VariantNotFoundError(str(error)) from None
