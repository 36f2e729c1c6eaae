"""What holds for every page: errors as sentences, headers, words, navigation."""

from __future__ import annotations

from flask import Flask

from webui.shell.addresses import set_up_addresses
from webui.shell.due import set_up_due
from webui.shell.errors import set_up_errors
from webui.shell.filters import set_up_filters
from webui.shell.headers import set_up_headers
from webui.shell.language import set_up_language
from webui.shell.navigation import set_up_navigation
from webui.shell.static_files import set_up_static_files


def set_up(app: Flask) -> None:
    set_up_addresses(app)
    set_up_due(app)
    set_up_errors(app)
    set_up_filters(app)
    set_up_headers(app)
    set_up_language(app)
    set_up_navigation(app)
    set_up_static_files(app)
