"""Cookies of people without an account: encrypted, so that the browser that keeps them cannot read them.

They have nothing to do with the cookie of whoever is signed in, and go to the pages of one council's service only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, after_this_request, current_app, request

from webui.access.secret import keys
from webui.shell.office import office


@dataclass(frozen=True, kw_only=True)
class SealedCookie:
    """What one service keeps in the browser: some texts. It ends with the browser, or after a rest."""

    name: str
    rests: timedelta  #: without a request for so long, it has ended

    def read(self, path: str) -> dict[str, str] | None:
        """What is kept, for the pages below `path`; None where nothing is, or it has ended. Begins a new rest."""
        opened = keys().decrypt(request.cookies.get(self.name, ""))
        try:
            found = json.loads(opened or "null")
        except ValueError:
            return None
        # whatever we encrypted opens, if somebody puts it under this name
        if not isinstance(found, dict) or found.get("for") != f"{self.name} {path}":
            return None
        rested = office().clock.now().timestamp() - found["at"]
        if not 0 <= rested < self.rests.total_seconds():
            return None
        kept: dict[str, str] = found["kept"]
        self.write(path, kept)
        return kept

    def write(self, path: str, kept: dict[str, str]) -> None:
        """Keep this instead of what was kept."""
        content = {"for": f"{self.name} {path}", "at": office().clock.now().timestamp(), "kept": kept}
        sealed = keys().encrypt(json.dumps(content))

        @after_this_request
        def _set(response: Response) -> Response:
            response.set_cookie(
                self.name, sealed, path=path, httponly=True, samesite="Lax",
                secure=current_app.config["SESSION_COOKIE_SECURE"],
            )  # fmt: skip
            return response

    def forget(self, path: str) -> None:
        @after_this_request
        def _delete(response: Response) -> Response:
            response.delete_cookie(self.name, path=path, httponly=True, samesite="Lax")
            return response
