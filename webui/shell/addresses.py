"""Addresses: what none of ours ever holds is refused before anything is made of it, and how one is made of another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, request, url_for
from werkzeug.routing import IntegerConverter

#: The highest number that a column of the database holds.
_HIGHEST = 2**31 - 1


class _Number(IntegerConverter):
    """A number in an address; there is no page for one that nothing can have."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": _HIGHEST, **options})


def safe_address(address: str) -> str:
    """The page here that was asked for; an address elsewhere becomes the start page."""
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if inside else url_for("shell.home")


def with_query(address: str, query: Iterable[tuple[str, str]]) -> str:
    """The address with what somebody's own asks beside. Handed to `url_for`, a name such as `_method` is an option."""
    said = urlencode(list(query))
    return f"{address}{'&' if '?' in address else '?'}{said}" if said else address


def set_up_addresses(app: Flask) -> None:
    """To be called before the routes are added, and before anything else reads forms."""
    app.url_map.converters["int"] = _Number

    @app.before_request
    def _refuse_endless_forms() -> None:
        """Flask's own bounds are for forms with files alone: one without would be read and taken apart whole."""
        if request.mimetype != "application/x-www-form-urlencoded":
            return
        most_bytes, most_fields = app.config["MAX_FORM_MEMORY_SIZE"], app.config["MAX_FORM_PARTS"]
        if (request.content_length or 0) > most_bytes:
            abort(413)
        body = request.get_data()  # kept: the form is read from it
        if len(body) > most_bytes or body.count(b"&") >= most_fields:
            abort(413)

    @app.before_request
    def _refuse_nul() -> None:
        """No database keeps a NUL, and nobody can type one."""
        if "\0" in request.path:
            abort(404)
        for sent in (request.args, request.form):
            if any("\0" in name or "\0" in text for name, text in sent.items(multi=True)):
                abort(400)
