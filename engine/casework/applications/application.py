"""Applying: an application that the public writes, leaves, comes back to and sends, under a return code of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.casework.applications.applicant import ApplicantView, case_for_applicant
from engine.casework.applications.bounds import (
    APPLICATIONS_PER_ADDRESS,
    FILES_PER_ADDRESS,
    RETURNS_PER_ADDRESS,
    SENDS_PER_ADDRESS,
)
from engine.casework.applications.form import application_form
from engine.casework.cases.access_code import new_code, plain_code
from engine.casework.cases.intake import APPLICATION_LASTS, open_case
from engine.casework.cases.uploads import HandedIn, enter_files, forget_files, take_file
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.drafts import LARGEST
from engine.clock import local_date
from engine.errors import ApplicationNotFoundError, ApplicationSentError, BadInputError
from engine.forms import FieldKind
from engine.language import say
from engine.model import ACCESS_CODE
from engine.staff.secret_hash import hash_of
from engine.staff.tries import TryLimit, count_try
from engine.store import Connection, cases, facts
from engine.store import applications as stored
from engine.variants import Variant

#: Who applies, as the record calls them.
APPLICANT = "the applicant"

#: Changes the answers in place. They are as typed, by key: a question that was passed has its key too.
Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """An application as far as it is written."""

    answers: Mapping[str, Any]  #: as typed; none once it was sent
    files: tuple[HandedIn, ...]
    ends_on: date  #: on which it is deleted, if nothing more is answered
    reference: str | None  #: of the case, once it was sent
    language: str | None  #: code of the language in which it is written; None: the council's first


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What was received, when, and how to follow it. It never changes but for what happens next."""

    received_at: datetime
    access_code: str
    view: ApplicantView


def start_application(office: Office, council_id: str, *, address: str, language: str | None = None) -> str:
    """Begin an application; gives its return code, of which only a hash is stored.

    `address`: the network address of whoever asks. Raises TooManyTriesError.
    """
    count_try(office.database, office.clock, (TryLimit(kind="application", of=address, most=APPLICATIONS_PER_ADDRESS),))
    code, now = new_code(), office.clock.now()
    with office.database.begin() as connection:
        stored.add_application(
            connection, token=_token(code), council_id=council_id, content="{}", files="[]", now=now,
            ends_at=now + APPLICATION_LASTS, language=language,
        )  # fmt: skip
    return code


def choose_language(office: Office, council_id: str, code: str, language: str) -> None:
    """Note that the application is written in this language from now on, so that who comes back goes on in it."""
    with office.database.begin() as connection:
        stored.keep_language(connection, _token(code), council_id, language)


def come_back(office: Office, council_id: str, code: str, *, address: str) -> Application:
    """The application of a code that somebody has typed. Raises ApplicationNotFoundError, TooManyTriesError."""
    count_try(office.database, office.clock, (TryLimit(kind="return", of=address, most=RETURNS_PER_ADDRESS),))
    return find_application(office, council_id, code)


def find_application(office: Office, council_id: str, code: str) -> Application:
    """Raises ApplicationNotFoundError for a wrong code, and for an application that has ended."""
    with office.database.read() as connection:
        row = stored.load_application(connection, _token(code), council_id)
    return _application(_not_ended(row, office.clock.now()))


def change_answers(office: Office, council_id: str, code: str, change: Change) -> Application:
    """Keep changed answers. Raises ApplicationNotFoundError, ApplicationSentError, BadInputError."""

    def change_them(answers: dict[str, Any], files: tuple[HandedIn, ...]) -> tuple[HandedIn, ...]:
        change(answers)
        return files

    return _change(office, council_id, code, change_them)


def hand_in(office: Office, variant: Variant, code: str, key: str, name: str, data: bytes, *, address: str) -> HandedIn:
    """Keep a file as a part of the answer to the question `key`.

    Raises BadInputError for a file that is not taken, TooManyTriesError, and as `change_answers`.
    """
    count_try(office.database, office.clock, (TryLimit(kind="file", of=address, most=FILES_PER_ADDRESS),))
    field = application_form(office, variant, for_public=True).field(key)
    if field is None or field.kind is not FieldKind.FILES:
        raise BadInputError(say("No file is asked for here."))
    taken = take_file(office, find_application(office, variant.id, code).files, name, data, field)

    def add(answers: dict[str, Any], files: tuple[HandedIn, ...]) -> tuple[HandedIn, ...]:
        # a question for one file takes the last
        kept = tuple(file for file in files if field.is_multiple or file.key != key)
        answers[key] = [file.name for file in (*kept, taken) if file.key == key]
        return (*kept, taken)

    _change(office, variant.id, code, add)
    return taken


def take_out(office: Office, council_id: str, code: str, key: str, keep: Sequence[str]) -> None:
    """Of the files that answer the question `key`, keep those of these names only.

    Raises ApplicationNotFoundError, ApplicationSentError.
    """

    def leave(answers: dict[str, Any], files: tuple[HandedIn, ...]) -> tuple[HandedIn, ...]:
        kept = tuple(file for file in files if file.key != key or file.name in keep)
        answers[key] = [file.name for file in kept if file.key == key]
        return kept

    before = find_application(office, council_id, code).files
    kept = _change(office, council_id, code, leave).files
    forget_files(office, {file.digest for file in before} - {file.digest for file in kept})


def drop_application(office: Office, council_id: str, code: str) -> None:
    """Delete an application that was not sent, with its files.

    Raises ApplicationNotFoundError, ApplicationSentError.
    """
    with office.database.begin() as connection:
        found = _application(_unsent(connection, council_id, code, office.clock.now()))
        stored.delete_application(connection, _token(code), council_id)
    forget_files(office, {file.digest for file in found.files})


def send_application(office: Office, variant: Variant, code: str, *, address: str) -> str:
    """Open the case, once: whoever sends again gets the same reference.

    Raises FormAnswersError with what is missing or wrong, ApplicationNotFoundError, TooManyTriesError.
    """
    found = find_application(office, variant.id, code)
    if found.reference is not None:
        return found.reference
    count_try(office.database, office.clock, (TryLimit(kind="sending", of=address, most=SENDS_PER_ADDRESS),))
    said = application_form(office, variant, for_public=True, language=found.language).said(found.answers)
    named = {name for answer in said.values() if isinstance(answer, list) for name in answer if isinstance(name, str)}

    def close(step: Step) -> None:
        row = _unsent(step.connection, variant.id, code, step.now)
        if json.loads(row.content) != found.answers or row.files != _written(found.files):
            raise BadInputError(
                say("An answer was changed while you sent it. Check your answers, then send them again.")
            )
        # what was answered is the case's now, and stands here no longer
        stored.save_application(
            step.connection, row.token, variant.id, content="{}", files="[]", reference=step.case.reference,
            now=step.now, ends_at=step.now + APPLICATION_LASTS,
        )  # fmt: skip
        enter_files(step, (file for file in found.files if file.key in said and file.name in named), by=APPLICANT)

    try:
        return open_case(
            office, variant, said, by=APPLICANT, from_public=True, alongside=close, language=found.language
        )
    except ApplicationSentError as error:  # by the other of two clicks, between our looking and our sending
        return error.reference


def read_receipt(office: Office, council_id: str, code: str) -> Receipt:
    """The receipt of an application that was sent. Raises ApplicationNotFoundError for one that was not."""
    reference = find_application(office, council_id, code).reference
    if reference is None:
        raise ApplicationNotFoundError
    with office.database.read() as connection:
        row = cases.find_case(connection, reference, council_id)
        access_code = feel.load(facts.current_named(connection, row.case_id, [ACCESS_CODE])[0].value)
    return Receipt(
        received_at=row.opened_at,
        access_code=access_code,
        view=case_for_applicant(office, council_id, reference, access_code),
    )


def forget_ended_applications(office: Office) -> int:
    """Delete every application whose end has come, with its files; gives how many."""
    with office.database.begin() as connection:
        ended = stored.delete_ended(connection, office.clock.now())
    forget_files(office, {file["digest"] for written in ended for file in json.loads(written)})
    return len(ended)


def _change(
    office: Office,
    council_id: str,
    code: str,
    change: Callable[[dict[str, Any], tuple[HandedIn, ...]], tuple[HandedIn, ...]],
) -> Application:
    now = office.clock.now()
    with office.database.begin() as connection:
        row = _unsent(connection, council_id, code, now)
        answers = json.loads(row.content)
        files = change(answers, _application(row).files)
        content = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
        if len(content) > LARGEST:
            raise BadInputError(say("This is too long to be kept. Make the longest answers shorter."))
        ends_at = now + APPLICATION_LASTS
        stored.save_application(
            connection, row.token, council_id, content=content, files=_written(files), now=now, ends_at=ends_at
        )
    return Application(answers=answers, files=files, ends_on=local_date(ends_at), reference=None, language=row.language)


def _unsent(connection: Connection, council_id: str, code: str, now: datetime) -> stored.ApplicationRow:
    """The row, locked. Raises ApplicationNotFoundError, ApplicationSentError."""
    row = _not_ended(stored.lock_application(connection, _token(code), council_id), now)
    if row.reference is not None:
        raise ApplicationSentError(row.reference)
    return row


def _not_ended(row: stored.ApplicationRow | None, now: datetime) -> stored.ApplicationRow:
    if row is None or row.ends_at <= now:
        raise ApplicationNotFoundError
    return row


def _application(row: stored.ApplicationRow) -> Application:
    return Application(
        answers=json.loads(row.content),
        files=tuple(HandedIn.of(written) for written in json.loads(row.files)),
        ends_on=local_date(row.ends_at),
        reference=row.reference,
        language=row.language,
    )


def _written(files: Iterable[HandedIn]) -> str:
    return json.dumps([file.as_json() for file in files], ensure_ascii=False)


def _token(code: str) -> str:
    return hash_of(plain_code(code))
