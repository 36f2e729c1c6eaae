"""What the editors in the browser ask of a draft, as JSON: save this, what does the check say of it, who else is here.

An answer that is no success is `{"sentence": …}`, and nothing has changed then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from engine.bootstrap import handlers_by_name
from engine.check import readable_facts
from engine.errors import BadInputError, DatabaseUnusableError, DraftChangedError, EngineError
from engine.variants import MAX_FILE_BYTES
from engine.words import moment_in_words, time_in_words
from engine.workshop.drafts import (
    CommentRow,
    Hand,
    comments_on,
    findings_of_draft,
    kept_draft,
    kind_of,
    save_file,
    say_of_draft,
    settle_comment,
    sit_at,
)
from engine.workshop.element_templates import element_templates
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.shell.office import office, settings, today

#: Characters of a comment with what stands around it; and of any other small request.
_LARGEST_WORDS = 20_000


def _told(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """What the engine refuses is told as JSON."""

    @wraps(view)
    def told(**arguments: Any) -> ResponseReturnValue:
        try:
            return view(**arguments)
        except DatabaseUnusableError as error:
            return jsonify(sentence=str(error)), 503
        except DraftChangedError as error:
            at = moment_in_words(error.at)
            return jsonify(sentence=str(error), digest=error.digest, by=error.by, at=at), 409
        except EngineError as error:
            return jsonify(sentence=str(error)), 422

    return told


@blueprint.post("/drafts/<int:draft>/save/<path:file>")
@allow(Right.PUBLISH_POLICY)
@_told
def save_in_editor(draft: int, file: str) -> ResponseReturnValue:
    content, seen = _body(MAX_FILE_BYTES), request.headers.get("X-Digest") or None
    saved = save_file(office(), person().council_id, draft, file, content, seen=seen, hand=_hand())
    return jsonify(digest=saved.digest, at=time_in_words(saved.at))


@blueprint.post("/drafts/<int:draft>/findings/<path:file>")
@allow(Right.PUBLISH_POLICY)
@_told
def find_in_editor(draft: int, file: str) -> ResponseReturnValue:
    """What the check says of the draft with the file as it is in the editor now."""
    if kind_of(file) is None:
        raise BadInputError(f"{file[:100]} is no file of a policy.")
    found = kept_draft(office(), person().council_id, draft)
    unsaved = (file, _body(MAX_FILE_BYTES))
    looked_at = findings_of_draft(found, settings().variants, today=today(), unsaved=unsaved)
    if looked_at.unreadable:
        said = {"file": file, "element_id": "", "severity": "error", "rule": "", "message": looked_at.unreadable}
        return jsonify(findings=[said], new=[0])
    return jsonify(findings=[each.to_json() for each in looked_at.findings], new=sorted(looked_at.new))


@blueprint.get("/drafts/<int:draft>/comments/<path:file>")
@allow(Right.PUBLISH_POLICY)
@_told
def comments_in_editor(draft: int, file: str) -> ResponseReturnValue:
    return _comments(draft, file)


@blueprint.post("/drafts/<int:draft>/comments/<path:file>")
@allow(Right.PUBLISH_POLICY)
@_told
def say_in_editor(draft: int, file: str) -> ResponseReturnValue:
    council_id, by, said = person().council_id, person().name, _json()
    if said.get("settled") is True and type(said.get("number")) is int:
        settle_comment(office(), council_id, draft, said["number"], by=by)
    else:
        element, words = str(said.get("element", "")), str(said.get("text", ""))
        say_of_draft(office(), council_id, draft, file=file, element=element, words=words, by=by)
    return _comments(draft, file)


@blueprint.post("/drafts/<int:draft>/presence/<path:file>")
@allow(Right.PUBLISH_POLICY)
@_told
def sit_in_editor(draft: int, file: str) -> ResponseReturnValue:
    """The editor has the file open still; who else has, and how it is saved now."""
    if kind_of(file) is None:
        raise BadInputError(f"{file[:100]} is no file of a policy.")
    state = sit_at(office(), person().council_id, draft, file, hand=_hand())
    others = [{"name": each.person, "since": time_in_words(each.since)} for each in state.others]
    return jsonify(others=others, digest=state.digest, by=state.by)


@blueprint.get("/drafts/<int:draft>/facts")
@allow(Right.PUBLISH_POLICY)
@_told
def facts_in_editor(draft: int) -> ResponseReturnValue:
    """What expressions of the draft, as it is saved, may read: with kinds, and as a form asks for it."""
    variant = kept_draft(office(), person().council_id, draft).policy(settings().variants).variant
    asked = {question.field.key: question.field.label for form in variant.forms.values() for question in form.questions}
    kinds = readable_facts(variant, tuple(handlers_by_name().values()))
    return jsonify([{"name": name, "type": kind, "info": asked.get(name, "")} for name, kind in kinds.items()])


@blueprint.get("/element-templates")
@allow(Right.PUBLISH_POLICY)
def templates_in_editor() -> ResponseReturnValue:
    """The element templates of handlers and messages, as a modeller reads them."""
    return jsonify([json.loads(text) for text in element_templates().values()])


def _hand() -> Hand:
    sitting = request.headers.get("X-Sitting", "")
    if not sitting.isalnum() or len(sitting) > 32:  # the column
        raise BadInputError("The page does not say which sitting this is. Load it again.")
    return Hand(by=person().name, sitting=sitting)


def _body(most: int) -> bytes:
    """What was sent, or a byte more than may be: whoever takes it says that it is too large."""
    return request.stream.read(most + 1)


def _json() -> dict[str, Any]:
    try:
        said = json.loads(_body(_LARGEST_WORDS))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise BadInputError("This is not what an editor sends. Load the page again.")
    return said


def _comments(draft: int, file: str) -> ResponseReturnValue:
    found = kept_draft(office(), person().council_id, draft)
    rows = comments_on(office(), found.row.council_id, draft, file=file)
    return jsonify([_as_json(row) for row in rows])


def _as_json(row: CommentRow) -> dict[str, Any]:
    return {
        "number": row.number, "element": row.element, "by": row.said_by, "at": moment_in_words(row.said_at),
        "text": row.words, "settled": row.settled_at is not None,
    }  # fmt: skip
