"""What letters print, where each is sent: something that can be printed, and that somebody has given by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.check.finding import Place
from engine.check.values.domain import Possible, ValueKind, item_of
from engine.check.values.facts import Facts
from engine.check.values.precedence import Precedence
from engine.check.values.slip import Misfit, Slip, SlipKind
from engine.check.values.tracer import Tracer
from engine.check.values.worlds import NOTHING_KNOWN, Known
from engine.diagram import Element
from engine.handler import LetterName
from engine.letters import Letter, prints_of
from engine.letters.prints import Print
from engine.person import is_person
from engine.variants import Variant


class LetterHomes:
    """The placeholders of one folder's letters."""

    def __init__(
        self, variant: Variant, facts: Facts, precedence: Precedence, known_at: Callable[[str, str], Known | None]
    ) -> None:
        """`known_at` says what is known while a case stands at an element of a process."""
        self._known_at = known_at
        self._variant = variant
        self._facts = facts
        self._precedence = precedence

    def misfits(self, file: str, process_id: str, element: Element) -> Iterator[Misfit]:
        """What is to be said of the letters that the element sends."""
        place = Place(file=file, element_id=element.id, element_name=element.name)
        for letter in self._sent(element, process_id):
            for printed in dict.fromkeys(prints_of(letter)):
                for slip in self._of_print(printed, letter, element, process_id):
                    yield Misfit(place=place, slip=slip.within(f"“{element.label}” sends the letter {letter.id}, and "))

    def _sent(self, element: Element, process_id: str) -> Iterator[Letter]:
        """The letters that it can send: the one that it names, or each that it can choose."""
        handler = self._facts.handler_of(element)
        names = {each.name for each in handler.inputs if isinstance(each, LetterName)} if handler is not None else set()
        for mapping in element.inputs:
            if mapping.target in names:
                value = self._facts.source(mapping.source, self._facts.scope_of_inputs(element, process_id))
                for _, word in sorted(value.choices or (), key=str):
                    if word in self._variant.letters:
                        yield self._variant.letters[word]

    def _of_print(self, printed: Print, letter: Letter, element: Element, process_id: str) -> Iterator[Slip]:
        root, *entries = printed.path.split(".")
        handler = self._facts.handler_of(element)
        if not entries and handler is not None and any(each.name == root for each in handler.inputs):
            return  # it makes a text of that itself
        given = {mapping.target: mapping.source for mapping in element.inputs}
        scope = self._facts.scope_of_inputs(element, process_id)
        value = self._facts.source(given[root], scope) if root in given else scope(root)
        if value is None:
            return
        slip = self._of_value(value.named(root), entries, printed.path)
        if slip is not None:
            yield slip
        elif not printed.only_if | (letter.conditions & {printed.path}) and not self._facts.has_variable(
            process_id, root
        ):
            fact = given[root].removeprefix("=").strip() if root in given else root
            yield from self._of_giving(fact, printed.path, (process_id, element.id))

    def _of_value(self, value: Possible, entries: list[str], path: str) -> Slip | None:
        found: list[Slip] = []
        tracer = Tracer(found.append)
        for entry in entries:
            value = tracer.part(value, entry)
        if found:
            return found[0].within(f"its placeholder (({path})) cannot be filled. ")
        each = item_of(value) if ValueKind.LIST in value.kinds else value
        is_group = each.is_told and each.solid == {ValueKind.GROUP} and not each.is_open
        if value.is_told and is_group and not is_person(each.entries):  # of a person the name is printed
            one = next(iter(each.entries or ("…",)))
            sentence = f"(({path})) prints a group of values. Name one of them, such as (({path}.{one}))."
            return Slip(kind=SlipKind.VALUE, sentence=sentence)
        return None

    def _of_giving(self, fact: str, path: str, at: tuple[str, str]) -> Iterator[Slip]:
        known = (self._known_at(*at) or NOTHING_KNOWN).get(fact)
        if known is not None and not known.solid:
            sentence = (
                f"on the way there is nothing to print for (({path})), by a condition that the case came through: the "
                f"letter stops. Print it elsewhere, or write (({path}??…))."
            )
            yield Slip(kind=SlipKind.GIVEN, sentence=sentence)
            return
        givers = self._facts.givers.of(fact)
        if not givers or (known is not None and ValueKind.NULL not in known.kinds):
            return
        if givers.keys() <= self._precedence.only_later(at):
            sentence = f"(({path})) is given only after it: the letter stops. Print it later, or write (({path}??…))."
            yield Slip(kind=SlipKind.GIVEN, sentence=sentence)
        elif not any(givers.values()) and fact not in self._precedence.asked_before(at):
            sentence = (
                f"nobody has to answer (({path})): where it was left out, the letter stops. Write (({path}??…)), or "
                "have it answered."
            )
            yield Slip(kind=SlipKind.GIVEN, sentence=sentence)
