"""What the pages for the public share: no navigation of staff, the council's contact, and a quick way out."""

from __future__ import annotations

from typing import Any

from flask import abort, make_response, render_template, url_for

from engine.language import spoken
from engine.staff.first_start import is_set_up
from engine.variants import Variant
from webui.shell.language import languages_to_choose
from webui.shell.office import office, policy_of


def public_policy(council: str) -> Variant:
    """The policy of a council that takes applications. Ends the request with 404 where there is none."""
    variant = policy_of(council)
    if variant.settings.main_process is None:
        abort(404)
    return variant


def policy_for_applying(council: str) -> Variant:
    """The policy of a council that takes applications now.

    Ends the request with a page that says why not where it has nobody who could see them.
    """
    variant = public_policy(council)
    if not is_set_up(office().database, council):
        abort(make_response(public_page("apply/closed.html", variant), 503))
    return variant


def public_page(template: str, variant: Variant, **context: Any) -> str:
    """A page of the council, whoever of whatever council is signed in in the same browser."""
    settings = variant.settings
    return render_template(
        template,
        variant=variant,
        contact={key: settings.said(words, spoken()) for key, words in settings.contact.items()},
        council_name=settings.said(variant.name, spoken()),
        languages=languages_to_choose(variant),
        logo_url=url_for("shell.council_logo", council=variant.id) if settings.logo else "",
        logo_name=settings.said(variant.name, spoken()),
        council_style_url=url_for("shell.council_style", council=variant.id),
        home_url=url_for("apply.start", council=variant.id),
        exit_url=url_for("apply.exit_page", council=variant.id),
        **{"navigation": [], "account": None, "signed_in": None, **context},
    )
