"""Entering an application that came by phone, letter or email, with the day and the way it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.casework.cases.intake import APPLICATION_LASTS, open_case
from engine.casework.cases.originals import Original
from engine.casework.cases.uploads import HandedIn, enter_files
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import known_person
from engine.errors import ApplicationSentError
from engine.staff.secret_hash import hash_of
from engine.store import applications as stored
from engine.variants import Variant


def enter_application(
    office: Office, variant: Variant, answers: Mapping[str, Any], files: Iterable[HandedIn], *, by: str, once: str,
    start: str = "", original: Original | None = None,
) -> str:  # fmt: skip
    """Open a case with what reached the council. Sent twice with the same `once`, it is opened once.

    `start`: it is no application, but this one of `[starts]`. `original`: the email with which it came.

    Gives the case's reference. Raises FormAnswersError, NotAllowedError for somebody who is not of the council.
    """

    def bring_in(step: Step) -> None:
        known_person(step.settings, by)
        is_first = stored.note_sent(
            step.connection, token=(token := hash_of(f"entered by {by} {once}")), council_id=variant.id,
            reference=step.case.reference, now=step.now, ends_at=step.now + APPLICATION_LASTS,
        )  # fmt: skip
        if not is_first:
            sent = stored.load_application(step.connection, token, variant.id)
            raise ApplicationSentError((sent.reference if sent is not None else None) or "")
        enter_files(step, files, by=by)

    try:
        return open_case(office, variant, answers, by=by, alongside=bring_in, start=start, original=original)
    except ApplicationSentError as error:
        return error.reference
