"""Asking for a policy to be put in force: the council's folder, or an earlier version again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.variants import is_variant
from engine.workshop import (
    LARGEST_ZIP,
    PolicyDraft,
    Publication,
    draft_from,
    draft_in,
    draft_of_version,
    last_number,
    list_versions,
    needs_second_owner,
    propose,
    source_in_zip,
    version_numbered,
)
from engine.workshop.drafts import kept_draft, list_drafts, note_proposal, seen_version
from webui.access import Right, allow, person, typed_at, unsent_text
from webui.policy.blueprint import blueprint
from webui.policyforms.days import join_day
from webui.shell.office import office, settings

#: Where the folder comes from.
_UPLOADED, _ON_SERVER, _DRAFT = "file", "server", "draft"
_TYPED = ("why", "despite", "from-day", "from-month", "from-year", "where", "draft")
_FIELDS = ("file", "why", "from", "despite")


@blueprint.get("/publish")
@allow(Right.PUBLISH_POLICY)
def publish() -> str:
    return _publish_page({name: unsent_text(name) for name in _TYPED})


@blueprint.post("/publish")
@allow(Right.PUBLISH_POLICY)
@typed_at("policy.publish")
def publish_it() -> Answer | tuple[str, int]:
    """A folder or a draft is to be put in force: it is judged in the background."""
    return _propose(_draft_sent, _publish_page)


@blueprint.get("/versions/<int:number>/again")
@allow(Right.PUBLISH_POLICY)
def again(number: int) -> str:
    return _again_page(number, {name: unsent_text(name) for name in _TYPED})


@blueprint.post("/versions/<int:number>/again")
@allow(Right.PUBLISH_POLICY)
@typed_at("policy.again")
def put_again(number: int) -> Answer | tuple[str, int]:
    """An earlier version is to be in force again."""
    _version(number)
    return _propose(
        lambda: draft_of_version(office(), person().council_id, number, settings().variants),
        lambda typed, problems: _again_page(number, typed, problems),
    )


class _Problem(Exception):
    """What is wrong in one field of the form."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def _propose(
    draft: Callable[[], PolicyDraft], page: Callable[[dict[str, str], dict[str, str]], str]
) -> Answer | tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in (*_TYPED, "follows")}
    try:
        if not typed["why"].strip():
            raise _Problem("why", "Enter why: whoever asks in a year what changed reads it.")
        wanted = Publication(
            by=person().name, why=typed["why"].strip(), day=_day(typed), despite=typed["despite"].strip(),
            follows=_seen(typed),
        )  # fmt: skip
        row = propose(office(), draft(), wanted)
        if typed["where"] == _DRAFT:
            note_proposal(office(), row.council_id, int(typed["draft"]), row.number)
    except _Problem as problem:
        return page(typed, {problem.field: str(problem)}), 422
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return page(typed, {"file": str(error)}), 422
    return redirect(url_for("policy.proposal", proposal=row.number))


def _seen(typed: dict[str, str]) -> int | None:
    """The last version that is known to what is to be put in force: to the page, or to the draft."""
    if typed["where"] == _DRAFT and typed["draft"].isdecimal():
        return seen_version(office(), kept_draft(office(), person().council_id, int(typed["draft"])))
    return int(typed["follows"]) if typed["follows"].isdecimal() else None


def _draft_sent() -> PolicyDraft:
    council_id, root = person().council_id, settings().variants
    sent = request.files.get("file")
    if sent is not None and sent.filename and request.form.get("where") in (_DRAFT, _ON_SERVER):
        raise _Problem(
            "file", "You send a ZIP file, and have chosen another policy above it. Choose “One that I send”."
        )
    if request.form.get("where") == _DRAFT and request.form.get("draft", "").isdecimal():
        return kept_draft(office(), council_id, int(request.form["draft"])).policy(root)
    if request.form.get("where") == _ON_SERVER:
        return draft_in(council_id, root)
    if sent is None or not sent.filename:
        raise _Problem("file", "Select the ZIP file of the folder.")
    return draft_from(source_in_zip(sent.stream.read(LARGEST_ZIP + 1), council_id, root), council_id, root)


def _day(typed: dict[str, str]) -> date | None:
    said = join_day(*(typed[f"from-{part}"] for part in ("day", "month", "year")))
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _Problem("from", "Enter a real day, such as 7 12 2026, or leave it empty for today.") from None


def _publish_page(typed: dict[str, str], problems: dict[str, str] | None = None) -> str:
    council_id, root = person().council_id, settings().variants
    if not typed["where"] and request.args.get("draft", "").isdecimal():
        typed = {**typed, "where": _DRAFT, "draft": request.args["draft"]}
    return _page(
        "policy/publish.html", typed, problems, has_folder=is_variant(root / council_id), folder=council_id,
        megabytes=LARGEST_ZIP // 1_000_000,
        drafts=[row for row in list_drafts(office(), council_id) if row.put_away_at is None],
    )  # fmt: skip


def _again_page(number: int, typed: dict[str, str], problems: dict[str, str] | None = None) -> str:
    _version(number)
    return _page("policy/again.html", typed, problems, number=number)


def _page(template: str, typed: dict[str, str], problems: dict[str, str] | None, **more: object) -> str:
    council_id = person().council_id
    return render_template(
        template,
        typed=typed,
        problems={field: (problems or {})[field] for field in _FIELDS if field in (problems or {})},
        has_errors=bool(problems),
        follows=last_number(office(), council_id),
        last=next(iter(list_versions(office(), council_id)), None),
        needs_second=needs_second_owner(office(), council_id),
        **more,
    )


def _version(number: int) -> None:
    try:
        version_numbered(office(), person().council_id, number)
    except BadInputError:
        abort(404)
