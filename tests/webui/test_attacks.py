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
from flask import Flask

from engine.bootstrap import build_office
from engine.casework.attachments import attach_file
from engine.casework.deadlines import extend_deadline
from engine.casework.file_types import read_file
from engine.casework.saved_filters import save_filter
from engine.clock import SettableClock, local_date
from engine.errors import BadInputError
from engine.model import TaskId
from engine.settings import Settings
from engine.store import tasks
from engine.variants import find_variant, load_variant
from tests.casework.test_attachments import PDF
from tests.house.checkout import ROOT
from tests.webui.case.cases import INSPECTOR, OFFICER, new_case, open_task, rich_case
from tests.webui.office import HERTSMERE, START_AT, Web
from webui import create_app

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
    known_by = 'known_by = ["victim_name", "applicant_name"]'
    settings = own.read_text(encoding="utf-8")
    assert known_by in settings
    own.write_text(settings.replace(known_by, 'known_by = ["applicant_email"]'), encoding="utf-8")
    chosen = replace(web.settings, variants=root)
    office = replace(build_office(chosen), clock=web.clock)
    app = create_app(chosen, office=office)
    app.config.update(WTF_CSRF_ENABLED=False)
    variant = load_variant(find_variant(HERTSMERE, root), root=root)
    return Web(app=app, office=office, settings=chosen, clock=web.clock, variant=variant)


def test_an_agency_reads_what_a_case_is_known_by_nowhere_where_that_is_kept_from_it(strict: Web) -> None:
    reference = rich_case(strict)
    with strict.office.database.read() as connection:
        found = tasks.inbox(connection, council_id=HERTSMERE, reference=reference)
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
