"""Every form that a diagram shows is there, and can be shown and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.check.values.calls import DUE
from engine.diagram import ElementKind
from engine.feel import Expression
from engine.forms import FieldKind, Form, PublicForm
from engine.problems import Problem, Thing, ThingKind


def look(policy: Policy) -> Iterator[Problem]:
    forms = policy.variant.forms
    used: set[str] = set()
    computed = False
    for element, _, place in policy.elements():
        if element.kind is ElementKind.USER and element.form_id is None:
            yield warning(
                place, f"{quoted(element)} has no form, so nothing is asked and nothing is kept but that it was done."
            )
        for form_id in (element.form_id, element.properties.get("form")):
            if form_id is None:
                continue
            if form_id.startswith("="):
                yield error(place, f"{quoted(element)} computes its form. Write the form's id.")
                computed = True
                continue
            used.add(form_id)
            if form_id not in forms:
                hint = meant(form_id, list(forms))
                sentence = f"{quoted(element)} shows the form “{form_id}”, which is not in forms/. {hint}"
                yield error(place, sentence, lacks=Thing(kind=ThingKind.FORM, name=form_id))
    log = policy.variant.settings.explanations
    if log is not None:
        used.add(log.form)
        if log.form not in forms:
            hint = meant(log.form, list(forms))
            sentence = f"[explanations] names the form “{log.form}”, which is not in forms/. {hint}"
            yield error(policy.place_in_settings(), sentence)
        else:
            yield from _of_log(forms[log.form])
    for form in forms.values():
        yield from problems_in(form, form.file)
        yield from _for_public(form, policy)
        if policy.processes and not computed and form.id not in used:
            yield warning(
                Place(file=form.file, element_id=form.id, element_name=form.title),
                f"No diagram shows the form “{form.id}”. Choose it on a task, or delete it.",
            )


def _of_log(form: Form) -> Iterator[Problem]:
    """The log of second reports keeps words, and no files."""
    for question in form.questions:
        if any(field.kind is FieldKind.FILES for field in question.fields):
            yield error(
                Place(file=form.file, element_id=question.field.id, element_name=question.field.name),
                f"“{question.field.name}” asks for files, and the log of second reports keeps none. Take it out.",
            )


def problems_in(form: Form, file: str) -> list[Problem]:
    """What is wrong in a form by itself."""
    return [replace(problem, file=file) for problem in form.problems]


def _for_public(form: Form, policy: Policy) -> Iterator[Problem]:
    """What is said of the public, where nobody of the public is asked, or nothing of the case is known yet."""
    public = PublicForm(form)
    start = policy.main_process.plain_start if policy.main_process is not None else None
    if public.is_declared and policy.processes and (start is None or start.form_id != form.id):
        yield warning(
            Place(file=form.file, element_id=form.id, element_name=form.title),
            f"The form “{form.id}” says how the public is asked, and only the form of an application is filled in by "
            "the public. Take for_public, public_label, public_hint and public_options out.",
        )
    for question in form.questions:
        field = question.field
        place = Place(file=form.file, element_id=field.id, element_name=field.name)
        if isinstance(field.public.answer, Expression):
            for sentence in _unreadable(field.name, field.public.answer):
                yield error(place, sentence)
        for inner in field.fields:
            if inner.public.answer is not None:
                inside = Place(file=form.file, element_id=inner.id, element_name=inner.name)
                yield error(inside, f"“{inner.name}” stands in a list and has for_public, which is not read there.")


def _unreadable(name: str, answer: Expression) -> Iterator[str]:
    for root in sorted((answer.names | answer.filter_names) - {"council", "language"}):
        yield (
            f"“{name}” is answered for the public by an expression that reads “{root}”. When an application is "
            "received nothing is known but council and language. Use a function such as today(), or one of them."
        )
    if any(call.function == DUE for call in answer.calls):
        yield f"“{name}” is answered for the public by a limit, and none runs before there is a case."


RULE = Rule(
    name="forms", summary="Every form shown is there, and can be shown and checked.", look=look, needs_variant=True
)
