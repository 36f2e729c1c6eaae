"""Signing in through the council's directory: OpenID Connect, code flow with PKCE, state and nonce."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import abort, current_app, redirect, render_template, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from engine.errors import SignInRefusedError
from engine.settings import OpenIdConnect
from engine.staff.directory_sign_in import person_in_directory
from engine.staff.roles import Right
from webui.access.blueprint import blueprint
from webui.access.rules import allow
from webui.access.session import begin_session
from webui.shell.addresses import safe_address
from webui.shell.office import council_ids, office, settings

log = logging.getLogger("asb.web")

_AGAIN = "Signing in through the council’s directory did not work. Try again, or sign in with a password."
#: In the cookie, while somebody is at the directory: whose it is, and the page they want to go to.
_COUNCIL = "directory of"
_WANTED = "wanted"
_LONGEST_ADDRESS = 500  #: characters
_SECONDS = 10  #: that the directory may take to answer


@blueprint.get("/sign-in/directory")
@allow(Right.PUBLIC)
def start_in_directory() -> Response | tuple[str, int]:
    """Off to the council's directory."""
    council, chosen = _chosen(request.args.get("council"))
    session[_COUNCIL] = council
    session[_WANTED] = request.args.get("next", "")[:_LONGEST_ADDRESS]
    try:
        return cast(Response, _client(council, chosen).authorize_redirect(_back()))
    except (AuthlibBaseError, RequestException, ValueError, KeyError, RuntimeError) as error:
        return _refused(
            error, "The council’s directory cannot be reached. Try again later, or sign in with a password."
        )


@blueprint.get("/sign-in/directory/back")
@allow(Right.PUBLIC)
def back_from_directory() -> Response | tuple[str, int]:
    """Back with a code, which is exchanged for who it is. Every claim is checked before one is believed."""
    council, chosen = _chosen(session.get(_COUNCIL))
    try:
        claims = _claims(council, chosen)
    except (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, RuntimeError) as error:
        return _refused(error, _AGAIN)
    email = claims.get("email")
    try:
        found = person_in_directory(
            office().database,
            council_id=council,
            issuer=chosen.issuer,
            subject=claims["sub"],
            email=email if isinstance(email, str) else None,
            is_email_verified=claims.get("email_verified") is True,
        )
    except SignInRefusedError as error:
        return _refused("nobody here", str(error))
    wanted = session.get(_WANTED)
    begin_session(found)
    return redirect(safe_address(wanted if isinstance(wanted, str) else ""))


def _claims(council: str, chosen: OpenIdConnect) -> Mapping[str, Any]:
    """What the ID token says, once its signature, issuer, audience, nonce and time are checked.

    Where it leaves the e-mail address out, what the directory answers about the same person is added.
    """
    client = _client(council, chosen)
    told = client.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "value": chosen.issuer},
            "aud": {"essential": True, "value": chosen.client_id},
            "sub": {"essential": True},
        }
    )
    claims: dict[str, Any] = dict(told.get("userinfo") or {})
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise ValueError("no ID token came")
    if "email" not in claims and client.load_server_metadata().get("userinfo_endpoint"):
        more = client.userinfo(token=told)
        if more.get("sub") == claims["sub"]:  # an answer about somebody else is not believed
            claims = {**more, **claims}
    return claims


def directories() -> Mapping[str, OpenIdConnect]:
    """The directories by the council whose people each signs in.

    The one of ASB_OIDC_… that says no council is that of the only council; among several it is nobody's.
    """
    found = dict(settings().directories)
    only = settings().directory
    if only is not None:
        councils = council_ids()
        if len(councils) == 1:
            found.setdefault(councils[0], only)
        else:
            log.warning("Nobody signs in through ASB_OIDC_ISSUER: say in ASB_OIDC_COUNCIL whose directory it is.")
    return found


def _chosen(council: object) -> tuple[str, OpenIdConnect]:
    found = directories()
    if council is None and len(found) == 1:
        council = next(iter(found))
    if not isinstance(council, str) or council not in found:
        abort(404)
    return council, found[council]


def _client(council: str, chosen: OpenIdConnect) -> Any:
    """Made once per application and council; what the directory says of itself is asked for once, too."""
    clients = current_app.extensions.setdefault("asb directories", {})
    kept = clients.get(council)
    if kept is None:
        kept = clients[council] = OAuth(current_app).register(
            f"directory of {council}",
            client_id=chosen.client_id,
            client_secret=chosen.client_secret,
            server_metadata_url=f"{chosen.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": _SECONDS},
        )
    return kept


def _back() -> str:
    """The address to which the directory sends the person back; it has to be registered there."""
    public = settings().public_url
    path = url_for("access.back_from_directory")
    return f"{public}{path}" if public else url_for("access.back_from_directory", _external=True)


def _refused(reason: object, sentence: str) -> tuple[str, int]:
    log.warning("Signing in through the directory was refused: %s", reason)
    return render_template("access/refused.html", sentence=sentence), 403
