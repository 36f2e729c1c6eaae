"""The settings of a draft as a form, with what each is held against beside it."""

from __future__ import annotations

import secrets

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import DatabaseUnusableError, EngineError, FormAnswersError
from engine.words import counted
from engine.workshop.drafts import Hand, KeptDraft, save_settings, settings_of
from webui.access import Right, allow, person
from webui.policy.blueprint import blueprint
from webui.policy.drafts import found_draft, policy_of
from webui.shell.office import office, settings

_HEADINGS = {"limits": "Time limits", "threshold": "Threshold", "contact": "Contact"}


@blueprint.get("/drafts/<int:draft>/settings")
@allow(Right.PUBLISH_POLICY)
def draft_settings(draft: int) -> str:
    return _page(found_draft(draft))


@blueprint.post("/drafts/<int:draft>/settings")
@allow(Right.PUBLISH_POLICY)
def save_draft_settings(draft: int) -> Answer | tuple[str, int]:
    """What was changed is written where it stands."""
    found = found_draft(draft)
    now = {key.removeprefix("now-"): value for key, value in request.form.items() if key.startswith("now-")}
    answers = {key: (request.form.get(f"was-{key}", ""), value) for key, value in now.items()}
    hand = Hand(by=person().name, sitting=secrets.token_hex(8))
    try:
        changed = save_settings(office(), person().council_id, draft, answers, settings().variants, hand=hand)
    except DatabaseUnusableError:
        raise
    except FormAnswersError as error:
        return _page(found, typed=now, problems=dict(error.problems)), 422
    except EngineError as error:
        return _page(found, typed=now, problems={"": str(error)}), 422
    flash(f"{counted(len(changed), 'setting')} changed." if changed else "Nothing was changed.", "success")
    return redirect(url_for("policy.draft_settings", draft=draft))


def _page(draft: KeptDraft, *, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    policy, unreadable = policy_of(draft)
    shown = settings_of(policy.variant) if policy is not None else ()
    return render_template(
        "policy/draft_settings.html",
        draft=draft,
        tables=[(table, words, [each for each in shown if each.table == table]) for table, words in _HEADINGS.items()],
        unreadable=unreadable,
        typed=typed or {},
        problems=problems or {},
        has_errors=bool(problems),
    )
