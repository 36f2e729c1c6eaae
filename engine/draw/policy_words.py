"""What a policy says of a step, for the drawing: by when it is due, which letter it writes, on which clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine import feel
from engine.diagram import Diagram, Element, Process, TimerKind
from engine.draw.times import TimesInWords, span_in_words
from engine.errors import FeelError, FeelLimitError
from engine.feel import syntax
from engine.handler import Handler, LetterName
from engine.variants import Variant, chosen_texts


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Of one element; each is () where the policy says nothing."""

    due: tuple[str, ...] = ()  #: by when it is to be done: one of these, by what the case says
    whole: tuple[str, ...] = ()  #: the same, of all that is inside it
    at: tuple[str, ...] = ()  #: when a timer goes off
    letters: tuple[str, ...] = ()  #: the letters of which it writes one: “Risk assessment” (CT6)
    clauses: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.due or self.whole or self.at or self.letters or self.clauses)

    @property
    def deadlines(self) -> Iterator[tuple[str, str]]:
        """What each is of, and its words: `("Due:", "2 working days after the application date")`."""
        for what, words in (("Due:", self.due), ("As a whole:", self.whole), ("When:", self.at)):
            if words:
                yield what, " or ".join(words)


class PolicyWords:
    """Reads a variant's drawings with its limits and letters beside them.

    `handlers` say which of their inputs name letters.
    """

    def __init__(self, variant: Variant, handlers: Iterable[Handler]) -> None:
        self._variant = variant
        labels = {field.key: field.label for _, asked in variant.questions for field in asked.fields if field.label}
        self.times = TimesInWords(variant.limits, labels)
        self._letter_inputs = {
            handler.name: frozenset(each.name for each in handler.inputs if isinstance(each, LetterName))
            for handler in handlers
        }

    def of_diagram(self, diagram: Diagram) -> Mapping[str, Said]:
        """By element, of those of which there is something to say."""
        return {
            element.id: said
            for process in diagram.processes.values()
            for element in process.elements.values()
            if (said := self.of(element, process))
        }

    def of(self, element: Element, process: Process) -> Said:
        return Said(
            due=self.times.day(element.due_date or ""),
            whole=self.times.day(element.frame_due_date or ""),
            at=self._timer(element),
            letters=tuple(dict.fromkeys(self._letters(element, process))),
            clauses=element.clauses,
        )

    def _timer(self, element: Element) -> tuple[str, ...]:
        event = element.event
        if event is None or event.timer is None or not event.expression:
            return ()
        if event.timer is TimerKind.DATE:
            return self.times.day(event.expression)
        span = span_in_words(event.expression)
        return (span,) if event.timer is TimerKind.DURATION else (f"every {span}",)

    def _letters(self, element: Element, process: Process) -> Iterator[str]:
        names = self._inputs_of_process.get(element.called_process or "", self._inputs_of_job(element))
        for mapping in element.inputs:
            if mapping.target in names:
                for letter_id in self._named(mapping.source, process):
                    if letter_id in self._variant.letters:
                        yield f"“{self._variant.letters[letter_id].title}” ({letter_id})"

    def _inputs_of_job(self, element: Element) -> frozenset[str]:
        return self._letter_inputs.get(element.job.handler, frozenset()) if element.job is not None else frozenset()

    @cached_property
    def _inputs_of_process(self) -> Mapping[str, frozenset[str]]:
        """By process, the facts that name the letter which it writes: one that writes whatever its caller says."""
        found = {}
        for process in self._variant.drawn_processes.values():
            given = {
                mapping.source.removeprefix("=").strip()
                for element in process.elements.values()
                for mapping in element.inputs
                if mapping.target in self._inputs_of_job(element) and mapping.source.startswith("=")
            }
            found[process.id] = frozenset(name for name in given if name.isidentifier())
        return found

    def _named(self, source: str, process: Process) -> Iterable[str]:
        """The texts to which what is written can come."""
        if not source.startswith("="):
            return (source,)
        return chosen_texts(source, process, self._variant.decisions) or _texts_of(source[1:])


def _texts_of(expression: str) -> tuple[str, ...]:
    """The texts that stand where the value comes from, not those that something is compared with."""
    try:
        waiting = [feel.parse(expression).node]
    except (FeelError, FeelLimitError):  # which the check says
        return ()
    found = []
    while waiting:
        match waiting.pop():
            case syntax.If(then=then, otherwise=otherwise):
                waiting += (otherwise, then)
            case syntax.Literal(value=str(text)):
                found.append(text)
    return tuple(found)
