"""Taking a copy of a case file: one archive, made in memory; the record says who took it and for whom."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

from engine.casework.cases.entries import case_entries, check_known
from engine.casework.copies.case_file import CaseFile, read_case_file
from engine.casework.copies.pdf import case_file_as_pdf
from engine.casework.step.office import Office
from engine.casework.words.copy_contents import AUDIENCES
from engine.clock import LONDON
from engine.errors import BadInputError
from engine.record_kinds import RecordKind

#: For whom a copy is made, as the record says it; "" for the council itself.
FOR_WHOM: Mapping[str, str] = {
    "": "the council itself",
    "victim": "the victim",
    "agency": "an agency",
    "ombudsman": "the Ombudsman",
}


def take_copy(
    office: Office, reference: str, *, made_for: str = "", by: str, council_id: str
) -> tuple[str, bytes, CaseFile]:
    """Name and content of a ZIP archive with the file as PDF and JSON and its letters, and the file itself.

    `made_for`: victim, agency or ombudsman leaves out what is kept from them; "" is the whole file. The entry in the
    record comes first, so that no copy is ever without one. Raises CaseNotFoundError, NotAllowedError, BadInputError.
    """
    if made_for and made_for not in AUDIENCES:
        raise BadInputError(f"Select for whom the copy is made: {', '.join(AUDIENCES)}, or the council itself.")
    with case_entries(office, reference, council_id=council_id) as case:
        check_known(office, case, by)
        case.record(RecordKind.COPY_MADE, by=by, made_for=FOR_WHOM[made_for])
    file = read_case_file(office, reference, made_for=made_for or None, council_id=council_id)
    return f"{_stem(file)}.zip", _archive(file), file


def files_of(file: CaseFile) -> dict[str, bytes]:
    """The files of a copy by their names: the case file as PDF and as JSON, and each letter that has a PDF."""
    stem = _stem(file)
    found = {
        f"{stem}.pdf": case_file_as_pdf(file),
        f"{stem}.json": (json.dumps(file.to_json(), ensure_ascii=False, indent=2) + "\n").encode(),
    }
    for letter in file.letters:
        if letter.pdf is not None:
            name = re.sub(r"[^A-Za-z0-9_-]", "-", letter.letter)
            found[f"{stem}-{letter.number}-{name}.pdf"] = letter.pdf
    return found


def _archive(file: CaseFile) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files_of(file).items():
            archive.writestr(zipfile.ZipInfo(name, _as_zip_says(file.made_at)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _stem(file: CaseFile) -> str:
    return f"{file.case.reference}{f'-{file.made_for}' if file.made_for else ''}"


def _as_zip_says(at: datetime) -> tuple[int, int, int, int, int, int]:
    local = at.astimezone(LONDON)
    return local.year, local.month, local.day, local.hour, local.minute, local.second
