"""The plug-in of the desktop modeller shows what `asb check --serve` finds, where its own linter's reports stand."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cli.calls import Asb
from tests.house.checkout import ROOT
from tests.modeller.desktop import PLUGIN, Desktop
from tests.modeller.node_folder import node_folder, told_by_node

#: How long a busy machine may take to judge a folder, in milliseconds.
PATIENCE = 60_000


class Served:
    """A folder, and the server that is started for it."""

    def __init__(self, home: Path, asb: Asb, port: int = 0) -> None:
        self.home = home
        self.port = port  #: 0 until it is started: any free one
        self._asb = asb
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = self._asb.start("check", str(self.home), "--serve", "--port", str(self.port))
        assert self._process.stdout is not None
        self._process.stdout.readline()
        self.port = int(self._process.stdout.readline().split()[5].rstrip(".").rpartition(":")[2])

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=60)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Hertsmere's folder, to be changed by nobody."""
    folders = tmp_path_factory.mktemp("policies")
    shutil.copytree(ROOT / "bpmn", folders, dirs_exist_ok=True)
    made = Served(folders / "hertsmere", Asb(home=folders / "home", more={}))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def desktop(page: Page, served: Served) -> Desktop:
    page.set_default_timeout(PATIENCE)
    return Desktop(page, served.port)


def test_what_is_wrong_in_a_drawing_stands_in_the_problems_panel_and_beside_the_element(
    desktop: Desktop, served: Served
) -> None:
    desktop.open(served.home / "action.bpmn")
    desktop.draw("input", "contact_assignee", "letter", "action-too-late")
    words = "sends the letter “action-too-late”, which is not in letters/"
    row, mark = desktop.problem("error", words), desktop.mark("contact_assignee")
    expect(row).to_have_count(1, timeout=PATIENCE)
    expect(row).to_contain_text("Contact the person assigned:")
    expect(mark).to_have_text("1")
    assert words in (mark.get_attribute("aria-label") or "")
    row.click()
    assert desktop.page.evaluate("desktop.selected()") == ["contact_assignee"]
    desktop.draw("input", "contact_assignee", "letter", "action-late")
    expect(row).to_have_count(0, timeout=PATIENCE)
    expect(mark).to_have_count(0)


def test_the_mistake_of_the_guide_is_shown_as_the_guide_says(desktop: Desktop, served: Served) -> None:
    page = (ROOT / "docs" / "policy-owners" / "modeller.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"\(carry_out_action\): (.*?) \[forms\]", " ".join(page.split()))
    desktop.open(served.home / "action.bpmn")
    assert desktop.mark("carry_out_action").count() == 0
    desktop.draw("form", "carry_out_action", "carry_out_actions")
    row = desktop.problem("error", sentence)
    expect(row).to_have_count(1, timeout=PATIENCE)
    expect(desktop.mark("carry_out_action")).to_have_text("1")
    row.click()
    assert desktop.page.evaluate("desktop.selected()") == ["carry_out_action"]
    other = f"In another file: {served.home}/forms/carry_out_action.form: No diagram shows the form"
    expect(desktop.problem("warn", other)).to_have_count(1)


def test_what_an_edit_breaks_in_other_files_is_said_of_the_whole(desktop: Desktop, served: Served) -> None:
    desktop.open(served.home / "action.bpmn")
    desktop.draw("remove", "contact_assignee")
    letter = desktop.problem("error", f"In another file: {served.home}/letters/action-late.md: It prints")
    expect(letter.first).to_be_visible(timeout=PATIENCE)
    assert [each for each in desktop.problems if "policy.toml" in each and "H11.4" in each] == []  # it was there before


def test_a_diagram_as_it_was_shipped_has_no_error(desktop: Desktop, served: Served) -> None:
    with desktop.page.expect_response(lambda answer: "/check?" in answer.url) as answered:
        desktop.open(served.home / "lead_agency.bpmn")
    assert answered.value.ok
    expect(desktop.page.locator("#tab")).to_have_text(str(served.home / "lead_agency.bpmn"), timeout=PATIENCE)
    expect(desktop.page.locator("#problems .error, #problems .info")).to_have_count(0)


def test_a_diagram_of_another_folder_and_one_that_lies_nowhere_get_one_line(desktop: Desktop, served: Served) -> None:
    desktop.open(served.home.parent / "model" / "action.bpmn")
    note = desktop.problem("info", "Save it there, or start `asb check NAME --serve`")
    expect(note).to_have_count(1, timeout=PATIENCE)
    desktop.open_unsaved(served.home / "action.bpmn")
    expect(desktop.problem("info", "Save this diagram in the folder of your policy.")).to_have_count(1)
    expect(note).to_have_count(0)
    assert len(desktop.problems) == 1


def test_without_the_server_one_quiet_line_says_what_to_start(page: Page, served: Served, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    later = Served(served.home, Asb(home=tmp_path, more={}), port)
    desktop = Desktop(page, port)
    desktop.open(served.home / "action.bpmn")
    note = desktop.problem("info", "Start `asb check NAME --serve` in a terminal")
    expect(note).to_have_count(1, timeout=PATIENCE)
    assert len(desktop.problems) == 1
    expect(page.locator(".policy-check")).to_have_count(0)
    desktop.draw("input", "contact_assignee", "letter", "action-too-late")
    later.start()
    try:
        page.evaluate("window.dispatchEvent(new Event('focus'))")  # one comes back from the terminal
        expect(desktop.problem("error", "action-too-late")).to_have_count(1, timeout=PATIENCE)
        expect(note).to_have_count(0)
    finally:
        later.stop()


def test_the_script_in_the_folder_is_what_its_sources_make() -> None:
    sources = sorted(path.relative_to(PLUGIN).as_posix() for path in (PLUGIN / "src").iterdir())
    folder = node_folder(PLUGIN, ["package.json", "package-lock.json", "build.mjs", *sources])
    told_by_node(folder, "build.mjs")
    made, kept = (home / "client" / "bundle.js" for home in (folder, PLUGIN))
    assert made.read_text() == kept.read_text(), "Build it again: docs/policy-owners/modeller-plugin/README.md"
