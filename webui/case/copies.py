"""Taking a copy of the case file."""

from __future__ import annotations

from flask import Response, request

from engine.casework.copies.archive import FOR_WHOM, take_copy
from engine.casework.pages.case import read_letters
from webui.access import Right, allow, person
from webui.case.blueprint import blueprint, page_of, seen
from webui.shell.office import office


@blueprint.get("/<reference>/copy")
@allow(Right.EXPORT_CASES)
def copy(reference: str) -> str:
    return page_of("copy", read_letters(office(), reference, **seen(reference, "copies")), choices=FOR_WHOM)


@blueprint.post("/<reference>/copy")
@allow(Right.EXPORT_CASES)
def make_copy(reference: str) -> Response | tuple[str, int]:
    """The archive; the record says who took it and for whom."""
    about = seen(reference, "copies")
    chosen = request.form.get("for", "nobody")
    if chosen not in FOR_WHOM:
        view = read_letters(office(), reference, **about)
        problem = "Select for whom the copy is made."
        return page_of("copy", view, endpoint="case.copy", choices=FOR_WHOM, problem=problem, has_errors=True), 422
    name, data, _ = take_copy(office(), reference, made_for=chosen, by=person().name, council_id=person().council_id)
    response = Response(data, content_type="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
