"""What is opened in an editor and not changed reads as it did, to the letter: later only edits are differences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.house.checkout import ROOT
from tests.webui.office import Web

KINDS = ("bpmn", "dmn", "form")
FOLDERS = sorted(path.name for path in (ROOT / "bpmn").iterdir() if (path / "variant.toml").is_file())
#: Opens each text in an editor of its own, as the page of a draft's file does, and gives it as it would be saved.
_AS_SAVED = """async ([kind, texts]) => {
    const { open } = await import(`/static/draft/${kind}.js`)
    const made = () => document.body.appendChild(document.createElement('div'))
    const [canvas, panel, tools] = [made(), made(), made()]
    canvas.style.height = '600px'
    const editor = await open({ canvas, panel, tools, facts: [], templates: [] })
    const saved = []
    for (const text of texts) {
        await editor.load(text)
        saved.push(await editor.text())
    }
    return saved
}"""


@pytest.fixture
def blank(web: Web, page: Page) -> Iterator[Page]:
    """Some page of ours, on which scripts of ours may run."""
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page.route("**/blank", lambda route: route.fulfill(content_type="text/html", body="<title>Blank</title><body>"))
    page.goto(f"http://127.0.0.1:{server.server_port}/blank")
    yield page
    server.shutdown()
    thread.join()


def as_saved(page: Page, files: list[Path]) -> dict[Path, str]:
    saved: dict[Path, str] = {}
    for kind in KINDS:
        of_kind = [path for path in files if path.suffix == f".{kind}"]
        texts = [path.read_bytes().decode() for path in of_kind]
        saved |= zip(of_kind, page.evaluate(_AS_SAVED, [kind, texts]), strict=True)
    return saved


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_shipped_file_is_saved_as_it_was_opened(blank: Page, folder: str) -> None:
    files = sorted(path for path in (ROOT / "bpmn" / folder).rglob("*") if path.suffix[1:] in KINDS)
    saved = as_saved(blank, files)
    assert [path.name for path in files if saved[path] != path.read_bytes().decode()] == []
