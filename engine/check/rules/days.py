"""Every question that is a day says which days it may be, and what it is held against is known."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.named_facts import lacking_fact
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.check.values.calls import DUE
from engine.feel import Expression
from engine.forms import Field, Form
from engine.forms.model import DAYS
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    begun = [process.plain_start for _, process in policy.processes if process.id in policy.begun_processes]
    begins = {start.form_id for start in begun if start is not None}
    log = policy.variant.settings.explanations
    for form, question in policy.variant.questions:
        entries = {inner.key for inner in question.field.fields}
        if log is not None and form.id == log.form:
            entries |= {*form.keys, "council"}
        is_of_application = form.id in begins
        for field in question.fields:
            if field.kind in DAYS and not field.is_read_only:
                yield from _of_day(policy, form, field, entries, is_of_application=is_of_application)


def _of_day(
    policy: Policy, form: Form, field: Field, entries: set[str], *, is_of_application: bool
) -> Iterator[Problem]:
    place = Place(file=form.file, element_id=field.id, element_name=field.name)
    if field.earliest is None and field.latest is None:
        yield warning(
            place,
            f"“{field.name}” takes any day, so a slip of the pen counts. Give it the property max, such as =today() "
            "for what has happened, or min, for what is planned or cannot have been before another day.",
        )
    for name, bound in (("min", field.earliest), ("max", field.latest)):
        if bound is None:
            continue
        for unknown in _unknown(policy, bound, entries):
            hint = meant(unknown, [*policy.known.everything(""), *entries], otherwise="Correct the name.")
            yield error(
                place,
                f"The property {name} of “{field.name}” reads “{unknown}”, which no form, mapping, script or decision "
                f"gives. {hint}",
                lacks=lacking_fact(unknown),
            )
        if is_of_application and any(call.function == DUE for call in bound.calls):
            yield error(
                place,
                f"The property {name} of “{field.name}” asks for a limit, and none runs before there is a case. Write "
                "the days themselves.",
            )


def _unknown(policy: Policy, bound: Expression, entries: set[str]) -> Iterator[str]:
    everywhere = [process.id for _, process in policy.processes] or [""]
    for path in sorted(bound.paths):
        problems = [policy.known.problem(path, process) for process in everywhere]
        if path[0] not in entries and all(problem is not None for problem in problems):
            yield problems[0] or path[0]


RULE = Rule(
    name="days",
    summary="Every question that is a day says which days it may be.",
    look=look,
    needs_variant=True,
)
