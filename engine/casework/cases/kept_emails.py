"""The email with which something came, from when it is added to a page until that page is sent: chosen once, however
often the page comes back. Each person's own; nothing of it is in the record."""

from __future__ import annotations

from datetime import timedelta

from engine.casework.cases.originals import Original
from engine.casework.cases.uploads import forget_files
from engine.casework.step.office import Office
from engine.casework.tasks.drafts import draft_of, drop_draft, forget_drafts, keep_draft

_PLACE = "email "
#: A page that is begun and left. What is typed into one that can be gone back to is kept as long as its draft.
_LEFT = "email with a message "
_LASTS = timedelta(days=14)


def page_of_message(message_id: str) -> str:
    """What the page on which a case is told something is called here."""
    return _LEFT.removeprefix(_PLACE) + message_id


def keep_email(office: Office, page: str, original: Original, *, council_id: str, person: str) -> None:
    """Keep it for the page, in place of one that was kept before."""
    before = draft_of(office, _PLACE + page, council_id=council_id, person=person)
    said = {"name": original.file.name, "digest": original.digest}
    keep_draft(office, _PLACE + page, said, council_id=council_id, person=person)
    left = forget_drafts(office, _LEFT, before=office.clock.now() - _LASTS)
    gone = [before.answers] if before is not None and before.answers["digest"] != original.digest else []
    forget_files(office, [each["digest"] for each in (*gone, *left)])


def kept_email(office: Office, page: str, *, council_id: str, person: str) -> tuple[str, bytes] | None:
    """Its name and content; None where none is kept. Raises FileGoneError."""
    draft = draft_of(office, _PLACE + page, council_id=council_id, person=person)
    return (draft.answers["name"], office.files.get(draft.answers["digest"])) if draft is not None else None


def drop_email(office: Office, page: str, *, council_id: str, person: str) -> None:
    """The page needs it no more: it has been sent, or goes without it. What a case has taken over stays."""
    draft = draft_of(office, _PLACE + page, council_id=council_id, person=person)
    if draft is not None:
        drop_draft(office, _PLACE + page, council_id=council_id, person=person)
        forget_files(office, [draft.answers["digest"]])
