"""Opening a case: an application is received, or a case is begun for which nobody applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from engine.casework.cases.access_code import new_code
from engine.casework.cases.originals import Original, keep_original, with_receipt
from engine.casework.step.answers import write_facts
from engine.casework.step.facts import Source
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.settlement import finish
from engine.casework.step.step import Step
from engine.casework.step.time_starts import start_by_time
from engine.casework.tasks.rights import check_team
from engine.clock import LONDON, local_date
from engine.errors import BadInputError
from engine.forms import PublicForm
from engine.model import ACCESS_CODE, CASE, STAMPED
from engine.record_kinds import RecordKind
from engine.staff.known_people import KnownPeople, keep_people, known_people
from engine.store import cases
from engine.variants import Variant

#: An unsent application, from its last answer; a receipt, from its sending.
APPLICATION_LASTS = timedelta(days=28)

#: The number of the fact that holds the applicant's code: it is there before anything is told or done.
_CODE_NUMBER = 0


def open_case(
    office: Office,
    variant: Variant,
    answers: Mapping[str, Any],
    *,
    by: str,
    from_public: bool = False,
    alongside: Callable[[Step], None] | None = None,
    language: str | None = None,
    start: str = "",
    original: Original | None = None,
) -> str:
    """Open a case with an application: the answers of the main process's start form, as JSON-like values.

    `start`: with that of `[starts]` instead, whose process and form it has. It is no application: nobody applied, so
    that there is no code for an applicant, and only its teams may begin one.

    `from_public`: the public itself sends them, so what the form answers for the public is stamped and stays (C7).
    Otherwise staff enter what reached them, with the day and the way of its receipt. `alongside` is done in the same
    transaction, before anything moves: what it raises undoes it all. `language`: of the public's pages. `original`: the
    email with which it came; the day of receipt is the one that was stamped, and stays (C7).

    Gives the case's reference. Raises FormAnswersError, NotAllowedError, or BadInputError for a variant without the
    process.
    """
    begun = variant.settings.start(start) if start else None
    process = variant.processes.get(variant.settings.start_process(start))
    first = process.plain_start if process is not None else None
    if process is None or first is None:
        named = f"process “{begun.process}”" if begun is not None else "main process"
        raise BadInputError(f"{variant.name} has no {named} to open a case with. Run `asb check` on its folder.")
    now = office.clock.now()
    form = variant.forms.get(first.form_id or "")
    version = office.versions.put(variant)
    if from_public and form is None:
        raise BadInputError(f"{variant.name} has no form that the public could fill in. Draw one at “{first.label}”.")
    receipt = form.receipt if form is not None and original is not None else None
    if original is not None:
        if receipt is None:
            raise BadInputError("It is not asked when this was received. Add the email to what came with it.")
        answers = with_receipt(answers, original, receipt)
    told: Mapping[str, Any] = dict(answers)
    people: KnownPeople | None = None
    stamped: tuple[str, ...] = ()
    if begun is not None:
        with office.database.read() as connection:
            check_team(office.in_force(connection, version, variant.id).settings, by, begun.teams)
    if form is not None:
        language = variant.settings.spoken(language)
        asked = PublicForm(form, variant.words_of_form(form.id, language)) if from_public else form
        with office.database.read() as connection:
            in_force = office.in_force(connection, version, variant.id)
            people = known_people(connection, variant.id, lambda: in_force.settings)
            if form.asks_for_people:
                people.read_now()
        told = asked.validate(
            answers,
            {"council": in_force.council, **({"language": language} if from_public else {})},
            now=now.astimezone(LONDON),
            functions=version.functions,
            people=people,
        )
        stamped = PublicForm(form).stamped if from_public else (receipt.key,) if receipt is not None else ()
    with office.database.begin() as connection:
        cases.store_version(connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=now)
        reference = cases.next_reference(
            connection, variant.id, variant.settings.reference_prefix, local_date(now).year,
            series=begun.series if begun is not None else "",
        )  # fmt: skip
        row = cases.create_case(connection, council_id=variant.id, reference=reference, digest=variant.digest, now=now)
        step = office.step_on(connection, row, actor=by)
        step.record(
            RecordKind.APPLICATION_RECEIVED if begun is None else RecordKind.CASE_BEGUN,
            reference=reference,
            variant=variant.digest,
            answers=dict(told),
            received_at=now,
            stamped=list(stamped) or None,
            start=begun.name if begun is not None else None,
            word=begun.word if begun is not None else None,
        )
        if original is not None and receipt is not None:
            keep_original(step, original, by=by, item=None, fact=receipt.key)
        if people is not None:
            keep_people(connection, people, variant.id, by=by, now=now)
        by_the_clock = Source(by=SYSTEM, words=STAMPED)
        if begun is None:
            step.facts.write(CASE, ACCESS_CODE, new_code(), by_the_clock, number=_CODE_NUMBER)
        write_facts(step, CASE, {name: told[name] for name in told if name in stamped}, by_the_clock)
        words = "application" if begun is None else f"start {begun.name}"
        write_facts(step, CASE, {name: told[name] for name in told if name not in stamped}, Source(by=by, words=words))
        if alongside is not None:
            alongside(step)
        step.start(process.id, first.id)
        start_by_time(step)
        finish(step)
    office.announce_jobs(step.announce)
    return reference
