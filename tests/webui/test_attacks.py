"""What somebody who means ill tries on the screens, each of which must come to nothing."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from engine.bootstrap import build_office
from engine.casework.cases.attachments import attach_file
from engine.casework.cases.file_types import read_file
from engine.casework.pages.saved_filters import save_filter
from engine.casework.tasks.deadlines import extend_deadline
from engine.clock import local_date
from engine.errors import BadInputError
from engine.model import TaskId
from engine.store import tasks
from engine.variants import find_variant, load_variant
from tests.casework.cases.test_attachments import PDF
from tests.house.checkout import ROOT
from tests.in_force import put_in_force
from tests.webui.case.cases import INSPECTOR, OFFICER, new_case, open_task, rich_case
from tests.webui.office import HERTSMERE, Web, make_app

EMAIL = "new@example.org"  #: of the applicant, which no form shows to agencies


def text_of(web: Web, address: str, name: str = INSPECTOR) -> str:
    answer = web.client_of(name).get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


# what is kept from agencies


def test_a_search_tells_an_agency_nothing_of_names_and_addresses_that_are_kept_from_it(web: Web) -> None:
    reference = rich_case(web)
    for address in ("/cases?search=", "/tasks?tab=teams&search="):
        for words in ("any street", "bor", "any", "07700"):
            assert f"/{reference}" not in text_of(web, f"{address}{words}"), (address, words)
        for words in (reference, reference.lower(), reference.rpartition("-")[2]):
            assert f"/{reference}" in text_of(web, f"{address}{words}"), (address, words)


def test_a_search_takes_no_wildcards(web: Web) -> None:
    reference = new_case(web)
    for sign in ("%25", "_", "%25%25", "__", "H_C", "H%25C", "%25-%25"):
        assert f"/{reference}" not in text_of(web, f"/cases?search={sign}", OFFICER), sign


@pytest.fixture
def strict(tmp_path: Path, web: Web) -> Web:
    """The same council, which knows its cases by something that is kept from agencies."""
    root = tmp_path / "bpmn"
    shutil.copytree(ROOT / "bpmn", root)
    own = root / HERTSMERE / "variant.toml"
    settings = own.read_text(encoding="utf-8")
    own.write_text(settings.replace("\n[cases]\n", '\n[cases]\nknown_by = ["applicant_email"]\n'), encoding="utf-8")
    chosen = replace(web.settings, variants=root)
    office = replace(build_office(chosen), clock=web.clock)
    variant = load_variant(find_variant(HERTSMERE, root), root=root)
    put_in_force(office, variant)
    app = make_app(chosen, office=office)
    app.config.update(WTF_CSRF_ENABLED=False)
    assert variant.settings.known_by == ("applicant_email",)
    return Web(app=app, office=office, settings=chosen, clock=web.clock, variant=variant)


def test_an_agency_reads_what_a_case_is_known_by_nowhere_where_that_is_kept_from_it(strict: Web) -> None:
    reference = rich_case(strict)
    with strict.office.database.read() as connection:
        found = tasks.open_tasks(connection, council_id=HERTSMERE, reference=reference)
    addresses = ["/tasks", "/tasks?tab=teams", "/cases", f"/cases/{reference}", f"/cases/{reference}/tasks"]
    addresses += [f"/tasks/{reference}/{task.task_id.number}" for task in found]
    assert EMAIL in text_of(strict, f"/tasks/{reference}/{found[0].task_id.number}", OFFICER)
    for address in addresses:
        assert EMAIL not in text_of(strict, address), address


def test_an_agency_sees_neither_files_nor_reasons_of_a_task_that_is_not_theirs(web: Web) -> None:
    reference = rich_case(web)
    task = TaskId(reference=reference, number=open_task(web, reference, "Write minutes and action plan"))
    attach_file(web.office, reference, task.number, "Mr B of 2 High Street.pdf", PDF, by=OFFICER, council_id=HERTSMERE)
    until = local_date(web.clock.now()) + timedelta(days=90)
    extend_deadline(
        web.office, task, until=until, reason="The victim is in hospital.", by="Community Safety Manager",
        council_id=HERTSMERE,
    )  # fmt: skip
    address = f"/tasks/{reference}/{task.number}"
    for words in ("Mr B of 2 High Street", "The victim is in hospital"):
        assert words in text_of(web, address, OFFICER)
        for place in (address, f"/cases/{reference}/tasks", f"/cases/{reference}", f"/cases/{reference}/history"):
            assert words not in text_of(web, place), place


def test_an_agency_that_tells_a_case_something_is_not_shown_what_would_follow(web: Web) -> None:
    reference = rich_case(web)
    address = f"/cases/{reference}/tell/immediate_risk"
    assert "See what happens" not in text_of(web, address)
    answer = web.client_of(INSPECTOR).post(address, data={"action": "next", "message_id": "1"})
    assert answer.status_code == 403


def test_a_filter_that_an_officer_shares_is_not_shown_to_agencies(web: Web) -> None:
    save_filter(web.office.database, HERTSMERE, person=OFFICER, name="All of Ms A", query="search=ms+a", is_shared=True)
    assert "All of Ms A" in text_of(web, "/tasks", "Officer 2")
    assert "All of Ms A" not in text_of(web, "/tasks")


def test_nobody_lets_a_stranger_to_their_teams_stand_in_for_them(web: Web) -> None:
    day = web.clock.now()
    sent = {
        f"{end}_day-{part}": str(getattr(day, part)) for end in ("first", "last") for part in ("day", "month", "year")
    }
    answer = web.client_of("Environmental Health Officer").post("/absences", data={**sent, "deputy": "Health Manager"})
    assert answer.status_code == 422
    assert "stands in" in answer.get_data(as_text=True)


# files


def packed(*parts: tuple[str, bytes], method: int, size: int | None = None) -> bytes:
    """A zip archive; `size`: what its directory says each part has, whatever it has."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
        for info in archive.filelist:
            info.file_size = info.file_size if size is None else size
    return made.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_lies_of_its_sizes_is_never_unpacked(monkeypatch: pytest.MonkeyPatch, method: int) -> None:
    bomb = packed(("mimetype", bytes(3_000_000)), ("content.xml", b"<x/>"), method=method, size=50)
    unpacked: list[int] = []
    read = zipfile.ZipExtFile._update_crc  # type: ignore[attr-defined]
    monkeypatch.setattr(
        zipfile.ZipExtFile, "_update_crc", lambda self, data: (unpacked.append(len(data)), read(self, data))
    )
    with pytest.raises(BadInputError, match="of a kind that is not taken"):
        read_file("letter.odt", bomb)
    assert unpacked == []


def test_an_archive_that_is_broken_inside_is_refused_in_words() -> None:
    whole = bytearray(packed(("mimetype", b"application/vnd.oasis.opendocument.text"), method=zipfile.ZIP_DEFLATED))
    whole[40:60] = b"\xff" * 20
    with pytest.raises(BadInputError, match="of a kind that is not taken"):
        read_file("letter.odt", bytes(whole))


# forged, broken and endless requests


def _addresses(web: Web, method: str) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every route that takes the method."""
    own: dict[str, object] = {"reference": "HBC-2026-0001", "council": HERTSMERE}
    for rule in web.app.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.endpoint.endswith("static"):
            numbers = {name for name, converter in rule._converters.items() if isinstance(converter, IntegerConverter)}
            one_of = {n: min(c.items) for n, c in rule._converters.items() if isinstance(c, AnyConverter)}
            values = {name: 1 if name in numbers else (own | one_of).get(name, "x") for name in rule.arguments}
            yield rule.endpoint, web.app.url_map.bind("localhost").build(rule.endpoint, values)


def test_no_form_is_taken_without_its_token_whoever_sends_it(web: Web) -> None:
    web.app.config["WTF_CSRF_ENABLED"] = True
    tried = {}
    for name in ("Community Safety Manager", INSPECTOR, None):
        for endpoint, address in _addresses(web, "POST"):
            answer = web.client_of(name).post(address, data={"action": "complete", "csrf_token": "made-up"})
            tried[name, endpoint] = (answer.status_code, "opened twice" in answer.get_data(as_text=True))
    assert len(tried) > 90
    assert {key: found for key, found in tried.items() if found != (400, True)} == {}


def test_no_other_method_changes_or_shows_anything(web: Web) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        for _, address in _addresses(web, "GET"):
            answer = web.client_of("Community Safety Manager").open(address, method=method)
            assert answer.status_code == 405, (method, address)
    for _, address in _addresses(web, "GET"):
        assert b"HBC-2026" not in web.client_of(None).options(address).data, address


def test_a_number_that_nothing_can_have_is_not_found(web: Web) -> None:
    new_case(web)
    client = web.client_of("Community Safety Manager")
    tried = 0
    for method in ("GET", "POST"):
        for endpoint, address in _addresses(web, method):
            for number in (2**31, 2**63, 10**30) if f"{address}/".count("/1/") else ():
                there = address.replace("/1", f"/{number}", 1)
                # 405 where another method has an address like it
                assert client.open(there, method=method).status_code in (404, 405), (endpoint, there)
                tried += 1
    assert tried > 50


def test_a_nul_is_refused_wherever_it_stands(web: Web) -> None:
    reference = new_case(web)
    client = web.client_of(OFFICER)
    assert client.get("/cases/%00").status_code == 404
    assert client.get(f"/cases/{reference}%00").status_code == 404
    assert client.get("/cases?search=%00").status_code == 400
    assert client.get("/cases?%00=x").status_code == 400
    assert client.post("/tasks/filters", data={"name": "a\0b"}).status_code == 400
    assert web.client_of().post("/sign-in", data={"email": "a\0@b.example", "password": "x"}).status_code == 400
    assert web.client_of().post(f"/my-case/{HERTSMERE}", data={"reference": "\0", "code": "x"}).status_code == 400


@pytest.mark.parametrize("sent", [b"%ff%fe=%ff", b"\xff\xfe=\xff", b"=&=&==", b"%", b"name=%ed%a0%80&name=%zz"])
def test_what_is_no_text_makes_no_fault(web: Web, sent: bytes) -> None:
    for address in ("/tasks", "/tasks/filters", "/cases", "/manage/late.csv", "/absences", "/people/add"):
        client = web.client_of("Community Safety Manager")
        for method in ("GET", "POST"):
            found = client.open(
                address, method=method, query_string=sent.decode("latin-1"), data=sent if method == "POST" else None,
                content_type="application/x-www-form-urlencoded", headers={"Cookie": "asb=\xff\xfe; x=%00"},
            )  # fmt: skip
            assert found.status_code < 500, (method, address)


def test_a_form_of_too_many_fields_or_bytes_is_refused_before_it_is_read(web: Web) -> None:
    client = web.client_of(OFFICER)
    assert client.post("/tasks/filters", data={"name": "x" * 2_100_000}).status_code == 413
    assert client.post("/tasks/filters", data={str(number): "" for number in range(5_001)}).status_code == 413
    many = {f"field-{number}": (None, "x") for number in range(5_001)}
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\nx\r\n' for name in many) + "--b--\r\n"
    answer = client.post("/tasks/filters", data=body.encode(), content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


# what is told to nobody


def test_the_log_of_a_fault_holds_no_secret_and_no_line_of_somebody_elses(
    web: Web, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("webui.access.invitation.invited", fail)
    monkeypatch.setattr("webui.access.cases.case_seen_by", fail)
    for address in ("/invitation/the-secret-of-the-link", "/cases/x%0aWARNING%20asb:%20made%20up"):
        answer = web.client_of(OFFICER).get(address)
        assert answer.status_code == 500
        assert b"broken" not in answer.data
    said = [record.getMessage() for record in caplog.records]
    assert said == ["GET /invitation/<secret> failed", "GET /cases/x\\nWARNING asb: made up failed"]
