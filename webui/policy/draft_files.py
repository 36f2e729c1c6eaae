"""One file of a draft: read, edited as a text or by the editor of its kind, handed out, handed in, taken out."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from engine.diagram import read_diagram
from engine.draw import draw_svg, outline, title_of
from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.variants import MAX_FILE_BYTES
from engine.workshop.drafts import (
    DraftFile,
    FileKind,
    Hand,
    KeptDraft,
    comments_on,
    kind_of,
    open_sittings,
    save_file,
    say_of_draft,
    settle_comment,
    take_out,
)
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.policy.draft_looks import shown_draft
from webui.policy.drafts import found_draft, policy_of
from webui.policy.element_list import listed_elements
from webui.shell.headers import EDITOR_POLICY
from webui.shell.office import office

#: The kinds that have an editor of their own, and the script that it is.
_EDITORS = {FileKind.DIAGRAM: "bpmn", FileKind.TABLE: "dmn", FileKind.FORM: "form"}


@blueprint.get("/drafts/<int:draft>/files/<path:file>")
@allow(Right.PUBLISH_POLICY)
def draft_file(draft: int, file: str) -> Response:
    """The file, to be edited. One that the policy has not is begun empty."""
    response = make_response(_file_page(found_draft(draft), file))
    if kind_of(file) in _EDITORS:
        response.headers["Content-Security-Policy"] = EDITOR_POLICY
    return response


@blueprint.post("/drafts/<int:draft>/files/<path:file>")
@allow(Right.PUBLISH_POLICY)
def save_draft_file(draft: int, file: str) -> Answer | tuple[str, int]:
    """As a text that was typed, or as a file that was handed in; or it is taken out."""
    found, council_id = found_draft(draft), person().council_id
    hand = Hand(by=person().name, sitting=request.form.get("sitting", "")[:32] or secrets.token_hex(8))
    seen = request.form.get("digest") or None
    try:
        if request.form.get("do") == "take-out":
            take_out(office(), council_id, draft, file, seen=seen or "", hand=hand)
            flash(f"{file} is taken out.", "success")
            return redirect(url_for("policy.draft", draft=draft))
        save_file(office(), council_id, draft, file, _content(found, file), seen=seen, hand=hand)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return _file_page(found, file, problem=str(error), typed=request.form.get("text")), 422
    flash(f"{file} is saved.", "success")
    return redirect(url_for("policy.draft_file", draft=draft, file=file))


@blueprint.get("/drafts/<int:draft>/raw/<path:file>")
@allow(Right.PUBLISH_POLICY)
def draft_file_raw(draft: int, file: str) -> Response:
    """The file as it is, for an editor or to be kept; `download` in the address says so."""
    found = found_draft(draft)
    there = _in(found, file)
    if there is None:
        abort(404)
    response = Response(there.content, mimetype="application/octet-stream")
    response.set_etag(there.digest)
    response.headers.set("Content-Disposition", "attachment", filename=file.rpartition("/")[2])
    return response


@blueprint.post("/drafts/<int:draft>/say/<path:file>")
@allow(Right.PUBLISH_POLICY)
def say_of_file(draft: int, file: str) -> Answer | tuple[str, int]:
    """A comment on the file or an element in it, or one that is settled."""
    found, council_id = found_draft(draft), person().council_id
    comment = request.form.get("comment", "")
    try:
        if comment.isdecimal():
            settle_comment(office(), council_id, draft, int(comment), by=person().name)
        else:
            say_of_draft(
                office(), council_id, draft, file=file, element=request.form.get("element", ""),
                words=request.form.get("words", ""), by=person().name,
            )  # fmt: skip
    except BadInputError as error:
        return _file_page(found, file, problem=str(error)), 422
    return redirect(url_for("policy.draft_file", draft=draft, file=file, _anchor="comments"))


def _in(draft: KeptDraft, file: str) -> DraftFile | None:
    if file in draft.own:  # without what it extends, which need not be readable
        return draft.files(None).get(file)
    return draft.files(policy_of(draft)[0]).get(file)


def _content(draft: KeptDraft, file: str) -> bytes:
    sent = request.files.get("upload")
    if request.form.get("do") == "upload":
        if sent is None or not sent.filename:
            raise BadInputError(f"Select the file that is to be {file}.")
        return sent.stream.read(MAX_FILE_BYTES + 1)
    text = request.form.get("text", "")
    there = _in(draft, file)
    lines = text.replace("\r\n", "\n")  # as browsers send lines; the file keeps its own way
    return (lines.replace("\n", "\r\n") if there is not None and b"\r\n" in there.content else lines).encode()


def _file_page(draft: KeptDraft, file: str, *, problem: str = "", typed: str | None = None) -> str:
    kind = kind_of(file)
    if kind is None:  # it is no file of a policy
        abort(404)
    policy, unreadable = policy_of(draft)
    there = draft.files(policy).get(file)
    content = there.content if there is not None else b""
    picture, words, cannot = _drawn(file, content) if kind is FileKind.DIAGRAM and there is not None else ("", "", "")
    number = draft.row.number
    return render_template(
        "policy/draft_file.html",
        draft=draft,
        file=file,
        kind=kind,
        there=there,
        editor=_EDITORS.get(kind) if there is not None and not draft.is_put_away else None,
        text=typed if typed is not None else content.decode("utf-8", "replace") if kind.is_text else None,
        digest=there.digest if there is not None else "",
        sitting=secrets.token_hex(8),
        picture=picture,
        words=words,
        elements=listed_elements(shown_draft(number), file) if picture and policy is not None else [],
        unreadable=cannot or unreadable,
        element=request.args.get("element", ""),
        others=[each for each in open_sittings(office(), draft.row.council_id, number) if each.file == file],
        comments=comments_on(office(), draft.row.council_id, number, file=file),
        problem=problem,
        has_errors=bool(problem),
    )


def _drawn(file: str, content: bytes) -> tuple[Markup | str, str, str]:
    """A diagram as a picture, and in words; or why it cannot be drawn."""
    try:
        diagram = read_diagram(content, file=file)
        drawn = draw_svg(diagram, title=title_of(diagram)).partition("?>")[2].strip()
    except EngineError as error:
        return "", "", str(error)
    return Markup(drawn), outline(diagram), ""  # noqa: S704  # every text in it is escaped where it is drawn
