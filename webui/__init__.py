"""The screens: a thin Flask application over the use cases. `webui:create_app` is the WSGI factory."""

from webui.app import create_app

__all__ = ["create_app"]
