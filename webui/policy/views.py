"""The pages of a policy."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache, cached
from flask import Response, abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from engine.check import Finding, Severity
from engine.diagram import Diagram
from engine.draw import PolicyWords, draw_svg, outline, title_of
from engine.errors import BadInputError
from engine.variants import Variant, zip_of
from engine.workshop import check_in_force, list_proposals, list_versions, source_of_version
from webui.access import Right, allow, may, person
from webui.policy.blueprint import blueprint
from webui.policy.element_list import listed_elements
from webui.policy.shown import policy_in_force_shown
from webui.shell.office import council_served, office, policy, settings, today


@blueprint.get("")
@allow(Right.SEE_POLICY)
def show() -> Answer | str:
    """What the folder holds; where nothing is in force yet, how that came to be."""
    if council_served(person().council_id) is None:
        return redirect(url_for("policy.versions"))
    variant = policy()
    diagrams = [(file.removesuffix(".bpmn"), title_of(diagram)) for file, diagram in sorted(variant.diagrams.items())]
    return render_template("policy/show.html", variant=variant, diagrams=diagrams)


@blueprint.get("/limits")
@allow(Right.SEE_POLICY)
def limits() -> str:
    """Every time limit, and the clauses it stands on."""
    return render_template("policy/limits.html", variant=policy())


@blueprint.get("/clauses")
@allow(Right.SEE_POLICY)
def clauses() -> str:
    """The policy's own words, clause by clause."""
    return render_template("policy/clauses.html", variant=policy(), today=today())


@blueprint.get("/findings")
@allow(Right.SEE_POLICY)
def findings() -> str:
    """What the check finds today in the folder of the version that is in force."""
    found = _findings_of(policy())
    errors = sum(finding.severity is Severity.ERROR for finding in found or ())
    return render_template("policy/findings.html", variant=policy(), findings=found, errors=errors)


@blueprint.get("/versions")
@allow(Right.SEE_POLICY)
def versions() -> str:
    """What was put in force, when, by whom and why; the last decision first."""
    council_id = person().council_id
    waiting = list_proposals(office(), council_id, only_open=True) if may(Right.PUBLISH_POLICY) else []
    return render_template("policy/versions.html", versions=list_versions(office(), council_id), waiting=waiting)


@blueprint.get("/versions/<int:number>/folder")
@allow(Right.SEE_POLICY)
def version_folder(number: int) -> Response:
    """The folders that a version was read from, as a ZIP file."""
    council_id = person().council_id
    try:
        source = source_of_version(office(), council_id, number)
    except BadInputError:  # there is no such version, or its folder was not kept: nothing links to it
        abort(404)
    response = Response(zip_of(source), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{council_id}-version-{number}.zip")
    return response


@blueprint.get("/diagrams/<name>")
@allow(Right.SEE_POLICY)
def diagram(name: str) -> str:
    """A diagram as a picture and in words, with what goes through each step and stands there."""
    found = policy().diagrams.get(f"{name}.bpmn")
    if found is None:
        abort(404)
    title = title_of(found)
    words = outline(found, PolicyWords(policy(), office().handlers.values()).of_diagram(found))
    elements = listed_elements(policy_in_force_shown(), f"{name}.bpmn")
    return render_template(
        "policy/diagram.html", name=name, title=title, picture=_picture(found), words=words, elements=elements
    )


def _picture(found: Diagram) -> Markup:
    drawn = draw_svg(found, title=title_of(found)).partition("?>")[2].strip()
    return Markup(drawn)  # noqa: S704  # every text in it is escaped where it is drawn


@cached(LRUCache(16), key=lambda variant: (variant.id, variant.digest, today()), lock=Lock())
def _findings_of(variant: Variant) -> list[Finding] | None:
    """None where the folder was not kept, so that nothing can be looked at. The last are kept: it takes seconds."""
    checked = check_in_force(office(), variant.id, settings().variants)
    return [*checked.errors, *checked.warnings] if checked is not None else None
