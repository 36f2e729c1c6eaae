"""What changed between two policies: in sentences, file by file as it is drawn and written, and in worked examples."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from threading import Lock

from cachetools import LRUCache, cached
from flask import Response, abort, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from engine.errors import BadInputError
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
from engine.workshop.differences.played import ExamplesBeside, ask_for_both, examples_beside
from engine.workshop.named_policies import policy_of_version
from webui.access import Right, allow
from webui.policy.blueprint import blueprint
from webui.policy.previews import examples_to_choose, pdf_of, previews_in
from webui.policy.shown import ShownPolicy
from webui.shell.office import office, today

#: The sign of each, beside its word and its colour.
_SIGNS = {How.ADDED: "+", How.CHANGED: "~", How.MOVED: "→", How.GONE: "\N{MINUS SIGN}"}
#: Seconds between two looks at what is being played.
_LOOK_EVERY = 5


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A policy beside a version of it."""

    after: ShownPolicy  #: whose pages show it
    since: int  #: the version that it is compared with
    before: ShownPolicy
    found: PolicyComparison

    def url(self, page: str, **more: str | int | None) -> str:
        """A page of the comparison."""
        return self.after.url(page, **{"since": self.since, **more})


@blueprint.get("/versions/<int:number>/differences")
@allow(Right.SEE_POLICY)
def differences(number: int) -> str:
    """What changed with a version: `since` in the address is the one that it is compared with, else the one before."""
    return differences_page(compared(shown_version(number), number - 1))


@blueprint.post("/versions/<int:number>/differences")
@allow(Right.SEE_POLICY)
def play_differences(number: int) -> Answer:
    """Have the worked examples of both played."""
    return play_both(compared(shown_version(number), number - 1))


@blueprint.get("/versions/<int:number>/differences/file")
@allow(Right.SEE_POLICY)
def file_differences(number: int) -> str:
    """What changed in one file, `name` in the address: side by side, by cell, question or word."""
    return file_page(compared(shown_version(number), number - 1))


@blueprint.get("/versions/<int:number>/letter")
@allow(Right.SEE_POLICY)
def sample_letter(number: int) -> Response:
    """A letter of a version, `name` in the address its file, as PDF: with samples in the place of what a case says, or
    as the worked example `example` sends it."""
    return letter_page(shown_version(number), f"version-{number}")


def differences_page(asked: Compared) -> str:
    versions = list_versions(office(), g.signed_in.council_id)
    numbers = [version.number for version in versions if asked.after.args.get("number") != version.number]
    groups = [(clause, list(each)) for clause, each in groupby(asked.found.differences, key=_clause)]
    played = examples_beside(office(), asked.before.variant, asked.after.variant)
    return render_template(
        "policy/differences.html", asked=asked, numbers=numbers, groups=groups, signs=_SIGNS, compared=asked.found,
        own=g.signed_in.council_id, played=played, watches=_watches(played), look_every=_LOOK_EVERY,
    )  # fmt: skip


def _watches(played: ExamplesBeside) -> bool:
    return "watch" in request.args and played.is_waiting


def play_both(asked: Compared) -> Answer:
    ask_for_both(office(), asked.before.variant, asked.after.variant)
    return redirect(asked.url("differences", watch="yes") + "#examples")


def file_page(asked: Compared) -> str:
    found = asked.found
    file = request.args.get("name", "")
    if file not in found.files:
        abort(404)
    drawn = drawn_beside(found, file) if any(file in each.diagrams for each in (found.before, found.after)) else None
    letters = [(side, letter) for side in (asked.before, asked.after) if (letter := letter_in(side.variant, file))]
    example = request.args.get("example", "")
    return render_template(
        "policy/file_differences.html", asked=asked, file=file, signs=_SIGNS, found=found.of_file(file), drawn=drawn,
        tables=tables_beside(found, file), own=g.signed_in.council_id,
        pictures=[(Markup(each.svg), each.marked) for each in (drawn.before, drawn.after)] if drawn is not None else [],  # noqa: S704  # every text in it is escaped where it is drawn
        paragraphs=text_beside(found, file) if file.endswith(".md") else (), letters=letters, example=example,
        examples=examples_to_choose(*((letters[-1][0].variant, letters[-1][1]))) if letters else (),
    )  # fmt: skip


def letter_page(shown: ShownPolicy, called: str) -> Response:
    """Ends the request with 404 where there is no such letter, or copy of it."""
    letter, example = letter_in(shown.variant, request.args.get("name", "")), request.args.get("example", "")
    if letter is None:
        abort(404)
    if not example:
        return pdf_of(sample_pdf(shown.variant, letter, today()), f"{letter.id}-{called}")
    copies, copy = previews_in(shown.variant, letter, example).letters, request.args.get("copy", 1, type=int)
    if not 1 <= copy <= len(copies):
        abort(404)
    return pdf_of(copies[copy - 1].pdf, f"{letter.id}-{called}-{copy}")


def compared(after: ShownPolicy, otherwise: int) -> Compared:
    """Beside the version `since` in the address, or else that one. Ends the request with 404 where there is none."""
    since = request.args.get("since", default=otherwise, type=int)
    before = shown_version(since)
    return Compared(after=after, since=since, before=before, found=_comparison(before, after))


@cached(LRUCache(4), key=lambda before, after: (_digest(before), _digest(after)), lock=Lock())
def _comparison(before: ShownPolicy, after: ShownPolicy) -> PolicyComparison:
    """Comparing takes a second, and whoever reads the first page goes on to its files: the last are kept."""
    return PolicyComparison(before=before.variant, after=after.variant)


def _digest(shown: ShownPolicy) -> str:
    """Of all of it, its worked examples as well."""
    return hashlib.sha256(shown.variant.pack()).hexdigest()


def shown_version(number: int) -> ShownPolicy:
    """Ends the request with 404 where there is none of this number."""
    try:
        variant = policy_of_version(office(), g.signed_in.council_id, number).variant
    except BadInputError:
        abort(404)
    return ShownPolicy(variant=variant, name=f"version {number}", args={"number": number})


def _clause(difference: Difference) -> str:
    return difference.clauses[0] if difference.clauses else ""
