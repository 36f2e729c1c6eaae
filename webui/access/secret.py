"""The keys that cookies are signed with, and secrets encrypted: derived from the installation's secret."""

from __future__ import annotations

from typing import cast

from flask import current_app

from engine.settings import Settings
from engine.staff.secret import Keys, installation_secret
from webui.shell.office import settings


def secret_key(of: Settings) -> str:
    """What signs cookies. Raises SettingsError."""
    return Keys(installation_secret(of)).cookies()


def keys() -> Keys:
    """The keys of the installation that serves the request."""
    kept = current_app.extensions.get("asb keys")
    if kept is None:
        kept = current_app.extensions["asb keys"] = Keys(installation_secret(settings()))
    return cast(Keys, kept)


def is_behind_https(of: Settings) -> bool:
    """Whether people reach it over TLS alone, so that cookies need not go another way."""
    return (of.public_url or "").startswith("https:")
