"""The check for an editor that stands beside the folder: a server for this machine alone, which only reads.

It answers the plug-in of the desktop modeller. Any web page could ask it too, so that it answers one that comes from
no site (`Origin: null`, as a program's own window has it) alone, and only about a file whose place it can name.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from waitress import create_server
from waitress.server import BaseWSGIServer

from engine.check import WatchedFolder
from engine.errors import EngineError
from engine.variants import MAX_FILE_BYTES

HOST = "127.0.0.1"
#: Where the plug-in looks for the server, unless it is told otherwise.
PORT = 8010

_PATH = "/check"
_TEXT = "text/plain"  # what a page may send without asking first
_FROM_NO_SITE = "null"
#: A body is cut off here, without a sentence: well above what a file may have, for which there is one.
_MOST_BYTES = 4 * MAX_FILE_BYTES
#: In seconds: how long one who has begun to ask may keep silent.
_PATIENCE = 30


class _Refusal(Exception):
    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def check_server(folders: Sequence[WatchedFolder], *, port: int, today: Callable[[], date]) -> BaseWSGIServer:
    """A server that answers for these folders; `port` 0 takes any free one. Raises OSError where it is taken."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that one asks while another waits is no news
    return create_server(
        CheckApplication(folders, today), host=HOST, port=port, ident="asb", max_request_body_size=_MOST_BYTES,
        threads=1,  # the check keeps a processor busy by itself
        channel_timeout=_PATIENCE,
    )  # fmt: skip


class CheckApplication:
    """POST /check?file=PATH with a file as it is open in an editor: what the check says of its folder with it in."""

    def __init__(self, folders: Sequence[WatchedFolder], today: Callable[[], date]) -> None:
        self._folders = folders
        self._today = today

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, said = HTTPStatus.OK, self._answer(environ)
        except _Refusal as refusal:
            status, said = refusal.status, {"sentence": str(refusal)}
        except EngineError as error:
            status, said = HTTPStatus.UNPROCESSABLE_ENTITY, {"sentence": str(error)}
        except Exception as error:  # whoever draws is no programmer
            sentence = f"This is a fault of asb itself ({type(error).__name__}: {str(error)[:300]}). Please report it."
            status, said = HTTPStatus.INTERNAL_SERVER_ERROR, {"sentence": sentence}
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Vary", "Origin"),
        ]
        if environ.get("HTTP_ORIGIN") == _FROM_NO_SITE:
            headers.append(("Access-Control-Allow-Origin", _FROM_NO_SITE))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> dict[str, Any]:
        _hold_to_this_machine(environ)
        if environ.get("PATH_INFO") != _PATH:
            raise _Refusal(HTTPStatus.NOT_FOUND, f"Only {_PATH} is answered here.")
        if environ.get("REQUEST_METHOD") != "POST":
            raise _Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Send the file with POST.")
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != _TEXT:
            raise _Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the file as {_TEXT}.")
        folder, file = self._named(environ)
        return folder.judge(file, _body(environ), today=self._today()).to_json()

    def _named(self, environ: WSGIEnvironment) -> tuple[WatchedFolder, str]:
        try:
            asked = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=10).get("file", [])
        except ValueError:
            asked = []
        if len(asked) != 1:
            raise _Refusal(HTTPStatus.BAD_REQUEST, f"Say once which file it is: {_PATH}?file=PATH.")
        for folder in self._folders:
            file = folder.file_at(asked[0])
            if file is not None:
                return folder, file
        raise _Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "This file is no diagram, table or form of a folder that is checked. Save it there, or start "
            "`asb check NAME --serve` for the folder that it is in.",
        )


def _hold_to_this_machine(environ: WSGIEnvironment) -> None:
    """Refuses what a page of some site asks, also where that site gives its name to this machine."""
    port = environ["SERVER_PORT"]
    if environ.get("HTTP_HOST") not in (f"{HOST}:{port}", f"localhost:{port}"):
        raise _Refusal(HTTPStatus.FORBIDDEN, f"Ask under http://{HOST}:{port}.")
    if environ.get("HTTP_ORIGIN") != _FROM_NO_SITE:
        raise _Refusal(HTTPStatus.FORBIDDEN, "Only the modeller on this machine is answered, and no web page.")


def _body(environ: WSGIEnvironment) -> bytes:
    data: bytes = environ["wsgi.input"].read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise _Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The file has more than {MAX_FILE_BYTES:,} bytes. Make it smaller."
        )
    return data
