"""Drafts of the council's policy: their list, beginning one, and one of them with its files and its history."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.variants import (
    PIN_FILE,
    BaseFolder,
    PolicySource,
    find_variant,
    is_variant,
    zip_of,
)
from engine.words import counted, listed
from engine.workshop import LARGEST_ZIP, PolicyDraft, last_number, list_versions, proposal_numbered, source_in_zip
from engine.workshop.drafts import (
    FileKind,
    Hand,
    KeptDraft,
    Start,
    begin_draft,
    blank_file,
    bring_in_version,
    comments_on,
    file_titles,
    findings_of_draft,
    kept_draft,
    list_drafts,
    open_sittings,
    put_away,
    put_back,
    save_file,
    seen_version,
    start_at_folder,
    start_at_version,
    start_from,
    start_in_force,
    take_in_folder,
    take_up_again,
)
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.shell.office import office, settings, today

#: Where a draft begins.
_IN_FORCE, _VERSION, _ON_SERVER, _UPLOADED = "in-force", "version", "server", "file"


@blueprint.get("/drafts")
@allow(Right.PUBLISH_POLICY)
def drafts() -> str:
    return _list_page({})


@blueprint.post("/drafts")
@allow(Right.PUBLISH_POLICY)
def begin() -> Answer | tuple[str, int]:
    """Another draft."""
    council_id = person().council_id
    typed = {name: request.form.get(name, "") for name in ("title", "where", "version")}
    try:
        row = begin_draft(office(), council_id, _start(council_id, typed), title=typed["title"], by=person().name)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        field = "title" if not typed["title"].strip() else "where"
        return _list_page(typed, {field: str(error)}), 422
    return redirect(url_for("policy.draft", draft=row.number))


@blueprint.get("/drafts/<int:draft>")
@allow(Right.PUBLISH_POLICY)
def draft(draft: int) -> str:
    """Its files, what is said of it, and its history."""
    return _draft_page(found_draft(draft))


@blueprint.post("/drafts/<int:draft>/put-away")
@allow(Right.PUBLISH_POLICY)
def put_draft_away(draft: int) -> Answer:
    """It is edited no more, or again."""
    found = found_draft(draft)
    if found.is_put_away:
        take_up_again(office(), person().council_id, draft)
        flash(f"Draft {draft} can be edited again.", "success")
    else:
        put_away(office(), person().council_id, draft, by=person().name)
        flash(f"Draft {draft} is put away. Nothing of it is lost: it can be taken up again.", "success")
    return redirect(url_for("policy.draft", draft=draft))


@blueprint.post("/drafts/<int:draft>/put-back/<int:change>")
@allow(Right.PUBLISH_POLICY)
def put_change_back(draft: int, change: int) -> Answer | tuple[str, int]:
    """What one change did is undone."""
    found = found_draft(draft)
    try:
        file = put_back(office(), person().council_id, draft, change, hand=_hand())
    except BadInputError as error:
        return _draft_page(found, str(error)), 422
    flash(f"{file} is as it was before change {change}.", "success")
    return redirect(url_for("policy.draft", draft=draft, _anchor="history"))


@blueprint.post("/drafts/<int:draft>/last-version")
@allow(Right.PUBLISH_POLICY)
def bring_version_in(draft: int) -> Answer | tuple[str, int]:
    """What was put in force after the draft began is brought into it."""
    found = found_draft(draft)
    try:
        brought = bring_in_version(office(), person().council_id, draft, hand=_hand())
    except BadInputError as error:
        return _draft_page(found, str(error), at="files"), 422
    flash(f"Version {brought.version} is brought in: {counted(len(brought.files), 'file')} changed.", "success")
    if brought.clashes:
        flash(f"Both changed these, and the draft's stay. Look at them: {listed(brought.clashes)}.", "warning")
    return redirect(url_for("policy.draft", draft=draft))


@blueprint.post("/drafts/<int:draft>/folder")
@allow(Right.PUBLISH_POLICY)
def take_folder(draft: int) -> Answer | tuple[str, int]:
    """A folder, as a ZIP file, becomes the draft."""
    found, council_id = found_draft(draft), person().council_id
    try:
        source = _sent_zip(council_id)
        taken = take_in_folder(
            office(), council_id, draft, source.folders[0].files, hand=_hand(), also_back="also-back" in request.form
        )
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return _draft_page(found, str(error)), 422
    said = [f"{counted(len(taken.changed), 'file')} new or otherwise"] if taken.changed else []
    said += [f"{counted(len(taken.gone), 'file')} taken out"] if taken.gone else []
    flash(f"The folder is taken in: {', '.join(said) or 'nothing in it is otherwise'}.", "success")
    return redirect(url_for("policy.draft", draft=draft))


@blueprint.get("/drafts/<int:draft>/folder")
@allow(Right.PUBLISH_POLICY)
def draft_folder(draft: int) -> Response:
    """The draft as a ZIP file, with the folders that it extends, for a modeller and for `asb check`."""
    found = found_draft(draft)
    policy, _ = policy_of(found)  # where its settings cannot be read, what is edited is handed out all the same
    own = PolicySource(folders=(BaseFolder(name=person().council_id, files=found.own),))
    source = policy.source if policy is not None else None
    response = Response(zip_of(source or own), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{person().council_id}-draft-{draft}.zip")
    return response


@blueprint.post("/drafts/<int:draft>/new")
@allow(Right.PUBLISH_POLICY)
def add_draft_file(draft: int) -> Answer | tuple[str, int]:
    """A file that the policy has not begins as an empty one."""
    found, file = found_draft(draft), request.form.get("name", "").strip()
    policy, _ = policy_of(found)
    try:
        if file not in found.files(policy):
            save_file(office(), person().council_id, draft, file, blank_file(file), seen=None, hand=_hand())
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return _draft_page(found, str(error), at="name", typed=file), 422
    return redirect(url_for("policy.draft_file", draft=draft, file=file))


@blueprint.get("/drafts/<int:draft>/findings")
@allow(Right.PUBLISH_POLICY)
def draft_findings(draft: int) -> str:
    """What the check finds in it, what is new with it first."""
    found = found_draft(draft)
    looked_at = findings_of_draft(found, settings().variants, today=today())
    new = [each for place, each in enumerate(looked_at.findings) if place in looked_at.new]
    known = [each for place, each in enumerate(looked_at.findings) if place not in looked_at.new]
    return render_template("policy/draft_findings.html", draft=found, looked_at=looked_at, new=new, known=known)


def found_draft(number: int) -> KeptDraft:
    """Ends the request with 404 where the council has none of this number."""
    try:
        return kept_draft(office(), person().council_id, number)
    except BadInputError:
        abort(404)


def policy_of(draft: KeptDraft) -> tuple[PolicyDraft | None, str]:
    """The policy that the draft is; or None, and why its settings cannot be read."""
    try:
        return draft.policy(settings().variants), ""
    except EngineError as error:
        return None, str(error)


def _hand() -> Hand:
    """A change of its own."""
    return Hand(by=person().name, sitting=secrets.token_hex(8))


def _start(council_id: str, typed: dict[str, str]) -> Start:
    root, where = settings().variants, typed["where"]
    if where == _IN_FORCE:
        return start_in_force(office(), council_id)
    if where == _VERSION and typed["version"].isdecimal():
        return start_at_version(office(), council_id, int(typed["version"]))
    if where == _UPLOADED:
        return start_from(office(), council_id, _sent_zip(council_id), words="a folder that was handed in")
    if where == _ON_SERVER:
        folder = find_variant(council_id, root)
        return start_at_folder(office(), council_id, folder, root, words="the folder on the server")
    raise BadInputError("Say where the draft begins.")


def _sent_zip(council_id: str) -> PolicySource:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadInputError("Select the ZIP file of the folder.")
    return source_in_zip(sent.stream.read(LARGEST_ZIP + 1), council_id, settings().variants)


def _list_page(typed: dict[str, str], problems: dict[str, str] | None = None) -> str:
    council_id = person().council_id
    rows = list_drafts(office(), council_id)
    versions = [version for version in list_versions(office(), council_id) if version.is_kept]
    return render_template(
        "policy/drafts.html",
        drafts=[row for row in rows if row.put_away_at is None],
        put_away=[row for row in rows if row.put_away_at is not None],
        versions=versions,
        has_in_force=any(version.is_in_force for version in versions),
        has_folder=is_variant(settings().variants / council_id),
        folder=council_id,
        typed=typed,
        problems=problems or {},
        has_errors=bool(problems),
    )


def _draft_page(found: KeptDraft, problem: str = "", *, at: str = "zip", typed: str = "") -> str:
    council_id, number = found.row.council_id, found.row.number
    policy, unreadable = policy_of(found)
    files = found.files(policy)
    by_kind = [(kind, [each for each in files.values() if each.kind is kind]) for kind in FileKind]
    row = proposal_numbered(office(), council_id, found.row.proposal).row if found.row.proposal is not None else None
    return render_template(
        "policy/draft.html",
        draft=found,
        row=found.row,
        files=[(kind, each) for kind, each in by_kind if each],
        titles=file_titles(policy.variant) if policy is not None else {},
        gone=sorted(found.changed - found.own.keys() - {PIN_FILE}),
        unreadable=unreadable,
        comments=comments_on(office(), council_id, number),
        sittings=open_sittings(office(), council_id, number),
        is_behind=last_number(office(), council_id) > seen_version(office(), found),
        proposal=row,
        megabytes=LARGEST_ZIP // 1_000_000,
        problem=problem,
        at=at,
        typed=typed,
        has_errors=bool(problem),
    )
