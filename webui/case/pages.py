"""The pages on which a case is read."""

from __future__ import annotations

from flask import Response, abort, request
from markupsafe import Markup

from engine.casework.pages.case import (
    read_actions,
    read_diagrams,
    read_history,
    read_known,
    read_letter,
    read_letters,
    read_parcels,
    read_related,
    read_summary,
    read_tasks,
)
from engine.draw import HERE
from webui.access import Right, allow
from webui.case.blueprint import blueprint, page_of, seen
from webui.shell.office import office


@blueprint.get("/<reference>")
@allow(Right.SEE_CASES)
def show(reference: str) -> str:
    """Where the case stands."""
    return page_of("show", read_summary(office(), reference, **seen(reference, "overview")))


@blueprint.get("/<reference>/tasks")
@allow(Right.SEE_CASES)
def tasks(reference: str) -> str:
    return page_of("tasks", read_tasks(office(), reference, **seen(reference, "tasks")))


@blueprint.get("/<reference>/actions")
@allow(Right.SEE_CASES)
def actions(reference: str) -> str:
    """What is to be done, and each ladder as a line of dates."""
    return page_of("actions", read_actions(office(), reference, **seen(reference, "action plan")))


@blueprint.get("/<reference>/known")
@allow(Right.SEE_CASES)
def known(reference: str) -> str:
    """Everything that is known, with who said it and when."""
    return page_of("known", read_known(office(), reference, **seen(reference, "what is known")))


@blueprint.get("/<reference>/letters")
@allow(Right.SEE_CASES)
def letters(reference: str) -> str:
    return page_of("letters", read_letters(office(), reference, **seen(reference, "letters")))


@blueprint.get("/<reference>/letters/<int:number>")
@allow(Right.SEE_CASES)
def letter(reference: str, number: int) -> str:
    """A letter as it was sent."""
    found = read_letter(office(), reference, number, **seen(reference, f"letter {number}"))
    return page_of("letter", found, endpoint="case.letters")


@blueprint.get("/<reference>/letters/<int:number>.pdf")
@allow(Right.SEE_CASES)
def letter_pdf(reference: str, number: int) -> Response:
    found = read_letter(office(), reference, number, **seen(reference, f"letter {number} as PDF")).letter
    if found.pdf is None:
        abort(404)
    response = Response(found.pdf, content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{reference}-{found.letter}-{number}.pdf")
    # The reader that browsers have for PDFs draws with styles of its own, which our policy for pages would stop.
    response.headers["Content-Security-Policy"] = "script-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    return response


@blueprint.get("/<reference>/diagram")
@allow(Right.SEE_CASES)
def diagram(reference: str) -> str:
    """Where the case is on its diagrams; `instance` in the address chooses one."""
    number = request.args.get("instance", type=int)
    view = read_diagrams(office(), reference, number=number, **seen(reference, "diagram"))
    picture = Markup(view.svg)  # noqa: S704  # every text in it is escaped where it is drawn
    return page_of("diagram", view, picture=picture, here=HERE)


@blueprint.get("/<reference>/history")
@allow(Right.SEE_CASES)
def history(reference: str) -> str:
    """What happened, in sentences."""
    args = request.args
    view = read_history(
        office(), reference, page=args.get("page", 1, type=int), oldest_first=args.get("order") == "oldest",
        with_views=args.get("views") == "yes", **seen(reference, "history"),
    )  # fmt: skip
    return page_of("history", view)


@blueprint.get("/<reference>/related")
@allow(Right.SEE_ALL_CASES)
def related(reference: str) -> str:
    """Cases that say the same of people or addresses."""
    return page_of("related", read_related(office(), reference, **seen(reference, "related cases")))


@blueprint.get("/<reference>/handed-over")
@allow(Right.SEE_ALL_CASES)
def parcels(reference: str) -> str:
    """What was handed over to another council or body under an agreement, and what came from there."""
    return page_of("parcels", read_parcels(office(), reference, **seen(reference, "what is handed over")))
