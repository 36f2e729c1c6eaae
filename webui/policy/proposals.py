"""A proposal on its way: being judged, refused, waiting for a second policy owner, or in force."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.model import ProposalStatus
from engine.workshop import Proposal, approve, decline, policy_owners, proposal_numbered, version_numbered
from webui.access import Right, allow, person, typed_at, unsent_text
from webui.policy.blueprint import blueprint
from webui.shell.office import council_served, office, settings

#: Seconds between two looks, where somebody asked for the page to look by itself.
_LOOK_EVERY = 5


@blueprint.get("/proposals/<int:proposal>")
@allow(Right.PUBLISH_POLICY)
def proposal(proposal: int) -> str:
    """How far it is. With `watch` in the address the page looks again by itself."""
    return _page(proposal, why=unsent_text("why"))


@blueprint.post("/proposals/<int:proposal>/approve")
@allow(Right.PUBLISH_POLICY)
def approve_proposal(proposal: int) -> Answer | tuple[str, int]:
    council_id = _found(proposal).row.council_id
    try:
        approve(office(), council_id, proposal, by=person().name, root=settings().variants, tell=lambda _words: None)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return _page(proposal, problem=str(error), at="approve"), 422
    return redirect(url_for("policy.proposal", proposal=proposal))


@blueprint.post("/proposals/<int:proposal>/decline")
@allow(Right.PUBLISH_POLICY)
@typed_at("policy.proposal")
def decline_proposal(proposal: int) -> Answer | tuple[str, int]:
    """Another policy owner says no, or whoever proposed it takes it back."""
    council_id, why = _found(proposal).row.council_id, request.form.get("why", "")
    try:
        decline(office(), council_id, proposal, by=person().name, why=why, root=settings().variants)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return _page(proposal, problem=str(error), at="why", why=why), 422
    flash(f"Nothing comes of proposal {proposal} any more.", "success")
    return redirect(url_for("policy.proposal", proposal=proposal))


def _page(number: int, *, problem: str = "", at: str = "", why: str = "") -> str:
    found = _found(number)
    row, variant = found.row, council_served(person().council_id)
    is_judged_now = row.status in (ProposalStatus.WAITING, ProposalStatus.JUDGING)
    owners = policy_owners(office(), variant) if variant is not None else ()
    return render_template(
        "policy/proposal.html",
        proposal=found,
        row=row,
        Status=ProposalStatus,
        is_own=row.proposed_by == person().name,
        is_judged_now=is_judged_now,
        watches="watch" in request.args and is_judged_now,
        look_every=_LOOK_EVERY,
        others=[name for name in owners if name != row.proposed_by],
        version=version_numbered(office(), row.council_id, row.version) if row.version is not None else None,
        problem=problem,
        at=at,
        why=why,
        has_errors=bool(problem),
    )


def _found(number: int) -> Proposal:
    try:
        return proposal_numbered(office(), person().council_id, number)
    except BadInputError:  # there is none of this number
        abort(404)
