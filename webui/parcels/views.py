"""Files between installations: what waits for its receipt, and what came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.casework.handovers.arrival import TakenIn, take_in_file
from engine.casework.handovers.dispatch import file_of, file_to_bring, files_to_bring, give_up_parcel
from engine.errors import BadInputError, DatabaseUnusableError, EngineError, KeyRefusedError, NotAllowedError
from engine.seals import LARGEST_FILE, PublicKey
from webui.access import Right, allow, person, typed_at, unsent_text
from webui.shell.office import office, policy
from webui.shell.pagination import SIZE, page_asked

blueprint = Blueprint("parcels", __name__, url_prefix="/by-file")

#: A file is given to keep, never to be shown or run here.
_NEVER_RUN = "default-src 'none'; sandbox"


@blueprint.get("")
@allow(Right.EXCHANGE_FILES)
def files() -> str:
    return _files()


@blueprint.post("")
@allow(Right.EXCHANGE_FILES)
def take_in() -> Answer | tuple[str, int]:
    """Files of other installations. What is in them says what they are."""
    given = [file for file in request.files.getlist("files") if file.filename]
    problems = [] if given else ["Select a file."]
    for file in given:
        try:
            taken = take_in_file(
                office(), file.stream.read(LARGEST_FILE + 1), by=person().name, council_id=person().council_id
            )
        except (DatabaseUnusableError, NotAllowedError):
            raise
        except EngineError as error:
            problems.append(f"{file.filename}: {error}")
        else:
            flash(_told(taken), "success")
    if problems:
        return _files(problems=problems), 422
    return redirect(url_for("parcels.files"))


def _told(taken: TakenIn) -> str:
    if taken.is_receipt:
        said = f"{taken.other} has received “{taken.message}” of {taken.reference}"
        return f"{said}: it is handed over." if taken.is_new else f"{said}, as was known already."
    said = f"“{taken.message}” of {taken.other} is in {taken.reference}"
    ending = "" if taken.is_new else " already, and nothing has changed"
    return f"{said}{ending}. Send the receipt back: it is the first in the list of what came."


def _files(**more: list[str]) -> str:
    found, page = files_to_bring(office(), person().council_id), page_asked()
    others = sorted(
        (each for each in found if not each.is_waited_for),
        key=lambda each: each.received_at or each.given_up_at or each.sent_at, reverse=True,
    )  # fmt: skip
    return render_template(
        "parcels/files.html",
        waiting=[each for each in reversed(found) if each.is_waited_for],
        others=others[page.offset : page.offset + SIZE],
        pagination=page.links(len(others), {}),
        fingerprint=_fingerprint(lambda: office().keys.last().public),
        theirs=[
            (each.name or each.party, _fingerprint(partial(PublicKey.read, each.key)))
            for agreement in policy().settings.agreements
            for each in agreement.elsewhere
        ],
        megabytes=LARGEST_FILE // 1_000_000,
        has_errors=bool(more),
        **more,
    )


def _fingerprint(key: Callable[[], PublicKey]) -> str:
    """ "" where there is none, or one that cannot be used."""
    try:
        return key().fingerprint
    except KeyRefusedError:
        return ""


@blueprint.get("/<parcel>/file")
@allow(Right.EXCHANGE_FILES)
def file(parcel: str) -> Response:
    """The file to send: the parcel, or the receipt of one that came."""
    found = file_of(office(), parcel, by=person().name, council_id=person().council_id)
    response = Response(found.data, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Content-Security-Policy"] = _NEVER_RUN
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/<parcel>/give-up")
@allow(Right.EXCHANGE_FILES)
def give_up(parcel: str) -> str:
    return _give_up(parcel, reason=unsent_text("reason"))


@blueprint.post("/<parcel>/give-up")
@allow(Right.EXCHANGE_FILES)
@typed_at("parcels.give_up")
def give_it_up(parcel: str) -> Answer | tuple[str, int]:
    """Wait for the receipt no longer."""
    reason = request.form.get("reason", "")
    try:
        reference = give_up_parcel(office(), parcel, reason=reason, by=person().name, council_id=person().council_id)
    except BadInputError as error:
        return _give_up(parcel, reason=reason, problem=str(error)), 422
    flash(f"Nobody waits for that receipt any more, and {reference} goes another way.", "success")
    return redirect(url_for("parcels.files"))


def _give_up(parcel: str, *, reason: str, problem: str = "") -> str:
    found = file_to_bring(office(), parcel, council_id=person().council_id)
    return render_template(
        "parcels/give_up.html", parcel=found, reason=reason, problem=problem, has_errors=bool(problem)
    )
