"""The headers of every answer: nothing but our own files may run, and nothing is kept by caches on the way."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from flask import Flask, Response, request

#: No inline script or style, no other origin, no frame around us.
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "manifest-src 'self'",
))  # fmt: skip

#: The styles that the editors of policy files write into their own markup, letter by letter: two of the properties
#: panel, and those of the mark of bpmn.io, which its licence asks to leave as it is.
EDITOR_STYLES = (
    "height: 100%",
    "flex: none; height: auto",
    "vertical-align:middle",
    "position: absolute; bottom: 15px; right: 15px; z-index: 100;",
    "z-index: 1001;position: fixed;top: 0;left: 0;right: 0;bottom: 0",
    "width: 100%;height: 100%;background: rgba(40,40,40,0.2)",
    "position: absolute;left: 50%;top: 40%;transform: translate(-50%);width: 260px;padding: 10px;background: white;"
    "box-shadow: 0 1px 4px rgba(0,0,0,0.3);font-family: Helvetica, Arial, sans-serif;font-size: 14px;display: flex;"
    "line-height: 1.3",
    "margin: 15px 20px 15px 10px; align-self: center;",
)


def _hash_of(style: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


#: For the pages on which files of a policy are drawn, and no other: as everywhere, and these styles by their hashes.
EDITOR_POLICY = f"{POLICY}; style-src-attr 'unsafe-hashes' {' '.join(map(_hash_of, EDITOR_STYLES))}"


def set_up_headers(app: Flask) -> None:
    @app.after_request
    def _protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
        return response
