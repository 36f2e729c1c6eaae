"""Which files are taken, told by what is in them and not by what they are called."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import filetype

from engine.errors import BadInputError
from engine.language import say
from engine.words import typed_text

#: Largest file, in bytes.
LARGEST_FILE = 10_000_000
#: Most characters of a file's name.
LONGEST_NAME = 120

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What is taken: media type → the endings that such a file's name may have, the usual one first.
TAKEN: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/heic": (".heic", ".heif"),
    _WORD: (".docx",),
    _EXCEL: (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "text/plain": (".txt", ".csv"),
    "message/rfc822": (".eml",),
    "application/vnd.ms-outlook": (".msg",),
}
#: As a page says it.
TAKEN_IN_WORDS = "PDF, JPEG, PNG, HEIC, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods), text and emails"

_MOST_PARTS = 5_000  #: of a packed document
_LONGEST_TYPE = 200  #: bytes of the part in which an OpenDocument says what it is
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff:*?\"<>|]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t\r]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = "__substg1.0_".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenFile:
    name: str  #: cleaned, with an ending that fits what is in it
    media_type: str


def read_file(name: str, data: bytes) -> TakenFile:
    """What the file is. Raises BadInputError for one that is empty, too large, or of a kind that is not taken."""
    if not data:
        raise BadInputError(say("“%(name)s” is empty. Choose another file.", name=_clean(name)))
    if len(data) > LARGEST_FILE:
        raise BadInputError(
            say(
                "“%(name)s” has %(size)s MB; at most %(most)s MB are taken. Send a smaller one, or send it in parts.",
                name=_clean(name),
                size=f"{len(data) / 1_000_000:.1f}",
                most=LARGEST_FILE // 1_000_000,
            )
        )
    media_type = _media_type(name, data)
    if media_type is None:
        raise BadInputError(
            say(
                "“%(name)s” is of a kind that is not taken. Choose one of these: %(kinds)s.",
                name=_clean(name),
                kinds=TAKEN_IN_WORDS,
            )
        )
    return TakenFile(name=_fitting(_clean(name), TAKEN[media_type]), media_type=media_type)


def _media_type(name: str, data: bytes) -> str | None:
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        return "application/vnd.ms-outlook" if _OUTLOOK in data else None
    guessed = filetype.guess(data)
    if guessed is not None:
        return guessed.mime if guessed.mime in TAKEN else None
    return _text(name, data)


def _packed(data: bytes) -> str | None:
    """A document that is a zip archive; one with macros is not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_PARTS or any(part.rpartition("/")[2].lower() == "vbaproject.bin" for part in names):
                return None
            if "mimetype" in names:
                said = _said_type(archive)
                return said if said in TAKEN and said.startswith("application/vnd.oasis") else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return _WORD if "word/document.xml" in names else _EXCEL if "xl/workbook.xml" in names else None


def _said_type(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument says it is. That part is stored as it is (OpenDocument 1.3, part 2, 3.3): nothing is ever
    unpacked here, so that a few bytes cannot become gigabytes, whatever size the archive says they have."""
    part = archive.getinfo("mimetype")
    if part.compress_type != zipfile.ZIP_STORED or max(part.compress_size, part.file_size) > _LONGEST_TYPE:
        return ""
    return archive.read(part).decode("ascii", "replace").strip()


def _text(name: str, data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")  # what Notepad and older mail programs write
        except UnicodeDecodeError:
            return None
    if _NOT_IN_TEXT.search(text):
        return None
    if name.lower().endswith(".eml") and _HEADER.match(text):
        return "message/rfc822"
    return "text/plain" if name.lower().endswith(TAKEN["text/plain"]) else None


def _clean(name: str) -> str:
    """The last part of the name, without signs that hide what it is or that a disk refuses."""
    last = typed_text(re.split(r"[/\\]", name)[-1], is_one_line=True)
    words = " ".join(_NOT_IN_NAMES.sub("", last).split()).strip(". ")
    if len(words) > LONGEST_NAME:
        stem, dot, ending = words.rpartition(".")
        kept = f"{dot}{ending}" if dot and len(ending) <= 5 else ""
        words = (stem if kept else words)[: LONGEST_NAME - len(kept)].rstrip(". ") + kept
    return words or "file"


def _fitting(name: str, endings: tuple[str, ...]) -> str:
    return name if name.lower().endswith(endings) else name[: LONGEST_NAME - len(endings[0])] + endings[0]
