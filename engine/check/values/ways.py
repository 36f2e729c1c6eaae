"""Ways out of a gateway that no case can take, and questions that are hidden in every case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.check.finding import Place
from engine.check.values.assumptions import read_condition, without
from engine.check.values.domain import Possible
from engine.check.values.questions import facts_of
from engine.check.values.scopes import Scope, bound
from engine.check.values.slip import Misfit, Slip, SlipKind
from engine.check.values.tracer import trace
from engine.check.values.worlds import Known, holds, worlds
from engine.diagram import Element, ElementKind, Flow, Process
from engine.feel import Expression
from engine.forms import FieldKind, Form
from engine.forms.model import Field

_DECIDING = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})


def ways_never_taken(
    file: str, process: Process, scope: Scope, known_at: Callable[[str], Known | None]
) -> Iterator[Misfit]:
    """The ways out of the process's gateways that are taken in no case, the default among them; `known_at` says what is
    known at a gateway, or that no case gets there, which is said of the way to it."""
    for gateway in process.elements.values():
        known = known_at(gateway.id)
        if gateway.kind in _DECIDING and len(gateway.outgoing) > 1 and known is not None:
            for flow, sentence in _of_gateway(gateway, process, scope, known):
                place = Place(file=file, element_id=flow.id, element_name=flow.name)
                yield Misfit(place=place, slip=Slip(kind=SlipKind.WAY, sentence=sentence))


def _of_gateway(gateway: Element, process: Process, scope: Scope, known: Known) -> Iterator[tuple[Flow, str]]:
    flows = [process.flows[flow] for flow in gateway.outgoing]
    asked = [(flow, read_condition(flow.condition)) for flow in flows if flow.id != gateway.default_flow]
    conditions = [(flow, condition) for flow, condition in asked if condition is not None]
    all_read = [condition for _, condition in conditions]
    found = worlds(all_read, scope, known) if len(conditions) == len(asked) else None
    if found is None:
        return
    taken: set[str] = set()
    is_left = False
    for world in found:
        any_taken = False
        for flow, condition in conditions:
            is_true = holds(condition, world)
            if is_true is None:
                return
            if is_true:
                taken.add(flow.id)
                any_taken = True
                if gateway.kind is ElementKind.EXCLUSIVE:
                    break
        is_left |= not any_taken
    for flow, _ in conditions:
        if flow.id not in taken:
            yield flow, f"{_way(flow, process)} is never taken: {flow.condition} is true in no case that gets there."
    default = next((flow for flow in flows if flow.id == gateway.default_flow), None)
    if default is not None and not is_left:
        yield default, f"{_way(default, process)} is never taken: another way out of “{gateway.label}” always is."


def _way(flow: Flow, process: Process) -> str:
    target = process.elements.get(flow.target)
    return f"The way “{flow.name}”" if flow.name or target is None else f"The way to “{target.label}”"


def questions_never_shown(
    form: Form, outside: Scope, as_seen: Callable[[Scope], Scope], known: Known
) -> Iterator[Misfit]:
    """The form's questions that are hidden whatever is answered, `as_seen` by whoever wrote the form; `known` is what
    is known wherever it is asked."""

    def work(expression: Expression) -> Possible:
        return trace(expression, outside)

    own = dict(facts_of(form.fields, work))
    yield from _hidden(form, form.fields, (), as_seen(bound(outside, own)), without(known, own))


def _hidden(
    form: Form, fields: tuple[Field, ...], around: tuple[Expression, ...], scope: Scope, known: Known
) -> Iterator[Misfit]:
    for field in fields:
        hides = (*around, field.hidden_if) if field.hidden_if is not None else around
        if field.kind is FieldKind.GROUP:
            yield from _hidden(form, field.fields, hides, scope, known)
            continue
        found = worlds(hides, scope, known) if hides else None
        if found and all(any(holds(each, world) for each in hides) for world in found):
            place = Place(file=form.file, element_id=field.id, element_name=field.name)
            said = " or ".join(each.text for each in hides)
            sentence = f"“{field.name}” is never shown: what hides it, {said}, is true in every case."
            yield Misfit(place=place, slip=Slip(kind=SlipKind.WAY, sentence=sentence))
