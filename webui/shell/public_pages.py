"""What the pages for the public share: no navigation of staff, the council's contact, and a quick way out."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for

from engine.variants import Variant
from webui.shell.office import policy_of


def public_policy(council: str) -> Variant:
    """The policy of a council that takes applications. Ends the request with 404 where there is none."""
    variant = policy_of(council)
    if variant.settings.main_process is None:
        abort(404)
    return variant


def public_page(template: str, variant: Variant, **context: Any) -> str:
    """A page of the council, whoever of whatever council is signed in in the same browser."""
    return render_template(
        template,
        variant=variant,
        contact=variant.settings.contact,
        council_name=variant.name,
        council_style_url=url_for("shell.council_style", council=variant.id),
        home_url=url_for("apply.start", council=variant.id),
        exit_url=url_for("apply.exit_page", council=variant.id),
        **{"navigation": [], "account": None, "signed_in": None, **context},
    )
