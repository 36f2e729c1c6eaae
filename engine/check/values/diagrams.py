"""What stands in diagrams: each expression, and whether its value can stand where it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.expressions import COUNTS, WrittenExpression, expressions_of
from engine.check.finding import Place
from engine.check.touched import names_in
from engine.check.values import needs
from engine.check.values.domain import ANYTHING, NUMBER, Kinds, Possible, ValueKind, of_types
from engine.check.values.facts import Facts
from engine.check.values.phrases import nearest_name
from engine.check.values.scopes import Scope
from engine.check.values.slip import Misfit, Say, Slip, SlipKind
from engine.check.values.tracer import trace
from engine.diagram import Element, Process, TimerKind
from engine.handler import Input, LetterName
from engine.variants import Variant

_TEXT: Kinds = frozenset({ValueKind.TEXT})
#: What the places take that take values of one kind, by how an expression's place is called.
_NEEDS: Mapping[str, Kinds] = {
    "the condition": needs.TRUTH,
    "“allowed_when”": needs.TRUTH,
    "the completion condition": needs.TRUTH,
    "the input collection": needs.LIST,
    "the priority": frozenset({ValueKind.NUMBER, ValueKind.TEXT}),
    "the assignee": frozenset({ValueKind.TEXT, ValueKind.GROUP}),
    "the team": _TEXT,
    "the correlation key": frozenset({ValueKind.TEXT, ValueKind.NUMBER}),
    "the called process": _TEXT,
    "the decision": _TEXT,
}
_DATES = ("the due date", "the follow-up date")


class DiagramHomes:
    """The places of one folder's diagrams, or of a diagram alone, of whose facts nothing is known."""

    def __init__(self, facts: Facts | None, variant: Variant | None) -> None:
        self._facts = facts
        self._teams = [team.id for team in variant.settings.teams] if variant is not None else None
        self._letters = variant.letters if variant is not None else {}

    def misfits(self, file: str, process: Process) -> Iterator[Misfit]:
        """What does not fit in a process."""
        found: list[Misfit] = []
        for written in expressions_of(process):
            label = written.owner.name or written.owner.id

            def say(slip: Slip, written: WrittenExpression = written, label: str = label) -> None:
                slip = slip.reading(names_in(written.text))
                place = Place(file=file, element_id=written.owner.id, element_name=written.owner.name)
                found.append(Misfit(place=place, slip=slip.within(f"In “{label}”, {written.where}: ")))

            self._judge(written, say)
        for element in process.elements.values():
            found += self._of_written_days(file, element)
        yield from dict.fromkeys(found)

    def _judge(self, written: WrittenExpression, say: Say) -> None:
        value = self._value(written, say)
        element = written.owner
        if written.where in _DATES:
            needs.hold_day(value, "It", say)
        elif written.where == "the time" and isinstance(element, Element) and element.event is not None:
            hold = {TimerKind.DATE: needs.hold_day, TimerKind.DURATION: needs.hold_duration}
            hold.get(element.event.timer or TimerKind.CYCLE, needs.hold_cycle)(value, "It", say)
        elif written.where in _NEEDS:
            needs.hold_kinds(value, _NEEDS[written.where], "It", say)
        if written.where == "the team" and self._teams is not None:
            needs.hold_choices(value, self._teams, "The team", say)
            if value.is_typed and value.is_told:
                sentence = f"The team is “{value.fact}”, which somebody types as they like. Name one of the teams."
                say(Slip(kind=SlipKind.VALUE, sentence=sentence))
        if written.where.startswith("the input “") and isinstance(element, Element):
            self._of_input(element, written, value, say)

    def _value(self, written: WrittenExpression, say: Say) -> Possible:
        parsed = written.parse()
        if parsed is None:
            return ANYTHING
        return trace(parsed, self._scope(written), say)

    def _scope(self, written: WrittenExpression) -> Scope:
        if self._facts is None:
            return lambda _name: None
        element, process_id = written.owner, written.in_process or written.process.id
        if process_id.startswith("="):
            return lambda _name: None
        counts = {name: NUMBER for name in written.extra if name in COUNTS}
        if isinstance(element, Element) and not counts:
            if written.where.startswith("the input “") or written.where == "the called process":
                return self._facts.scope_of_inputs(element, process_id)
            if written.where.startswith("the output “") and written.in_process is None:
                return self._facts.scope_of_outputs(element, process_id)
        return self._facts.scope(process_id, counts)

    def _of_input(self, element: Element, written: WrittenExpression, value: Possible, say: Say) -> None:
        """What a handler is given: of the kind, and one of the words, that its input declares."""
        handler = self._facts.handler_of(element) if self._facts is not None else None
        name = written.where.removeprefix("the input “").removesuffix("”")
        declared = next((each for each in handler.inputs if each.name == name), None) if handler is not None else None
        if declared is None or not value.is_told:
            return
        kinds = of_types(declared.types).kinds
        if not value.solid & kinds:
            needs.hold_kinds(value, kinds, "It", say)
            return
        for sentence in self._wrong_words(declared, value):
            say(Slip(kind=SlipKind.VALUE, sentence=sentence))
            return

    def _wrong_words(self, declared: Input, value: Possible) -> Iterator[str]:
        words = sorted(word for kind, word in value.choices or () if kind is ValueKind.TEXT)
        for word in words:
            if word and (problem := declared.problem(word)):
                yield problem
        if isinstance(declared, LetterName):
            missing = [word for word in words if word not in self._letters]
            if missing and self._letters:
                hint = nearest_name(missing[0], self._letters)
                yield f"It can be the letter “{missing[0]}”, which is not in letters/. {hint}"

    def _of_written_days(self, file: str, element: Element) -> Iterator[Misfit]:
        """Due dates that are written out rather than computed."""
        dates = (("due date", element.due_date), ("due date", element.frame_due_date))
        for what, text in (*dates, ("follow-up date", element.follow_up_date)):
            if text and not text.startswith("=") and not needs.is_day(text):
                sentence = (
                    f"The {what} of “{element.label}” is “{text[:60]}”, which is no day. Write one such as "
                    '=due("acknowledge") or 2026-05-05.'
                )
                place = Place(file=file, element_id=element.id, element_name=element.name)
                yield Misfit(place=place, slip=Slip(kind=SlipKind.VALUE, sentence=sentence))
