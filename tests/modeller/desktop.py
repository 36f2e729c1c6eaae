"""The desktop modeller with our plug-in in it, as a page that comes from a file, as its window does. Needs Node."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.house.checkout import ROOT
from tests.modeller.node_folder import node_folder, told_by_node
from tests.modeller.round_trip import HERE, SOURCES

PLUGIN = ROOT / "docs" / "policy-owners" / "modeller-plugin"
_WINDOW = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Modeller</title>
<meta http-equiv="Content-Security-Policy" content="script-src file:">
<link rel="stylesheet" href="{assets}/diagram-js.css"><link rel="stylesheet" href="{assets}/bpmn-js.css">
<link rel="stylesheet" href="{style}">
<style>#canvas {{ height: 600px }}</style>
</head>
<body>
<p id="tab"></p><div id="canvas"></div><ul id="problems"></ul>
<script src="{script}"></script><script src="desktop.bundled.js"></script>
</body>
</html>
"""


class Desktop:
    """The window, with one file open. It looks for the server at `port`."""

    def __init__(self, page: Page, port: int) -> None:
        folder = node_folder(HERE, SOURCES)
        told_by_node(folder, "bundle_desktop.js")
        asked = "process.stdout.write(JSON.stringify(require(process.argv[1])))"
        entry = json.loads(told_by_node(folder, "--input-type=commonjs", "-e", asked, str(PLUGIN)))
        window = folder / "window.html"
        places = {kind: (PLUGIN / entry[kind]).resolve(strict=True).as_uri() for kind in ("script", "style")}
        window.write_text(_WINDOW.format(assets="node_modules/bpmn-js/dist/assets", **places), encoding="utf-8")
        self.page = page
        page.add_init_script(f"window.asbPort = {port}")
        page.goto(window.as_uri())

    def open(self, path: Path) -> None:
        self.page.evaluate("([path, xml]) => desktop.open(path, xml)", [str(path), path.read_text(encoding="utf-8")])

    def open_unsaved(self, like: Path) -> None:
        """A new diagram that lies nowhere yet."""
        self.page.evaluate("xml => desktop.open(null, xml)", like.read_text(encoding="utf-8"))

    def draw(self, do: str, *what: str) -> None:
        """One of the changes of desktop.js."""
        self.page.evaluate("([do_, what]) => desktop[do_](...what)", [do, list(what)])

    def problem(self, kind: str, words: str) -> Locator:
        """The row of the Problems panel with these words: `error`, `warn` or `info`."""
        return self.page.locator(f"#problems .{kind}").filter(has_text=words)

    def mark(self, element: str) -> Locator:
        """What the plug-in draws beside an element."""
        return self.page.locator(f'[data-container-id="{element}"] .policy-check')

    @property
    def problems(self) -> list[str]:
        return self.page.locator("#problems li").all_inner_texts()
