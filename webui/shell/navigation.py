"""The navigation above each page: what the person may see, and where they are."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request, url_for

from engine.casework.handovers.dispatch import count_overdue
from engine.staff.roles import Right
from engine.variants import Variant
from webui.access.rules import may
from webui.access.session import SignedIn, has_several_accounts, person, signed_in
from webui.shell.office import council_ids, council_served, office, policy_of

_PLACES = (
    ("Tasks", "inbox.tasks", Right.SEE_TASKS),
    ("Cases", "case.find", Right.SEE_CASES),
    ("Enter an application", "apply.enter", Right.ENTER_APPLICATIONS),
    ("Second reports", "explanations.entries", Right.LOG_EXPLANATIONS),
    ("Managing", "overview.late", Right.SEE_FIGURES),
    ("Policy", "policy.show", Right.SEE_POLICY),
    ("People", "setup.people", Right.ADMINISTER),
    ("Address book", "address_book.entries", Right.KEEP_ADDRESS_BOOK),
)

#: Pages that are reached from another place, by their blueprint, and the blueprint of that place.
_PART_OF = {"task": "inbox", "absence": "inbox"}


def set_up_navigation(app: Flask) -> None:
    @app.context_processor
    def _shared() -> dict[str, Any]:
        """Put together once per request, of however many templates its page is made."""
        found = signed_in()
        if "shared_by_templates" not in g or g.shared_by_templates["signed_in"] is not found:
            g.shared_by_templates = _shared_with(found)
        shared: dict[str, Any] = g.shared_by_templates
        return shared

    def _shared_with(found: SignedIn | None) -> dict[str, Any]:
        council_id = found.council_id if found else (request.view_args or {}).get("council")
        council = council_served(council_id) if council_id else None
        shared: dict[str, Any] = {
            "may": may,
            "Right": Right,
            "signed_in": found,
            "council_name": council.settings.name if council else "",
            "navigation": _navigation(found, council) if found else [],
        }
        if found:
            shared["account"] = {
                "name": found.name,
                "href": url_for("access.account"),
                "sign_out_url": url_for("access.sign_out"),
                "change_url": url_for("access.council") if has_several_accounts() else "",
            }
        if found is None and not council_id and request.blueprint == "access" and len(only := council_ids()) == 1:
            council_id, council = only[0], policy_of(only[0])  # at the door of the one council that is here
        if council and council.settings.logo:
            shared["logo_url"] = url_for("shell.council_logo", council=council_id)
            shared["logo_name"] = council.name
        if council:
            shared["council_style_url"] = url_for("shell.council_style", council=council_id)
        return shared


def _exchanges_files(council: Variant | None) -> bool:
    return council is not None and any(agreement.elsewhere for agreement in council.settings.agreements)


def _keeps_log(found: SignedIn, council: Variant | None) -> bool:
    """Whether the council keeps a log of second reports here, and one of the person's teams keeps it."""
    log = council.settings.explanations if council is not None else None
    return log is not None and not found.teams.isdisjoint(log.teams)


def _navigation(found: SignedIn, council: Variant | None) -> list[dict[str, Any]]:
    here = (request.endpoint or "").partition(".")[0]
    here = _PART_OF.get(here, here)
    return [
        {"text": text, "href": url_for(endpoint), "active": endpoint.startswith(f"{here}.")}
        for text, endpoint in [
            *(
                (text, endpoint)
                for text, endpoint, right in _PLACES
                if may(right) and (right is not Right.LOG_EXPLANATIONS or _keeps_log(found, council))
            ),
            *([(_by_file(), "parcels.files")] if _exchanges_files(council) and may(Right.EXCHANGE_FILES) else []),
        ]
        if endpoint in current_app.view_functions
    ]


def _by_file() -> str:
    """Whoever is to ring about a receipt sees it wherever they are."""
    overdue = count_overdue(office(), person().council_id)
    return f"By file ({overdue} overdue)" if overdue else "By file"
