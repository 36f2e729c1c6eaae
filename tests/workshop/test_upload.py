"""A folder that is handed in as a ZIP file is taken as it is, and whatever else is in the file does no harm."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from engine.errors import BadInputError, VariantNotFoundError
from engine.variants import MAX_FILE_BYTES, Pin, bases_beside, read_source, write_together
from engine.workshop import LARGEST_ZIP, draft_from, draft_in, source_in_zip
from tests.workshop.folder import COUNCIL, TODAY


def zipped(files: Mapping[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def files_of(root: Path, *, under: str = f"{COUNCIL}/") -> dict[str, bytes]:
    home = root / COUNCIL
    return {f"{under}{path.relative_to(home)}": path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("under", [f"{COUNCIL}/", "", f"policies-main/bpmn/{COUNCIL}/"])
def test_a_folder_is_taken_as_it_is_wherever_it_stands_in_the_file(root: Path, under: str) -> None:
    files = files_of(root, under=under) | {"__MACOSX/._variant.toml": b"x", f"{under}.DS_Store": b"x"}
    source = source_in_zip(zipped(files), COUNCIL, root)
    assert source == read_source(root / COUNCIL, root)
    assert draft_from(source, COUNCIL, root).variant.digest == draft_in(COUNCIL, root).variant.digest


def test_a_folder_that_pins_its_base_keeps_the_pin(root: Path) -> None:
    home = root / COUNCIL
    write_together(home, Pin(folders=bases_beside(home, root), pinned_on=TODAY), {})
    assert source_in_zip(zipped(files_of(root)), COUNCIL, root) == read_source(home, root)


def test_what_the_file_has_of_the_bases_is_not_taken(root: Path) -> None:
    files = files_of(root) | {"statutory/variant.toml": b"name = 'A law of my own'", "model/variant.toml": b"broken"}
    assert source_in_zip(zipped(files), COUNCIL, root) == read_source(root / COUNCIL, root)


def test_a_name_that_leads_out_of_the_folder_is_written_nowhere(root: Path) -> None:
    names = (
        f"{COUNCIL}/../../out.toml",
        f"{COUNCIL}/forms/../../out.form",
        f"{COUNCIL}/../selby/x.form",
        "/etc/x.toml",
    )
    files = files_of(root) | dict.fromkeys(names, b"x")
    assert source_in_zip(zipped(files), COUNCIL, root) == read_source(root / COUNCIL, root)


def test_a_file_that_stands_where_it_is_not_read_is_named(root: Path) -> None:
    with pytest.raises(BadInputError, match=r"Forms/late.form: This file is not read"):
        source_in_zip(zipped(files_of(root) | {f"{COUNCIL}/Forms/late.form": b"x"}), COUNCIL, root)


def test_a_file_that_unpacks_to_more_than_a_folder_may_hold_is_refused(root: Path) -> None:
    bomb = zipped(files_of(root) | {f"{COUNCIL}/bomb.bpmn": bytes(MAX_FILE_BYTES + 1)})
    with pytest.raises(BadInputError, match=r"bomb.bpmn has more than 5,000,000 bytes"):
        source_in_zip(bomb, COUNCIL, root)
    many = {f"{COUNCIL}/bomb_{number}.bpmn": bytes(MAX_FILE_BYTES) for number in range(11)}
    with pytest.raises(BadInputError, match="has more than"):
        source_in_zip(zipped(files_of(root) | many), COUNCIL, root)


def test_one_that_lies_about_its_sizes_is_refused(root: Path) -> None:
    data = zipped({f"{COUNCIL}/variant.toml": bytes(9_000_000)})
    for size in (9_000_000, 10):
        data = data.replace((9_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))
        with pytest.raises(BadInputError):
            source_in_zip(data, COUNCIL, root)


def test_more_files_than_a_folder_may_have_are_refused(root: Path) -> None:
    files = files_of(root) | {f"{COUNCIL}/table_{number}.dmn": b"" for number in range(1_000)}
    with pytest.raises(BadInputError, match="more than 1,000 files of a policy"):
        source_in_zip(zipped(files, how=zipfile.ZIP_STORED), COUNCIL, root)
    with pytest.raises(BadInputError, match="lists more than 8,000 files"):
        source_in_zip(zipped({f"x/{number}": b"" for number in range(8_001)}), COUNCIL, root)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"no archive at all"])
def test_what_is_no_zip_file_is_refused_in_a_sentence(root: Path, data: bytes) -> None:
    with pytest.raises(BadInputError, match="This is no ZIP file that can be read"):
        source_in_zip(data, COUNCIL, root)


def test_a_damaged_one_is_refused_in_a_sentence(root: Path) -> None:
    whole = zipped(files_of(root))
    for place in range(50, len(whole) - 50, len(whole) // 60):
        spoilt = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(BadInputError, VariantNotFoundError):  # a byte that says nothing, such as a time, may be any
            source_in_zip(spoilt, COUNCIL, root)


def test_one_that_is_too_large_is_refused_before_it_is_read(root: Path) -> None:
    with pytest.raises(BadInputError, match="more than 20 MB"):
        source_in_zip(bytes(LARGEST_ZIP + 1), COUNCIL, root)


def test_a_link_is_refused(root: Path) -> None:
    made = io.BytesIO(zipped(files_of(root)))
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo(f"{COUNCIL}/link.dmn")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadInputError, match=r"link.dmn is a link"):
        source_in_zip(made.getvalue(), COUNCIL, root)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"readme.txt": b"x"}, "has no folder called hertsmere"),
        ({"selby/variant.toml": b"x"}, "has no folder called hertsmere"),
        ({"a/hertsmere/variant.toml": b"x", "b/hertsmere/variant.toml": b"y"}, "has more than one folder called"),
    ],
)
def test_a_file_without_the_councils_folder_is_refused(root: Path, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        source_in_zip(zipped(files), COUNCIL, root)
