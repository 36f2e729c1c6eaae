"""Everything that is worked out of a folder's values, once: what each fact can be, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from engine.check.readable_names import KnownNames
from engine.check.subjects import Alternatives, alternatives_of
from engine.check.values.decision_homes import DecisionHomes
from engine.check.values.diagrams import DiagramHomes
from engine.check.values.facts import Facts
from engine.check.values.flow import KnownOnWays
from engine.check.values.forms import FormHomes
from engine.check.values.gathered_facts import GatheredFacts
from engine.check.values.left_over import LeftOver
from engine.check.values.letters import LetterHomes
from engine.check.values.meanwhile import Meanwhile
from engine.check.values.precedence import Precedence
from engine.check.values.roots import Roots
from engine.check.values.scopes import Scope
from engine.check.values.settings import SettingsHomes
from engine.check.values.slip import Misfit, SlipKind
from engine.check.values.tables import table_misfits
from engine.check.values.ways import questions_never_shown, ways_never_taken
from engine.check.values.worlds import NOTHING_KNOWN, Known
from engine.diagram import Process
from engine.forms import Form
from engine.handler import Handler
from engine.problems import Thing
from engine.variants import Variant


class Values:
    """Of the diagrams of a folder, or of diagrams alone, of whose facts nothing is known."""

    def __init__(
        self,
        processes: Sequence[tuple[str, Process]],
        variant: Variant | None,
        known: KnownNames | None,
        handlers: Sequence[Handler] | None,
    ) -> None:
        self._processes = processes
        self._variant = variant
        self._known = known
        self._handlers = handlers

    @cached_property
    def facts(self) -> Facts | None:
        """What each fact can be; None where there is no folder, or none with diagrams, to look for them."""
        if self._variant is None or self._known is None or not self._processes:
            return None
        return GatheredFacts(self._variant, [process for _, process in self._processes], self._known, self._handlers)

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """By the name of each fact and variable, the texts that it can be, as far as these are known."""
        return self.facts.words() if self.facts is not None else {}

    def misfits(self, kind: SlipKind) -> Iterator[Misfit]:
        """What does not fit, of one kind, each once."""
        return (misfit for misfit in self._misfits if misfit.slip.kind is kind)

    @cached_property
    def _of_letters(self) -> tuple[Misfit, ...]:
        facts, variant = self.facts, self._variant
        if facts is None or variant is None:
            return ()
        processes = [process for _, process in self._processes]
        precedence = Precedence(processes, self._alternatives, self._begun)
        homes = LetterHomes(variant, facts, precedence, self._on_ways.known)
        return tuple(
            misfit
            for file, process in self._processes
            for element in process.elements.values()
            if element.job is not None
            for misfit in homes.misfits(file, process.id, element)
        )

    @cached_property
    def _alternatives(self) -> Alternatives:
        return alternatives_of(self._variant.settings.slots) if self._variant is not None else {}

    @cached_property
    def _begun(self) -> frozenset[str]:
        """The processes with which a case begins."""
        if self._variant is None:
            return frozenset()
        settings = self._variant.settings
        begun = {settings.main_process, *(start.process for start in settings.starts)}
        return frozenset(process_id for process_id in begun if process_id is not None)

    @cached_property
    def given(self) -> tuple[Misfit, ...]:
        """What letters print and may lack: nobody has to give it, or only later."""
        return tuple(dict.fromkeys(each for each in self._of_letters if each.slip.kind is SlipKind.GIVEN))

    @cached_property
    def decisions(self) -> DecisionHomes:
        """What was found in files of decisions."""
        homes = DecisionHomes()
        if self._variant is not None:
            homes.look(self._variant.definitions, [process for _, process in self._processes], self.facts)
        return homes

    @cached_property
    def _misfits(self) -> tuple[Misfit, ...]:
        every = (
            *self._of_diagrams(),
            *self.decisions.misfits,
            *self._of_forms(),
            *self._of_settings(),
            *self._of_letters,
        )
        return tuple(dict.fromkeys(misfit for misfit in every if not self._is_left_over(misfit)))

    def cause_of(self, misfit: Misfit) -> Thing | None:
        """What is to be put right for the misfit to be over, where others may have the same cause."""
        return self._roots.of(misfit.slip)

    @cached_property
    def _roots(self) -> Roots:
        forms = self._variant.forms.values() if self._variant is not None else ()
        return Roots(self._misfits, [process for _, process in self._processes], forms)

    @cached_property
    def rows(self) -> tuple[Misfit, ...]:
        """What is to be said of rows of tables; nothing of one in which something does not fit anyhow."""
        said = {misfit.place.element_id for misfit in self._misfits}
        found = (
            misfit
            for met in self.decisions.tables.values()
            if met.table.element_id not in said and said.isdisjoint(rule.rule_id for rule in met.table.rules)
            for misfit in table_misfits(met)
        )
        return tuple(misfit for misfit in found if not self._is_left_over(misfit))

    @cached_property
    def dead_ways(self) -> tuple[Misfit, ...]:
        """Ways never taken and questions never shown. What a base draws for several councils, one of them may leave
        unused: in its files, every fact can be what the base can give it, too. Nothing where something does not fit
        anyhow."""
        said = {(misfit.place.file, misfit.place.element_id) for misfit in self._misfits}
        found: list[Misfit] = []
        for file, process in self._processes:

            def known_at(element_id: str, process_id: str = process.id) -> Known | None:
                return self._on_ways.known(process_id, element_id)

            found += ways_never_taken(file, process, self._seen_from(file, self._scope(process.id)), known_at)
        facts = self.facts
        files = {process.id: file for file, process in self._processes}
        for form, process_id, elements in self._shown_forms() if facts is not None else ():

            def as_seen(scope: Scope, file: str = form.file) -> Scope:
                return self._seen_from(file, scope)

            is_alike = process_id in files and self.is_inherited(form.file) == self.is_inherited(files[process_id])
            known = self._on_ways.known_among(process_id, elements) if is_alike else NOTHING_KNOWN
            found += questions_never_shown(form, self._scope(process_id), as_seen, known)
        return tuple(each for each in dict.fromkeys(found) if (each.place.file, each.place.element_id) not in said)

    @cached_property
    def _on_ways(self) -> KnownOnWays:
        """What is known at each element; of diagrams alone, what their conditions say by themselves."""
        files = {process.id: file for file, process in self._processes}
        variant, known = self._variant, self._known
        processes = [process for _, process in self._processes]
        meanwhile = Meanwhile(
            processes,
            variant.forms if variant is not None else {},
            self._alternatives,
            known.of_items if known is not None else {},
            self._begun,
        )

        def seen_in(process_id: str) -> tuple[Scope, bool]:
            file = files[process_id]
            return self._seen_from(file, self._scope(process_id)), self.is_inherited(file)

        return KnownOnWays(processes, meanwhile, self._alternatives, seen_in)

    def _scope(self, process_id: str) -> Scope:
        return self.facts.scope(process_id) if self.facts is not None else lambda _name: None

    def _seen_from(self, file: str, scope: Scope) -> Scope:
        """What names can be, as whoever wrote the file knows them."""
        return self._left_over.widened(scope) if self.is_inherited(file) else scope

    def _shown_forms(self) -> Iterator[tuple[Form, str, list[str]]]:
        """Each form with each process in which it is shown, or none, and the elements that show it there."""
        if self._variant is None:
            return
        shown: dict[str, dict[str, list[str]]] = {}
        for _, process in self._processes:
            for element in process.elements.values():
                shows = shown.setdefault(element.form_id or element.properties.get("form", ""), {})
                shows.setdefault(process.id, []).append(element.id)
        for form in self._variant.forms.values():
            for process_id, elements in shown.get(form.id, {"": list[str]()}).items():
                yield form, process_id, elements

    def _of_diagrams(self) -> Iterator[Misfit]:
        homes = DiagramHomes(self.facts, self._variant)
        for file, process in self._processes:
            yield from homes.misfits(file, process)

    def _of_forms(self) -> Iterator[Misfit]:
        facts = self.facts
        for form, process_id, _ in self._shown_forms() if facts is not None else ():
            if facts is not None:
                yield from FormHomes(form, facts, process_id).misfits()
        if facts is not None:
            yield from facts.torn.misfits()

    def _of_settings(self) -> Iterator[Misfit]:
        facts = self.facts
        if facts is not None and self._variant is not None:
            yield from SettingsHomes(self._variant, facts).misfits()

    def is_inherited(self, file: str) -> bool:
        """Whether a base wrote the file, or part of it."""
        variant = self._variant
        return variant is not None and bool(variant.bases) and not self._is_own(variant.origin, file, variant.id)

    def _is_own(self, origin: Mapping[str, str], file: str, folder: str) -> bool:
        return origin.get(file) == folder and file.endswith((".bpmn", ".dmn", ".form", ".md"))

    def _is_left_over(self, misfit: Misfit) -> bool:
        """Whether it speaks of a choice that a base has, and the folder has left out; or of what items may be told
        though nobody is asked for it of them."""
        variant, known = self._variant, self._known
        if misfit.slip.entry and variant is not None and known is not None:
            return misfit.slip.entry in known.fields or misfit.slip.entry in variant.untold
        return self.is_inherited(misfit.place.file) and self._left_over.has(misfit.slip.fact, misfit.slip.words)

    @cached_property
    def _left_over(self) -> LeftOver:
        return LeftOver(self._variant.bases if self._variant is not None else ())
