"""What changed between two versions of the policy: in sentences, and file by file as it is drawn and written."""

from __future__ import annotations

from itertools import groupby

from flask import Response, abort, g, render_template, request
from markupsafe import Markup

from engine.errors import BadInputError
from engine.variants import Variant
from engine.variants.comparison import Difference, How
from engine.workshop import list_versions
from engine.workshop.differences import (
    PolicyComparison,
    drawn_beside,
    letter_in,
    sample_pdf,
    tables_beside,
    text_beside,
)
from engine.workshop.named_policies import policy_of_version
from webui.access import Right, allow
from webui.policy.blueprint import blueprint
from webui.shell.office import office, today

#: The sign of each, beside its word and its colour.
_SIGNS = {How.ADDED: "+", How.CHANGED: "~", How.MOVED: "→", How.GONE: "\N{MINUS SIGN}"}
#: The last comparisons that were asked for, by the digests of both.
_comparisons: dict[tuple[str, str], PolicyComparison] = {}
_MOST_KEPT = 4


@blueprint.get("/versions/<int:number>/differences")
@allow(Right.SEE_POLICY)
def differences(number: int) -> str:
    """What changed with a version: `since` in the address is the one that it is compared with, else the one before."""
    since, compared = _compared(number)
    numbers = [
        version.number for version in list_versions(office(), g.signed_in.council_id) if version.number != number
    ]
    groups = [(clause, list(each)) for clause, each in groupby(compared.differences, key=_clause)]
    return render_template(
        "policy/differences.html", number=number, since=since, numbers=numbers, groups=groups, signs=_SIGNS,
        compared=compared, own=g.signed_in.council_id,
    )  # fmt: skip


@blueprint.get("/versions/<int:number>/differences/file")
@allow(Right.SEE_POLICY)
def file_differences(number: int) -> str:
    """What changed in one file, `name` in the address: side by side, by cell, question or word."""
    since, compared = _compared(number)
    file = _file(compared)
    is_drawn = any(file in side.diagrams for side in (compared.before, compared.after))
    drawn = drawn_beside(compared, file) if is_drawn else None
    sides = ((compared.before, since), (compared.after, number))
    letters = [version for side, version in sides if letter_in(side, file) is not None]
    return render_template(
        "policy/file_differences.html", number=number, since=since, file=file, signs=_SIGNS,
        found=compared.of_file(file), drawn=drawn, tables=tables_beside(compared, file),
        pictures=[(Markup(each.svg), each.marked) for each in (drawn.before, drawn.after)] if drawn is not None else [],  # noqa: S704  # every text in it is escaped where it is drawn
        paragraphs=text_beside(compared, file) if file.endswith(".md") else (),
        letters=letters,
    )  # fmt: skip


@blueprint.get("/versions/<int:number>/letter")
@allow(Right.SEE_POLICY)
def sample_letter(number: int) -> Response:
    """A letter of a version, `name` in the address its file, as PDF with samples in the place of what a case says."""
    variant = _version(number)
    letter = letter_in(variant, request.args.get("name", ""))
    if letter is None:
        abort(404)
    response = Response(sample_pdf(variant, letter, today()), content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{letter.id}-version-{number}.pdf")
    # The reader that browsers have for PDFs draws with styles of its own, which our policy for pages would stop.
    response.headers["Content-Security-Policy"] = "script-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    return response


def _compared(number: int) -> tuple[int, PolicyComparison]:
    since = request.args.get("since", default=number - 1, type=int)
    before, after = _version(since), _version(number)
    return since, _kept(before, after)


def _kept(before: Variant, after: Variant) -> PolicyComparison:
    """Comparing takes a second, and whoever reads the first page goes on to its files."""
    asked = (before.digest, after.digest)
    if asked not in _comparisons:
        while len(_comparisons) >= _MOST_KEPT:
            _comparisons.pop(next(iter(_comparisons)))
        _comparisons[asked] = PolicyComparison(before=before, after=after)
    return _comparisons[asked]


def _version(number: int) -> Variant:
    """Ends the request with 404 where there is none of this number."""
    try:
        return policy_of_version(office(), g.signed_in.council_id, number).variant
    except BadInputError:
        abort(404)


def _file(compared: PolicyComparison) -> str:
    file = request.args.get("name", "")
    if file not in compared.files:
        abort(404)
    return file


def _clause(difference: Difference) -> str:
    return difference.clauses[0] if difference.clauses else ""
