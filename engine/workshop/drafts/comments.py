"""What policy owners say to each other of a draft: of a file, or of an element in it."""

from __future__ import annotations

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import draft_comments as stored
from engine.store.draft_comments import CommentRow
from engine.words import typed_text
from engine.workshop.drafts.file_kinds import kind_of
from engine.workshop.drafts.kept_draft import found_row

#: Characters.
_LONGEST = 2_000
_LONGEST_ID = 200


def comments_on(office: Office, council_id: str, number: int, *, file: str | None = None) -> list[CommentRow]:
    """All of the draft, or of a file in it; the first first."""
    with office.database.read() as connection:
        rows = stored.comments_on(connection, council_id, number)
    return [row for row in rows if file is None or row.file == file]


def say_of_draft(
    office: Office, council_id: str, number: int, *, file: str, element: str, words: str, by: str
) -> CommentRow:  # fmt: skip
    """`element` is an id in the file; empty for the file as a whole. Raises BadInputError."""
    said = typed_text(words)
    if not said.strip():
        raise BadInputError("Write what you want to say.")
    if len(said) > _LONGEST:
        raise BadInputError(f"Say it in at most {_LONGEST:,} characters.")
    if kind_of(file) is None or len(element) > _LONGEST_ID:
        raise BadInputError("Say which file, and which element in it, it is about.")
    with office.database.begin() as connection:
        found_row(connection, council_id, number, lock=True)
        row = CommentRow(
            council_id=council_id, draft=number, number=stored.next_comment_number(connection, council_id, number),
            file=file, element=element, said_at=office.clock.now(), said_by=by, words=said, settled_at=None,
            settled_by=None,
        )  # fmt: skip
        stored.add_comment(connection, row)
    return row


def settle_comment(office: Office, council_id: str, number: int, comment: int, *, by: str) -> None:
    """Nobody has to look at it any more; it stays to be read. Raises BadInputError where it is not open."""
    with office.database.begin() as connection:
        if not stored.settle_comment(connection, council_id, number, comment, at=office.clock.now(), by=by):
            raise BadInputError("This comment is settled already.")
