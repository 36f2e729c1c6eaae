"""What variant.toml names as a fact is one that something tells: a figure, what a copy leaves out, a case's page."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.named_facts import unknown_facts, wrong_expression
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.shown_by_bases import shown_by
from engine.check.suggestions import meant
from engine.forms import FieldKind, Form
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    yield from _of_figures(policy)
    yield from _of_copies(policy)
    yield from _of_pages(policy)
    yield from _of_cases(policy)
    for sentence in _of_log(policy):
        yield error(policy.place_in_settings(), sentence)


def _of_figures(policy: Policy) -> Iterator[Problem]:
    """A figure of a fact that nothing tells is published as 0 (L104.9)."""
    for figure in policy.variant.settings.figures:
        where = f"[figures.{figure.id}]"
        yield from unknown_facts([figure.by_area] if figure.by_area else [], f"{where} by_area", policy)
        for counted in figure.counts:
            yield from unknown_facts([name for name in (counted.fact, counted.dated_by) if name], where, policy)
            if counted.when:
                yield from wrong_expression(counted.when, f"{where} when", policy)


def _of_log(policy: Policy) -> Iterator[str]:
    """The log of second reports is listed by whose they are, and counted by two days, which its form asks for."""
    settings = policy.variant.settings
    log = settings.explanations
    for figure in settings.figures:
        for day in (each.explanations for each in figure.counts if each.explanations):
            if log is None:
                yield (
                    f"[figures.{figure.id}] counts the log of second reports, and none is kept. Take it out, or "
                    f'leave out that of the base: without = ["figures.{figure.id}"].'
                )
            elif day not in log.days:
                days = " or ".join(log.days)
                yield f"[figures.{figure.id}] counts by “{day}”, which is no day of the log. Write {days}."
    form = policy.variant.forms.get(log.form) if log is not None else None
    if log is None or form is None:
        return
    asked = {question.field.key: question.field for question in form.questions}
    for setting, key in (
        ("known_by", log.known_by),
        ("reported_on", log.reported_on),
        ("explained_on", log.explained_on),
    ):
        field, where = asked.get(key), f"[explanations] {setting}"
        if field is None:
            yield f"{where} names “{key}”, which the form “{form.id}” does not ask. {meant(key, list(asked))}"
        elif setting != "known_by" and (field.kind is not FieldKind.DATE or field.spread is not None):
            yield f"{where} names “{key}”, which is no exact day. Name a question for a date."
        elif setting != "explained_on" and (not field.is_required or _may_be_hidden(form, key)):
            yield f"{where} names “{key}”, which can be left without an answer. Make it required, and always asked."
        elif setting == "explained_on" and field.is_required:
            yield f"{where} names “{key}”, which is required: what nobody has explained yet could not be entered."


def _may_be_hidden(form: Form, key: str) -> bool:
    return any(question.hidden_if for question in form.questions if question.field.key == key)


def _of_copies(policy: Policy) -> Iterator[Problem]:
    """What is to be left out of a copy by a name that there is not would be in it."""
    roles = _roles(policy)
    for copy in policy.variant.settings.copies:
        where = f"[copies.{copy.audience}]"
        yield from unknown_facts(copy.letters_to, f"{where} letters_to", policy, besides=roles)
        if copy.leaves_out:
            yield from wrong_expression(copy.leaves_out, f"{where} leaves_out", policy)


def _of_pages(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    applicant = settings.applicant
    yield from unknown_facts([applicant.contact] if applicant.contact else [], "[applicant] contact", policy)
    yield from unknown_facts(applicant.letters_to, "[applicant] letters_to", policy, besides=_roles(policy))
    if applicant.leaves_out:
        yield from wrong_expression(applicant.leaves_out, "[applicant] leaves_out", policy)
    of_bases = frozenset(name for base in policy.variant.bases for name in shown_by(base))
    on_page = policy.known.collections | policy.variant.decisions.keys()
    for heading, shown in settings.case_page.items():
        roots = [path.partition(".")[0] for path in shown if path not in of_bases]
        yield from unknown_facts(roots, f"[case_page] {heading}", policy, besides=on_page)


def _of_cases(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    of_bases = frozenset(name for base in policy.variant.bases for name in shown_by(base))
    yield from unknown_facts(settings.known_by, "[cases] known_by", policy, besides=of_bases)
    yield from unknown_facts(settings.found_by, "[cases] found_by", policy, besides=of_bases)
    for collection, day in settings.item_days.items():
        yield from unknown_facts([day], f"[items] {collection}", policy)
    for owed in settings.owed:
        yield from wrong_expression(owed.when, f"[owed.{owed.name}] when", policy)


def _roles(policy: Policy) -> frozenset[str]:
    return frozenset(role.id for role in policy.variant.settings.addressees)


RULE = Rule(
    name="settings-facts", summary="What variant.toml names as a fact is one that something tells.",
    look=look, needs_variant=True,
)  # fmt: skip
