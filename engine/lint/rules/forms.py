"""Every form that a diagram shows is there, and can be shown and checked."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram import ElementKind
from engine.forms import Form
from engine.lint.finding import Place, Remark, error, warning
from engine.lint.nearest import meant
from engine.lint.policy import Policy, quoted
from engine.lint.rule import Rule


def look(policy: Policy) -> Iterator[Remark]:
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
                yield error(place, f"{quoted(element)} shows the form “{form_id}”, which is not in forms/. {hint}")
    for form in forms.values():
        yield from remarks_on(form, form.file)
        if policy.processes and not computed and form.id not in used:
            yield warning(
                Place(file=form.file, element_id=form.id, element_name=form.title),
                f"No diagram shows the form “{form.id}”. Choose it on a task, or delete it.",
            )


def remarks_on(form: Form, file: str) -> list[Remark]:
    """What is wrong in a form by itself."""
    return [
        error(Place(file=file, element_id=problem.field_id, element_name=problem.field_label), problem.sentence)
        for problem in form.problems
    ]


RULE = Rule(
    name="forms", summary="Every form shown is there, and can be shown and checked.", look=look, needs_variant=True
)
