"""Correcting what is known, and erasing what may no longer be kept. The old entry, or that there was one, stays."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress

from engine import feel
from engine.casework.cases.day_bounds import hold_to_bounds
from engine.casework.step.answers import write_facts
from engine.casework.step.facts import Source
from engine.casework.step.office import Office
from engine.casework.step.sight import evaluator_about
from engine.casework.step.step import Step
from engine.casework.tasks.recount import move_days, waiting_days
from engine.casework.tasks.rights import check_right
from engine.casework.words.values import in_words
from engine.clock import LONDON
from engine.errors import BadInputError, FeelError
from engine.forms import ABOUT, FieldKind, UncertainDay, options_of
from engine.forms.model import EvaluationMoment
from engine.forms.people import read_person
from engine.forms.uncertain_days import facts_of_day, read_uncertain_day
from engine.forms.values import is_empty, read_value
from engine.model import ACCESS_CODE, STAMPED, Subject
from engine.person import is_person
from engine.record_kinds import RecordKind
from engine.store import facts, record
from engine.store.undo import forget_undo
from engine.variants import Variant
from engine.words import moment_in_words, typed_text

_TEMPORAL = re.compile(r"\d{4}-\d\d-\d\d[\w:.+@/-]*|\d\d:\d\d[\w:.+@/-]*|-?P[\w.]+")  #: ISO 8601


def correct_fact(
    office: Office,
    reference: str,
    name: str,
    value: feel.Value,
    *,
    reason: str,
    by: str,
    item_id: str = "",
    council_id: str | None = None,
) -> None:
    """A fact was wrong, or was left out: the new one supersedes it. Nothing that has happened is undone; what is still
    due moves with the day that it is counted from.

    `value` is JSON-like: null where it is not known after all, and a day as "2026-05-01". What was stamped on receipt
    can never change (C7), and a day is held to what the forms say of it. Raises BadInputError.
    """
    reason = typed_text(reason)
    if not reason:
        raise BadInputError("Say why it is corrected: the reason is kept in the record.")
    subject = Subject.of_item(item_id)
    with office.step(reference, actor=by, council_id=council_id) as step:
        check_right(step.settings, by, "correct_facts")
        _refuse_stamped(step, name, item_id)
        value = _as_person(step, name, value)
        known = step.facts.of(subject)
        about = f" of {item_id}" if item_id else ""
        source = Source(by=by, words=f"correction: {reason}"[:200], at=f"correcting “{name}”", correction_reason=reason)
        uncertain = _uncertain_day(step.version.variant, name, value)
        if name not in known:
            if (not known and item_id) or not _is_of_the_policy(step.version.variant, name):
                raise BadInputError(f"No fact “{name}”{about} is known in {reference}; there is nothing to correct.")
            new = uncertain if uncertain is not None else _read(feel.from_json(value))
            step.record(RecordKind.FACT_RECORDED, fact=name, item=item_id or None, now=_said(new), reason=reason)
        else:
            new = uncertain if uncertain is not None else _as_known(name, known[name], feel.from_json(value))
            was, now = known.get(f"{name}{ABOUT}") or known[name], _said(new)
            if now == was:
                raise BadInputError(f"“{name}”{about} is {in_words(feel.to_json(now))} already.")
            step.record(RecordKind.FACT_CORRECTED, fact=name, item=item_id or None, was=was, now=now, reason=reason)
        days = waiting_days(step)
        write_facts(step, subject, facts_of_day(name, new, known), source)
        hold_to_bounds(step, subject, name)
        _refuse_withheld(step, subject, name)
        move_days(step, days, reason)


def _uncertain_day(variant: Variant, name: str, value: feel.Value) -> UncertainDay | None:
    """The day that is not known exactly, where the value says one and the policy takes it."""
    spreads = (field.spread for _, question in variant.questions for field in question.fields if field.key == name)
    spread = next((each for each in spreads if each is not None), None)
    return read_uncertain_day(value, spread) if spread is not None and isinstance(value, str) else None


def _refuse_withheld(step: Step, subject: Subject, name: str) -> None:
    """Raises BadInputError for a choice that the form does not offer as the case stands."""
    value = step.facts.of(subject).get(name)
    evaluator = evaluator_about(step, subject)
    for _, question in step.version.variant.questions if value is not None else ():
        for field in question.fields:
            if field.key == name and field.offered_when is not None:
                moment: EvaluationMoment = {"now": evaluator.now, "functions": evaluator.functions}
                read_value(field, value, options_of(field, evaluator.scope, moment))


def _said(value: feel.Value | UncertainDay) -> feel.Value:
    return value.words if isinstance(value, UncertainDay) else value


def _refuse_stamped(step: Step, name: str, item_id: str) -> None:
    """Raises BadInputError for what was stamped when the application, or what an item is of, was received."""
    told = facts.history(step.connection, step.case.case_id, name)
    stamped = [row for row in told if row.is_current and row.item_id == item_id and row.source == STAMPED]
    if not stamped:
        return
    if item_id or _has_email(step, name):
        whose = f"“{name}” of {item_id}" if item_id else f"“{name}”"
        raise BadInputError(
            f"{whose} was stamped by the mail server that received the email, which is kept. What was received, and "
            "when, can never be changed. If something about it is to be known, write it in a note."
        )
    if name == ACCESS_CODE:
        raise BadInputError("The applicant's code was made when the application was received, and is not corrected.")
    received = step.case.opened_at.astimezone(LONDON)
    raise BadInputError(
        f"“{name}” was stamped when the application was received, on {moment_in_words(received)}. What was received, "
        "and when, can never be changed. If something about it is to be known, write it in a note."
    )


def _has_email(step: Step, name: str) -> bool:
    """Whether that fact of the case is the day on which an email came that is kept."""
    kept = record.entries_of(step.connection, step.case.case_id, only=(RecordKind.ORIGINAL_KEPT,))
    return any(entry.content is not None and entry.content.get("fact") == name for entry in kept)


def _as_person(step: Step, name: str, value: feel.Value) -> feel.Value:
    """The person, where a form asks for one under this name; the value itself where none does."""
    asked = (field for _, question in step.version.variant.questions for field in question.fields)
    field = next((each for each in asked if each.key == name and each.kind is FieldKind.PERSON), None)
    if field is None or is_empty(value):
        return value
    return step.people.find(read_person(value), field.picked_from)


def _is_of_the_policy(variant: Variant, name: str) -> bool:
    """Whether a form asks for it, or a diagram gives it: then it may be recorded where it was left out."""
    asked = {field.key for _, question in variant.questions for field in question.fields}
    return name in asked or any(mapping.target == name for element in variant.elements for mapping in element.outputs)


def _as_known(name: str, known: feel.Value, new: feel.Value) -> feel.Value:
    """The new value as a value of the known one's kind: JSON has no days, so a day comes as a text."""
    if known is None or new is None:
        return new
    if not isinstance(known, str):
        new = _read(new)
    if type(new) is not type(known) and not is_person(new):
        like = json.dumps(feel.to_json(known), ensure_ascii=False)
        raise BadInputError(f"“{name}” is {like} now. Write the new value in the same way.")
    return new


def _read(value: feel.Value) -> feel.Value:
    """A text that is a day, a time or a duration in FEEL's way of writing is one."""
    if isinstance(value, str) and _TEMPORAL.fullmatch(value):
        with suppress(FeelError):
            return feel.evaluate(f'@"{value}"')
    return value


def erase_contents(
    office: Office, reference: str, entries: Sequence[int], *, reason: str, by: str, council_id: str | None = None
) -> None:
    """Take away what these entries of the record say (retention, a person's right). The chain stays whole, and an
    entry says that it was done, by whom and why."""
    reason = typed_text(reason)
    if not reason:
        raise BadInputError("Say why it is erased: the reason is kept in the record.")
    with office.step(reference, actor=by, council_id=council_id) as step:
        check_right(step.settings, by, "erase_contents")
        beyond = [seq for seq in entries if not 1 <= seq <= step.case.record_seq]
        if beyond:
            raise BadInputError(f"The record of {reference} has no entry {beyond[0]}.")
        erasures = record.erasures_among(step.connection, step.case.case_id, entries)
        if erasures:
            raise BadInputError(
                f"Entry {erasures[0]} says what was erased before. It holds the chain together; leave it."
            )
        record.erase(step.batch, entries)
        forget_undo(step.batch)  # it holds what the process instances knew
        step.record(RecordKind.CONTENTS_ERASED, entries=list(entries), reason=reason)
