"""What a draft does, before it counts: what it changes, how its worked examples come out, what is said of elements."""

from __future__ import annotations

import secrets

from flask import Response, abort, flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from engine.errors import DatabaseUnusableError, EngineError
from engine.words import counted
from engine.workshop import list_versions
from engine.workshop.drafts import Hand, take_new_days
from engine.workshop.elements import elements_said
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.policy.differences import Compared, compared, differences_page, file_page, letter_page, play_both
from webui.policy.drafts import found_draft, policy_of
from webui.policy.examples import drawing_of, example_page, examples_page, play_them
from webui.policy.shown import ShownPolicy
from webui.shell.office import council_served, office, settings


@blueprint.get("/drafts/<int:draft>/examples")
@allow(Right.PUBLISH_POLICY)
def draft_examples(draft: int) -> str:
    return examples_page(shown_draft(draft))


@blueprint.post("/drafts/<int:draft>/examples")
@allow(Right.PUBLISH_POLICY)
def play_draft_examples(draft: int) -> Answer:
    return play_them(shown_draft(draft))


@blueprint.post("/drafts/<int:draft>/new-days")
@allow(Right.PUBLISH_POLICY)
def take_draft_days(draft: int) -> Answer | tuple[str, int]:
    """The worked examples that come out otherwise in nothing but days say the new ones."""
    found_draft(draft)
    hand = Hand(by=person().name, sitting=secrets.token_hex(8))
    try:
        taken = take_new_days(office(), person().council_id, draft, settings().variants, hand=hand)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        return examples_page(shown_draft(draft), problem=str(error)), 422
    flash(f"New days in {counted(len(taken.said), 'worked example')}, which are played again.", "success")
    return redirect(url_for("policy.draft_examples", draft=draft, watch="yes"))


@blueprint.get("/drafts/<int:draft>/examples/<name>")
@allow(Right.PUBLISH_POLICY)
def draft_example(draft: int, name: str) -> str:
    return example_page(shown_draft(draft), name)


@blueprint.get("/drafts/<int:draft>/drawings/<name>")
@allow(Right.PUBLISH_POLICY)
def draft_drawing(draft: int, name: str) -> Response:
    return drawing_of(shown_draft(draft), name)


@blueprint.get("/drafts/<int:draft>/differences")
@allow(Right.PUBLISH_POLICY)
def draft_differences(draft: int) -> str:
    """What the draft changes: `since` in the address is the version that it is compared with, else the one in force."""
    return differences_page(_compared(draft))


@blueprint.post("/drafts/<int:draft>/differences")
@allow(Right.PUBLISH_POLICY)
def draft_play_differences(draft: int) -> Answer:
    return play_both(_compared(draft))


@blueprint.get("/drafts/<int:draft>/differences/file")
@allow(Right.PUBLISH_POLICY)
def draft_file_differences(draft: int) -> str:
    return file_page(_compared(draft))


@blueprint.get("/drafts/<int:draft>/letter")
@allow(Right.PUBLISH_POLICY)
def draft_sample_letter(draft: int) -> Response:
    return letter_page(shown_draft(draft), f"draft-{draft}")


def _compared(draft: int) -> Compared:
    """Ends the request with 404 where there is no version yet."""
    versions = list_versions(office(), person().council_id)
    in_force = next((version.number for version in versions if version.is_in_force), 0)
    return compared(shown_draft(draft), in_force)


@blueprint.get("/drafts/<int:draft>/elements/<path:file>")
@allow(Right.PUBLISH_POLICY)
def elements_in_editor(draft: int, file: str) -> ResponseReturnValue:
    """What is said of each element of a diagram, for its editor."""
    policy, unreadable = policy_of(found_draft(draft))
    if policy is None:
        return jsonify(sentence=unreadable), 422
    if file not in policy.variant.files:
        abort(404)
    if file not in policy.variant.diagrams:
        return jsonify({})
    said = elements_said(office(), policy.variant, file, before=council_served(person().council_id))
    return jsonify({element_id: each.to_json() for element_id, each in said.items()})


def shown_draft(number: int) -> ShownPolicy:
    """Ends the request with 404 where there is none of this number. Raises BadInputError where its settings cannot be
    read."""
    draft = found_draft(number)
    return ShownPolicy(
        variant=draft.policy(settings().variants).variant, name=f"draft {number}", pages="draft_",
        args={"draft": number}, before=council_served(person().council_id),
        back=(f"Back to draft {number}", url_for("policy.draft", draft=number)),
    )  # fmt: skip
