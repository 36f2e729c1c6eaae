"""Our own files for the browser: kept there for a year where the address says which content it is for."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

#: Seconds that a browser may keep a file: the longest that caches are told.
KEPT_FOR = 365 * 24 * 3600


def set_up_static_files(app: Flask) -> None:
    folder = Path(app.static_folder or "")

    @cache
    def version_of(filename: str) -> str:
        file = folder / filename
        return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""

    @app.url_defaults
    def _add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values.setdefault("v", version_of(values["filename"]))

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 304):
            # What a script imports comes without its version, and is asked after each time
            is_versioned = request.args.get("v") == version_of((request.view_args or {}).get("filename", ""))
            response.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}, immutable" if is_versioned else "no-cache"
        return response
