"""Opening a case: an application is received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.casework.case_facts import Source
from engine.casework.office import Office
from engine.clock import LONDON, local_date
from engine.errors import BadInputError
from engine.model import CASE
from engine.store import cases
from engine.variants import Variant


def open_case(office: Office, variant: Variant, answers: Mapping[str, Any], *, by: str) -> str:
    """Open a case with an application: the answers of the main process's start form, as JSON-like values.

    Gives the case's reference. Raises FormAnswersError, or BadInputError for a variant without a main process.
    """
    main = variant.settings.main_process
    process = variant.processes.get(main or "")
    start = process.plain_start if process is not None else None
    if process is None or start is None:
        raise BadInputError(f"{variant.name} has no main process to open a case with. Run `asb check` on its folder.")
    now = office.clock.now()
    form = variant.forms.get(start.form_id or "")
    version = office.shelf.put(variant)
    told: Mapping[str, Any] = (
        form.validate(answers, {"council": version.council}, now=now.astimezone(LONDON), functions=version.functions)
        if form is not None
        else dict(answers)
    )
    with office.database.begin() as connection:
        cases.store_version(connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=now)
        reference = cases.next_reference(
            connection, variant.id, variant.settings.reference_prefix, local_date(now).year
        )
        row = cases.create_case(connection, council_id=variant.id, reference=reference, digest=variant.digest, now=now)
        step = office.step_on(connection, row, actor=by)
        step.record(
            "application received", reference=reference, variant=variant.digest, answers=dict(told), received_at=now
        )
        step.tell_facts(CASE, dict(told), Source(by=by, words="application"))
        step.start(process.id, start.id)
        step.finish()
    office.announce_jobs(step.announce)
    return reference
