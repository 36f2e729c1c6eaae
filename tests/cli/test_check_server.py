"""What `asb check NAME --serve` answers: what the check would say of the folder, were the open file saved."""

from __future__ import annotations

import json
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from engine.check import WatchedFolder
from engine.cli.check_server import CheckApplication
from handlers import HANDLERS
from tests.check.builders import Drawing, folder, plain
from tests.cli.calls import Asb

TODAY = date(2026, 12, 1)
ADDRESS = "http://127.0.0.1:8010"


class Modeller:
    """Somebody who draws in a folder that is served."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name, data in folder(plain()).files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(data)
        self._client = Client(CheckApplication([WatchedFolder(home, handlers=HANDLERS, today=TODAY)], lambda: TODAY))

    def ask(
        self, body: bytes, *, file: str = "main.bpmn", path: str = "", method: str = "POST", **headers: str
    ) -> TestResponse:
        """The answer to what the plug-in sends."""
        at = path or f"/check?file={quote(str(self.home / file))}"
        return self._client.open(
            at, base_url=ADDRESS, method=method, data=body, headers={"Origin": "null"} | headers,
            content_type="text/plain;charset=UTF-8",
        )  # fmt: skip

    def told(self, drawing: Drawing) -> dict[str, Any]:
        answer = self.ask(drawing.xml())
        assert answer.status_code == 200, answer.text
        assert isinstance(answer.json, dict)
        return answer.json


@pytest.fixture
def modeller(tmp_path: Path) -> Modeller:
    return Modeller(tmp_path / "somewhere")


def errors(told: dict[str, Any]) -> list[str]:
    return [each["element_id"] for each in told["findings"] if each["severity"] == "error"]


def test_what_is_drawn_and_not_saved_is_judged_in_its_folder(modeller: Modeller) -> None:
    told = modeller.told(plain().user("forgotten"))
    assert errors(modeller.told(plain())) == []
    assert "forgotten" in errors(told)
    assert {each["file"] for each in told["findings"] if each["element_id"] == "forgotten"} == {told["file"]}
    assert told["file"] == str(modeller.home / "main.bpmn")
    assert "forgotten" not in (modeller.home / "main.bpmn").read_text()


def test_a_finding_is_what_the_check_prints_once_it_is_saved(modeller: Modeller, asb: Asb) -> None:
    drawing = plain().user("forgotten")
    told = modeller.told(drawing)
    (modeller.home / "main.bpmn").write_bytes(drawing.xml())
    assert asb("check", str(modeller.home), "--format", "json").json == told["findings"]


def test_what_was_not_there_when_it_began_is_marked_as_new_also_in_other_files(modeller: Modeller) -> None:
    form = (modeller.home / "forms" / "application.form").read_bytes()
    told = modeller.ask(form.replace(b'"application"', b'"another"'), file="forms/application.form").json
    assert isinstance(told, dict)
    new = [told["findings"][number] for number in told["new"]]
    assert str(modeller.home / "main.bpmn") in {each["file"] for each in new}
    assert modeller.told(plain())["new"] == []


def test_what_changes_in_the_folder_meanwhile_counts_from_then_on(modeller: Modeller) -> None:
    assert errors(modeller.told(plain())) == []
    (modeller.home / "forms" / "application.form").unlink()
    assert errors(modeller.told(plain())) != []


def test_a_file_is_judged_in_that_of_several_folders_in_which_it_lies(tmp_path: Path) -> None:
    first, second = (Modeller(tmp_path / name) for name in ("elsewhere", "somewhere"))
    folders = [WatchedFolder(each.home, handlers=HANDLERS, today=TODAY) for each in (first, second)]
    both = Client(CheckApplication(folders, lambda: TODAY))
    for home in (first.home, second.home):
        told = both.post(
            f"/check?file={quote(str(home / 'main.bpmn'))}", base_url=ADDRESS, data=plain().user("forgotten").xml(),
            headers={"Origin": "null"}, content_type="text/plain",
        ).json  # fmt: skip
        assert isinstance(told, dict)
        assert told["file"] == str(home / "main.bpmn")
        assert "forgotten" in errors(told)


@pytest.mark.parametrize("origin", ["https://example.org", "http://127.0.0.1:8010", "file://", ""])
def test_no_web_page_is_answered(modeller: Modeller, origin: str) -> None:
    answer = modeller.ask(plain().xml(), Origin=origin)
    assert answer.status_code == 403
    assert "findings" not in answer.text
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:8011", "127.0.0.1:8010.example.org"])
def test_a_site_that_gives_its_name_to_this_machine_is_not_answered(modeller: Modeller, host: str) -> None:
    answer = modeller.ask(plain().xml(), Host=host)
    assert answer.status_code == 403
    assert "findings" not in answer.text


def test_the_modellers_window_may_read_the_answer_and_nobody_keeps_it(modeller: Modeller) -> None:
    for answer in (modeller.ask(plain().xml()), modeller.ask(b"", path="/check")):
        assert answer.headers["Access-Control-Allow-Origin"] == "null"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd", "main.bpmn", "../main.bpmn", "", "{home}", "{home}/../main.bpmn", "{home}/letters/ct1.md",
        "{home}/variant.toml", "{home}/forms/main.bpmn", "{home}/.hidden.bpmn", "{home}x/main.bpmn", "{home}/\0.bpmn",
        "{home}/" + "a" * 5_000 + ".bpmn",
    ],
)  # fmt: skip
def test_a_file_of_no_folder_that_is_served_gets_a_sentence(modeller: Modeller, place: str) -> None:
    answer = modeller.ask(plain().xml(), path=f"/check?file={quote(place.format(home=modeller.home))}")
    assert answer.status_code in (400, 422)
    assert isinstance(answer.json, dict)
    assert answer.json.keys() == {"sentence"}
    assert str(modeller.home) not in answer.json["sentence"]  # who cannot name the folder is not told where it is


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"method": "GET"}, 405),
        ({"method": "OPTIONS"}, 405),
        ({"path": "/"}, 404),
        ({"path": "/check"}, 400),
        ({"path": "/check?file=a&file=b"}, 400),
        ({"path": "/check?" + "a=1&" * 100}, 400),
        ({"path": "/check?file=%ff%fe"}, 422),
    ],
)
def test_what_is_asked_otherwise_gets_a_sentence(modeller: Modeller, asked: dict[str, str], status: int) -> None:
    answer = modeller.ask(plain().xml(), **asked)
    assert answer.status_code == status
    assert isinstance(answer.json, dict)
    assert answer.json["sentence"].endswith(".")


def test_a_file_that_is_too_large_gets_a_sentence(modeller: Modeller) -> None:
    answer = modeller.ask(b"<" * 5_000_001)
    assert answer.status_code == 413
    assert isinstance(answer.json, dict)
    assert "5,000,000 bytes" in answer.json["sentence"]


HOSTILE = [
    b"", b"\0", b"no XML", b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 5_000, b"\xff\xfe<\0a\0>\0",
    b'<?xml version="1.0" encoding="utf-7"?><a/>', b"[" * 100_000, b'{"components": 5}',
]  # fmt: skip


@pytest.mark.parametrize("file", ["main.bpmn", "time_limits.dmn", "forms/application.form"])
def test_whatever_a_file_holds_there_is_a_finding_about_it(modeller: Modeller, file: str) -> None:
    for body in HOSTILE:
        answer = modeller.ask(body, file=file)
        assert answer.status_code == 200, (body[:40], answer.text)
        assert isinstance(answer.json, dict)
        assert [each for each in answer.json["findings"] if each["severity"] == "error"], body[:40]


@pytest.fixture(scope="module")
def asked_often(tmp_path_factory: pytest.TempPathFactory) -> Modeller:
    return Modeller(tmp_path_factory.mktemp("often") / "somewhere")


@given(body=st.binary(max_size=300), name=st.text(max_size=20))
def test_no_bytes_and_no_name_bring_it_down(body: bytes, name: str, asked_often: Modeller) -> None:
    at = f"/check?file={quote(f'{asked_often.home}/{name}')}"
    assert asked_often.ask(body, path=at).status_code in (200, 400, 422)


@pytest.fixture
def served(tmp_path: Path, asb: Asb) -> Iterator[tuple[Modeller, str]]:
    modeller = Modeller(tmp_path / "somewhere")
    process = asb.start("check", str(modeller.home), "--serve", "--port", "0")
    assert process.stdout is not None
    process.stdout.readline()
    yield modeller, process.stdout.readline().split()[5].rstrip(".")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_the_command_answers_until_it_is_stopped(served: tuple[Modeller, str]) -> None:
    modeller, address = served
    query = f"{address}/check?file={quote(str(modeller.home / 'main.bpmn'))}"
    asked = urllib.request.Request(  # noqa: S310  # an address of this machine
        query, data=plain().user("forgotten").xml(), headers={"Origin": "null", "Content-Type": "text/plain"}
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        assert "forgotten" in errors(json.load(answer))
    asked.add_header("Origin", "https://example.org")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(asked)  # noqa: S310


def test_what_cannot_be_served_gets_a_sentence(asb: Asb, tmp_path: Path) -> None:
    modeller = Modeller(tmp_path / "somewhere")
    for call, sentence in (
        (("check", "nowhere", "--serve"), "holds no variant.toml"),
        (("check", str(modeller.home / "main.bpmn"), "--serve"), "holds no variant.toml"),
        (("check", str(modeller.home), "--port", "8010"), "--port goes with --serve"),
        (("check", str(modeller.home), "--serve", "--all"), "leave the others out"),
        (("check", str(modeller.home), "--serve", "--format", "json"), "leave the others out"),
    ):
        answer = asb(*call)
        assert (answer.code, answer.out) == (2, "")
        assert sentence in answer.err
