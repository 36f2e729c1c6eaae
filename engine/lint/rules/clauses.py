"""Each clause that something names is one of the policy, and each clause of the policy is carried out by something."""

from __future__ import annotations

from collections.abc import Iterator

from engine.forms import Field, Form
from engine.lint.finding import Place, Remark, error, warning
from engine.lint.nearest import meant
from engine.lint.policy import Policy, place_of
from engine.lint.rule import Rule
from engine.variants import POLICY_FILE

#: The annotation column of a decision table that names clauses.
COLUMN = "clause"


def look(policy: Policy) -> Iterator[Remark]:
    known = policy.variant.policy
    named: set[str] = set()
    for place, clauses in _named(policy):
        for clause in clauses:
            named.add(clause)
            if clause not in known:
                hint = meant(clause, list(known), otherwise=f"Add it to {POLICY_FILE}, or correct it.")
                yield error(
                    place,
                    f"“{place.element_name or place.element_id}” carries out the clause {clause}, which {POLICY_FILE}"
                    f" does not have. {hint}",
                )
    if policy.processes:
        for clause in known:
            if clause not in named:
                yield warning(
                    Place(file=POLICY_FILE, element_id=clause, element_name=clause),
                    f"Nothing carries out the clause {clause} yet: {_short(known[clause].text)} Name it at what does.",
                )


def _named(policy: Policy) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Everything that names clauses."""
    for element, _, place in policy.elements():
        yield place, element.clauses
    for file, process in policy.processes:
        yield place_of(file, process), _split(process.properties.get("clause", ""))
        for flow in process.flows.values():
            yield place_of(file, flow), _split(flow.properties.get("clause", ""))
    for form in policy.variant.forms.values():
        yield from _of_fields(form, form.fields)
    for letter in policy.variant.letters.values():
        yield Place(file=letter.file, element_id=letter.id, element_name=letter.title), letter.clauses
    for file, definitions in policy.variant.definitions.items():
        for decision in definitions.decisions.values():
            for rule in decision.table.rules if decision.table is not None else ():
                for column, text in rule.annotations.items():
                    if column.strip().lower() == COLUMN:
                        name = f"{decision.name}, row {rule.number}"
                        yield Place(file=file, element_id=rule.rule_id, element_name=name), _split(text)


def _of_fields(form: Form, fields: tuple[Field, ...]) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for field in fields:
        yield Place(file=form.file, element_id=field.id, element_name=field.name), field.clauses
        yield from _of_fields(form, field.fields)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _short(text: str) -> str:
    shortened = text if len(text) <= 100 else text[:97].rsplit(" ", 1)[0] + " …"
    return shortened if shortened.endswith((".", "…")) else f"{shortened}."


RULE = Rule(
    name="clauses", summary="Each clause named is one of the policy, and each is carried out.", look=look,
    needs_variant=True,
)  # fmt: skip
