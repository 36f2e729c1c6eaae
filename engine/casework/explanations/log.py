"""Entering a second report, that it was explained, and what was wrong; and forgetting what is no longer to be kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine import feel
from engine.calendar.periods import months_after
from engine.casework.explanations.form import check_may_log, log_of
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import SYSTEM, Office
from engine.casework.tasks.rights import check_right
from engine.clock import LONDON, local_date, start_of
from engine.errors import BadInputError, ExplanationNotFoundError, FormAnswersError
from engine.forms.values import is_empty
from engine.person import is_person, spoken_name
from engine.staff.known_people import KnownPeople, keep_people, known_people
from engine.staff.secret_hash import hash_of
from engine.store import Connection
from engine.store import explanations as stored
from engine.store.explanations import LogKind, LogRow
from engine.variants import ExplanationLog, Variant
from engine.words import typed_text

#: Under which name a page, and a refusal, speaks of why an answer is changed.
REASON = "reason"


def enter_explanation(office: Office, variant: Variant, answers: Mapping[str, Any], *, by: str, once: str = "") -> int:
    """Enter a second report: JSON-like answers to the log's form, with or without the explanation. Gives its number.

    Sent twice with the same `once`, it is entered once. Raises FormAnswersError, NotAllowedError, and BadInputError
    where no log is kept.
    """
    log = log_of(variant)
    said, people = _validated(office, variant, log, answers, by=by)
    page = hash_of(f"entered by {by} {once}") if once else None
    with office.database.begin() as connection:
        if page is not None and (before := stored.entry_of_page(connection, variant.id, page)) is not None:
            return before
        return _append(office, connection, variant, log, LogKind.ENTERED, said, people, by=by, once=page)


def change_explanation(
    office: Office, variant: Variant, number: int, answers: Mapping[str, Any], *, by: str, reason: str = ""
) -> None:
    """Say more of a second report, such as that it was explained now, or correct it: all answers, as they are then.

    Whoever changes an answer that was there says why. The old entry stays. Raises ExplanationNotFoundError,
    FormAnswersError, NotAllowedError, BadInputError.
    """
    log = log_of(variant)
    said, people = _validated(office, variant, log, answers, by=by)
    reason = typed_text(reason)
    with office.database.begin() as connection:
        row = _standing(connection, variant, number)
        before = answers_of(row)
        now = feel.to_json(said)
        changed = [key for key, was in before.items() if not is_empty(was) and now.get(key) != was]
        if not changed and all(is_empty(value) or value == before.get(key) for key, value in now.items()):
            raise BadInputError("That is what the log says already. Change an answer, or leave it.")
        if changed and not reason:
            names = {question.field.key: question.field.name for question in variant.forms[log.form].questions}
            which = "”, “".join(names.get(key, key) for key in changed)
            raise FormAnswersError(((REASON, f"Say why “{which}” is corrected: the old answer stays in the log"),))
        _append(office, connection, variant, log, LogKind.CHANGED, said, people, by=by, entry=number, reason=reason)


def erase_explanation(office: Office, variant: Variant, number: int, *, by: str, reason: str) -> None:
    """Take away what the log says of it (a person's right); its days stay, and that it was erased, by whom and why.

    Raises ExplanationNotFoundError, NotAllowedError, BadInputError.
    """
    log = log_of(variant)
    reason = typed_text(reason)
    if not reason:
        raise BadInputError("Say why it is erased: the reason is kept in the log.")
    settings = office.settings_in_force(variant, variant.id)
    check_may_log(settings, log, by)
    check_right(settings, by, "erase_contents")
    with office.database.begin() as connection:
        _erase(office, connection, variant.id, _standing(connection, variant, number), by=by, reason=reason)


def forget_old_explanations(office: Office) -> int:
    """Erase, in every council that is served, that of which nothing was said for the years of its `[retention]`;
    gives how many. Where no years are said, nothing is forgotten."""
    with office.database.read() as connection:
        councils = stored.councils_with_log(connection)
    erased = 0
    for council_id in councils:
        policy = policy_in_force(office, council_id)
        years = policy.settings.retention_years if policy is not None else None
        if years is None:
            continue
        until = start_of(months_after(local_date(office.clock.now()), -12 * years))
        with office.database.begin() as connection:
            for entry in stored.entries_before(connection, council_id, until):
                row = stored.last_of(connection, council_id, entry)
                if row is not None:
                    _erase(office, connection, council_id, row, by=SYSTEM, reason=f"kept for {years} years")
                    erased += 1
    return erased


def answers_of(row: LogRow) -> dict[str, Any]:
    """As JSON; nothing where they were erased."""
    return dict(json.loads(row.content).get("answers", {})) if row.content is not None else {}


def _validated(
    office: Office, variant: Variant, log: ExplanationLog, answers: Mapping[str, Any], *, by: str
) -> tuple[dict[str, Any], KnownPeople]:
    """The answers as FEEL values, of somebody who may enter them."""
    version, form = office.versions.put(variant), variant.forms[log.form]
    with office.database.read() as connection:
        in_force = office.in_force(connection, version, variant.id)
        check_may_log(in_force.settings, log, by)
        people = known_people(connection, variant.id, lambda: in_force.settings)
        if form.asks_for_people:
            people.read_now()
    said = form.validate(
        answers, {"council": in_force.council}, now=office.clock.now().astimezone(LONDON),
        functions=version.functions, people=people,
    )  # fmt: skip
    return said, people


def _append(
    office: Office, connection: Connection, variant: Variant, log: ExplanationLog, kind: LogKind, said: dict[str, Any],
    people: KnownPeople, *, by: str, entry: int | None = None, reason: str = "", once: str | None = None,
) -> int:  # fmt: skip
    now = office.clock.now()
    keep_people(connection, people, variant.id, by=by, now=now)
    return stored.append_entry(
        connection, variant.id, kind, {"answers": feel.to_json(said), "by": by, "reason": reason or None},
        entry=entry, reported_on=said[log.reported_on], explained_on=said.get(log.explained_on),
        texts=_texts(said), at=now, once=once,
    )  # fmt: skip


def _texts(said: Mapping[str, Any]) -> Iterator[str]:
    """The words by which it is found."""
    for value in said.values():
        if is_person(value):
            yield str(spoken_name(value))
        elif isinstance(value, str):
            yield value


def _standing(connection: Connection, variant: Variant, number: int) -> LogRow:
    """What holds of it. Raises ExplanationNotFoundError, and BadInputError where it was erased."""
    row = stored.last_of(connection, variant.id, number)
    if row is None:
        raise ExplanationNotFoundError(number)
    if row.kind == LogKind.ERASED:
        raise BadInputError("What the log said of it was erased; there is nothing to change.")
    return row


def _erase(office: Office, connection: Connection, council_id: str, row: LogRow, *, by: str, reason: str) -> None:
    seqs = stored.erase_contents(connection, council_id, row.entry)
    stored.append_entry(
        connection, council_id, LogKind.ERASED, {"entries": seqs, "by": by, "reason": reason}, entry=row.entry,
        reported_on=row.reported_on, explained_on=row.explained_on, texts=[], at=office.clock.now(),
    )  # fmt: skip
