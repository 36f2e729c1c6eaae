"""Every name that an expression reads is given somewhere: by a form, a mapping, a script, a decision or the caller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.check.expressions import WrittenExpression, expressions_of
from engine.check.finding import Place, error, warning
from engine.check.named_facts import lacking_fact
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import Element, ElementKind
from engine.dmn import Definitions
from engine.forms.model import FieldKind, computed_by
from engine.handler import Handler
from engine.problems import Problem
from engine.variants import LIMITS_FILE

_ONE_OF_TWO = re.compile(r"\bif ([a-z_0-9]+) != null then \1 else ([a-z_0-9]+)")


def look(policy: Policy) -> Iterator[Problem]:
    handlers = {handler.name: handler for handler in policy.known_handlers or ()}
    people = _people(policy)
    for file, process in policy.processes:
        for written in expressions_of(process):
            for name in _unknown(written, policy, handlers):
                label = written.owner.name or written.owner.id
                yield error(
                    place_of(file, written.owner),
                    f"In “{label}”, {written.where} reads “{name}”, which no form, mapping, script or decision gives. "
                    f"{_meant(name, policy, process.id)}",
                    lacks=lacking_fact(name),
                )
            for name in _compared_whole(written, people):
                label = written.owner.name or written.owner.id
                yield warning(
                    place_of(file, written.owner),
                    f"In “{label}”, {written.where} compares the person “{name}” as a whole, so the same person with "
                    f"another address would be somebody else. Compare “{name}.id” with the id of another person, or "
                    f"“{name}.name” with a text.",
                )
    yield from _of_decisions(policy)
    yield from _of_forms(policy)
    yield from _of_limits(policy)


def _unknown(written: WrittenExpression, policy: Policy, handlers: dict[str, Handler]) -> Iterator[str]:
    parsed = written.parse()
    process_id = written.in_process or written.process.id
    if parsed is None or process_id.startswith("="):  # which process is called is known only when it is
        return
    extra = set(written.extra)
    owner = written.owner
    if isinstance(owner, Element) and owner.job is not None and written.where.startswith("the output"):
        handler = handlers.get(owner.job.handler)
        if handler is None:
            return
        extra.update(output.name for output in handler.outputs)
    known = policy.known
    for path in sorted(parsed.paths):
        problem = known.problem(path, process_id)
        if path[0] not in extra and problem is not None:
            yield problem
    for name in sorted(parsed.filter_names - extra):
        if name not in known.fields and not known.has(name, process_id):
            yield name


def _people(policy: Policy) -> frozenset[str]:
    """The facts that hold a person, by the forms that ask for them; none that some form asks for otherwise."""
    fields = [
        field for form in policy.variant.forms.values() for question in form.questions for field in question.fields
    ]
    people = {field.key for field in fields if field.kind is FieldKind.PERSON}
    return frozenset(people.difference(field.key for field in fields if field.kind is not FieldKind.PERSON))


def _compared_whole(written: WrittenExpression, people: frozenset[str]) -> Iterator[str]:
    """People who are held against another person, or against a text, and not by their id."""
    parsed = written.parse()
    for pair in sorted(parsed.equated if parsed is not None else (), key=str):
        named = [name for name in pair if name in people]
        if named and all(name == "" or name in people for name in pair):
            yield named[0]


def _meant(name: str, policy: Policy, process_id: str) -> str:
    root = name.partition(".")[0]
    if policy.known.is_elsewhere(root, process_id):
        of = " and ".join(sorted(policy.known.of_items[root]))
        first = min(policy.known.of_items[root])
        return f"It is a fact of {of}, and this process is about none of them. Read it as {first}.{root}."
    known = policy.known.everything(process_id)
    return meant(name, known, otherwise="Ask for it in a form, or correct the name.")


def _of_decisions(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.elements():
        definitions = policy.variant.decisions.get(element.decision_id or "")
        if element.kind is not ElementKind.RULE or definitions is None:
            continue
        read = _read_by(definitions, element.decision_id or "")
        unknown = {name for name in read if not policy.known.has(name, process.id)}
        for name in sorted(unknown):
            if not _has_stand_in(name, definitions, read - unknown):
                yield error(
                    place,
                    f"{quoted(element)} asks for the decision “{element.decision_id}”, which reads “{name}”, and no "
                    f"form, mapping or script before it gives that. {_meant(name, policy, process.id)}",
                    lacks=lacking_fact(name),
                )


def _read_by(definitions: Definitions, decision_id: str) -> set[str]:
    """What a decision reads from outside, by itself and by those that it requires."""
    names: set[str] = set()
    todo, seen = [decision_id], set[str]()
    while todo:
        decision = definitions.decisions.get(todo.pop())
        if decision is not None and decision.element_id not in seen:
            seen.add(decision.element_id)
            names |= decision.names | set(decision.requires_inputs)
            todo.extend(decision.requires_decisions)
    return names


def _has_stand_in(name: str, definitions: Definitions, known: set[str]) -> bool:
    """Whether the decisions read it only as one of two, `if a != null then a else b`, of which the other is known.

    So can a base go by what one council calls a day and another by another name.
    """
    pairs = [
        pair
        for decision in definitions.decisions.values()
        if decision.formula is not None
        for pair in _ONE_OF_TWO.findall(decision.formula.text)
    ]
    return any(name in pair and known & set(pair) for pair in pairs)


def _of_forms(policy: Policy) -> Iterator[Problem]:
    everywhere = [process.id for _, process in policy.processes]
    log = policy.variant.settings.explanations
    given: dict[str, set[str]] = {}  # to the tasks that show a form, by their input mappings
    for element, _, _ in policy.elements():
        if element.form_id is not None:
            given.setdefault(element.form_id, set()).update(mapping.name for mapping in element.inputs)
    for form, question in policy.variant.questions:
        expressions = [*question.hidden_if, *(each for inner in question.fields for each in computed_by(inner))]
        of_log = {*form.keys, "council"} if log is not None and form.id == log.form else None
        for name in sorted(_roots(expressions)):
            if of_log is not None:  # an entry of the log knows nothing but itself
                if name not in of_log:
                    yield error(
                        Place(file=form.file, element_id=question.field.id, element_name=question.field.name),
                        f"“{question.field.name}” depends on “{name}”, and an entry of the log of second reports knows "
                        "nothing of any case. Read a question of this form, or council.",
                    )
            elif name not in given.get(form.id, ()) and not any(
                policy.known.has(name, process) for process in everywhere or [""]
            ):
                yield error(
                    Place(file=form.file, element_id=question.field.id, element_name=question.field.name),
                    f"“{question.field.name}” depends on “{name}”, which no form, mapping, script or decision "
                    f"gives. {_meant(name, policy, '')}",
                    lacks=lacking_fact(name),
                )


def _roots(expressions: Iterable[object]) -> set[str]:
    return {name for expression in expressions for name in getattr(expression, "names", ())}


def _of_limits(policy: Policy) -> Iterator[Problem]:
    if not policy.processes:  # a base, whose facts are given by those that extend it
        return
    log = policy.variant.settings.explanations
    form = policy.variant.forms.get(log.form) if log is not None else None
    for name, row in policy.variant.limits.items():
        of_log = form.keys if form is not None and log is not None and name == log.limit else ()
        parsed = WrittenExpression(
            owner=next(iter(policy.processes[0][1].elements.values())),
            process=policy.processes[0][1],
            where="",
            text=row.counted_from,
        ).parse()
        for root in sorted(parsed.names if parsed is not None else ()):
            if not policy.known.has(root, "") and root not in of_log:
                yield error(
                    Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                    f"The limit “{name}” counts from “{root}”, which no form and no mapping gives. "
                    f"{_meant(root, policy, '')}",
                    lacks=lacking_fact(root),
                )


RULE = Rule(
    name="facts",
    summary="Every name that an expression reads is given by a form, a mapping, a script or a decision.",
    look=look,
    needs_variant=True,
)
