"""Files come with a case: told by what is in them, kept by what is in them, given out as they came."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.casework.cases.attachments import attach_file, read_attachment
from engine.casework.cases.file_types import LARGEST_FILE, LONGEST_NAME, read_file
from engine.casework.tasks.undo import undo_completion
from engine.errors import (
    AttachmentNotFoundError,
    BadInputError,
    CaseNotFoundError,
    FileGoneError,
    NotAllowedError,
    TaskNotFoundError,
)
from engine.store import Database
from engine.store.attachments import attachments_of
from engine.store.files import FolderFiles, MemoryFiles
from tests.casework.builders import Play, chain_of, process, user, variant_of

COUNCIL = "test_council"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(520)
BODY = (
    '<bpmn:startEvent id="begin"/>' + user("decide") + user("tell") + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "decide", "tell", "done")
)  # fmt: skip


def packed(**parts: bytes) -> bytes:
    """A zip archive; `__` in a part's name stands for a slash, and `_dot_` for a point."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


def office_document(part: str, **more: bytes) -> bytes:
    return packed(**{"[Content_Types]_dot_xml": b"<Types/>", part: b"<x/>", **more})


@pytest.fixture
def play(database: Database, tmp_path: Path) -> Play:
    play = Play(database, variant_of(process(BODY)))
    play.office = replace(play.office, files=FolderFiles(tmp_path / "attachments"))
    return play


def attach(play: Play, name: str = "photo.png", data: bytes = PNG, task: int | None = None, by: str = "Officer 1"):
    return attach_file(play.office, play.reference, task, name, data, by=by, council_id=COUNCIL)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.JPG", JPEG, "image/jpeg"),
        ("photo.heic", HEIC, "image/heic"),
        ("a.docx", office_document("word__document_dot_xml"), "application/vnd.openxmlformats-officedocument."
         "wordprocessingml.document"),
        ("a.xlsx", office_document("xl__workbook_dot_xml"), "application/vnd.openxmlformats-officedocument."
         "spreadsheetml.sheet"),
        ("a.odt", packed(mimetype=b"application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        ("a.ods", packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
         "application/vnd.oasis.opendocument.spreadsheet"),
        ("diary.txt", "Noise until 3 o’clock".encode(), "text/plain"),
        ("diary.txt", b"Noise at caf\xe9", "text/plain"),
        ("mail.eml", b"Received: from x\r\nSubject: Noise\r\n\r\nHello", "message/rfc822"),
        ("mail.msg", OLE + "__substg1.0_".encode("utf-16-le"), "application/vnd.ms-outlook"),
    ],
)  # fmt: skip
def test_what_is_taken_keeps_its_name(name: str, data: bytes, media_type: str) -> None:
    taken = read_file(name, data)
    assert (taken.name, taken.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("program.exe", b"MZ" + bytes(200)),
        ("program.txt", b"\x7fELF" + bytes(200)),
        ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("archive.zip", packed(anything=b"x")),
        ("macros.docm", office_document("word__document_dot_xml", word__vbaProject_dot_bin=b"x")),
        ("slides.odp", packed(mimetype=b"application/vnd.oasis.opendocument.presentation")),
        ("old.doc", OLE),
        ("broken.docx", b"PK\x03\x04 and nothing more"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(40)),
        ("gif.gif", b"GIF89a" + bytes(40)),
        ("notes.txt", b"a\x00b"),
        ("mail.eml", b"\x00\x01\x02"),
    ],
)
def test_what_is_not_taken_is_refused_and_the_page_says_what_is(name: str, data: bytes) -> None:
    with pytest.raises(BadInputError, match=r"is of a kind that is not taken\. Choose one of these: PDF"):
        read_file(name, data)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("invoice.exe", "invoice.exe.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("x" * 300, "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_says_what_the_file_is_and_leads_nowhere(name: str, cleaned: str) -> None:
    assert read_file(name, PDF).name == cleaned


def test_an_empty_or_too_large_file_is_refused() -> None:
    with pytest.raises(BadInputError, match="is empty"):
        read_file("a.pdf", b"")
    with pytest.raises(BadInputError, match=r"has 10\.0 MB; at most 10 MB"):
        read_file("a.pdf", PDF + bytes(LARGEST_FILE))


def test_a_file_is_kept_under_its_digest_and_comes_back_as_it_was(play: Play, tmp_path: Path) -> None:
    added = attach(play)
    digest = hashlib.sha256(PNG).hexdigest()
    assert (tmp_path / "attachments" / digest[:2] / digest[2:]).read_bytes() == PNG
    found, data = read_attachment(play.office, play.reference, added.number, council_id=COUNCIL)
    assert (found.name, found.media_type, found.size, found.digest, data) == (
        "photo.png", "image/png", len(PNG), digest, PNG,
    )  # fmt: skip
    assert play.record()[-1][0] == "file attached"


def test_the_same_content_is_kept_once_and_listed_as_often_as_it_came(play: Play, tmp_path: Path) -> None:
    attach(play, "one.png")
    attach(play, "two.png")
    assert len([path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]) == 1
    with play.office.database.read() as connection:
        assert [a.name for a in attachments_of(connection, play.case().case_id)] == ["one.png", "two.png"]


def test_a_file_can_come_with_a_task_and_only_with_one_of_the_case(play: Play) -> None:
    task = play.task_id("decide").number
    assert attach(play, task=task).task == task
    assert play.record()[-1][1]["element"] == "decide"
    with pytest.raises(TaskNotFoundError):
        attach(play, task=9_999)


def test_a_file_moves_nothing_so_a_completion_can_still_be_undone(play: Play) -> None:
    task = play.task_id("decide")
    play.complete("decide")
    added = attach(play)
    undo_completion(play.office, task, reason="The wrong case", by="Officer 1")
    assert play.open() == ["decide"]
    assert read_attachment(play.office, play.reference, added.number, council_id=COUNCIL)[1] == PNG


def test_another_council_neither_adds_nor_reads(play: Play) -> None:
    added = attach(play)
    with pytest.raises(CaseNotFoundError):
        read_attachment(play.office, play.reference, added.number, council_id="another")
    with pytest.raises(CaseNotFoundError):
        attach_file(play.office, play.reference, None, "a.png", PNG, by="Officer 1", council_id="another")


def test_somebody_whom_the_council_does_not_know_adds_nothing(play: Play) -> None:
    with pytest.raises(NotAllowedError):
        attach(play, by="Nobody")


def test_a_number_that_no_file_has_is_not_found(play: Play) -> None:
    with pytest.raises(AttachmentNotFoundError):
        read_attachment(play.office, play.reference, 9_999, council_id=COUNCIL)


def test_a_file_that_is_gone_or_altered_is_not_given_out(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    digest = kept.put(PDF)
    (tmp_path / digest[:2] / digest[2:]).write_bytes(b"%PDF another")
    with pytest.raises(FileGoneError):
        kept.get(digest)
    (tmp_path / digest[:2] / digest[2:]).unlink()
    with pytest.raises(FileGoneError):
        kept.get(digest)


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_what_is_no_digest_reaches_no_file(tmp_path: Path, digest: str) -> None:
    with pytest.raises(FileGoneError):
        FolderFiles(tmp_path).get(digest)


def test_files_in_memory_behave_like_those_in_a_folder() -> None:
    kept = MemoryFiles()
    assert kept.get(kept.put(PDF)) == PDF
    with pytest.raises(FileGoneError):
        kept.get("a" * 64)
