"""The application factory: one office, the parts, and what holds for every page."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.bootstrap import build_office
from engine.casework.step.office import Office
from engine.settings import Settings
from webui import access
from webui.access.rules import check_every_route_has_a_rule
from webui.parts import BLUEPRINTS
from webui.published.kept import keep_published
from webui.shell import page_frame
from webui.shell.office import keep_office
from webui.shell.templates_setup import set_up_templates

#: Bytes of one request, the files in it included.
LARGEST_REQUEST = 25_000_000


def create_app(settings: Settings | None = None, *, office: Office | None = None) -> Flask:
    """The WSGI application on the configured database; `office`, where one is made already.

    Raises SettingsError, DatabaseUnusableError.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=access.secret_key(settings),
        SESSION_COOKIE_NAME="asb",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=access.is_behind_https(settings),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open all day; the session's own end is the limit
    )
    if settings.public_url:  # links and receipts name the host; what another name asks for is refused
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.public_url).hostname or "", "localhost", "127.0.0.1"]
    if office is None:
        office = build_office(settings)
    keep_office(app, settings, office)
    keep_published(app)
    set_up_templates(app)
    page_frame.set_up(app)
    CSRFProtect(app)  # after what bounds the forms that it reads
    access.set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    check_every_route_has_a_rule(app)
    if settings.proxies:
        # Each adds the address that it saw; whether it came by TLS the nearest says. Host is what it sends as Host.
        believed = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=1, x_host=0)
        app.wsgi_app = believed  # type: ignore[method-assign]  # as Flask's own documentation does
    return app
