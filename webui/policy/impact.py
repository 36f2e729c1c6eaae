"""What a policy that is not in force yet would do to the council's cases: totals first, cases behind each."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import BadInputError
from engine.workshop.impacts import ask_for_impact, kept_impact
from engine.workshop.proposals import draft_proposed, proposal_numbered
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.policy.draft_looks import shown_draft
from webui.policy.shown import ShownPolicy
from webui.shell.office import office, settings

#: Seconds between two looks at what is being worked out.
_LOOK_EVERY = 5


@blueprint.get("/drafts/<int:draft>/impact")
@allow(Right.PUBLISH_POLICY)
def draft_impact(draft: int) -> str:
    return _page(shown_draft(draft))


@blueprint.post("/drafts/<int:draft>/impact")
@allow(Right.PUBLISH_POLICY)
def work_out_draft_impact(draft: int) -> Answer:
    return _asked(shown_draft(draft))


@blueprint.get("/proposals/<int:proposal>/impact")
@allow(Right.PUBLISH_POLICY)
def proposal_impact(proposal: int) -> str:
    return _page(_shown_proposal(proposal))


@blueprint.post("/proposals/<int:proposal>/impact")
@allow(Right.PUBLISH_POLICY)
def work_out_proposal_impact(proposal: int) -> Answer:
    return _asked(_shown_proposal(proposal))


def _asked(shown: ShownPolicy) -> Answer:
    """Have it worked out in the background."""
    ask_for_impact(office(), shown.variant)
    return redirect(shown.url("impact", watch="yes"))


def _page(shown: ShownPolicy) -> str:
    """What was found last, and how far it is; with `watch` in the address the page looks again by itself."""
    kept = kept_impact(office(), shown.variant)
    return render_template(
        "policy/impact.html", shown=shown, kept=kept, look_every=_LOOK_EVERY,
        watches="watch" in request.args and kept is not None and kept.is_waiting,
    )  # fmt: skip


def _shown_proposal(number: int) -> ShownPolicy:
    try:
        row = proposal_numbered(office(), person().council_id, number).row
    except BadInputError:  # there is none of this number
        abort(404)
    return ShownPolicy(
        variant=draft_proposed(office(), row, settings().variants).variant, name=f"proposal {number}",
        pages="proposal_", args={"proposal": number},
        back=(f"Back to proposal {number}", url_for("policy.proposal", proposal=number)),
    )  # fmt: skip
