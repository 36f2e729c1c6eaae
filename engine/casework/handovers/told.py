"""What stands in the files that go from one installation to another: a parcel, or the receipt of one, as JSON.

`docs/parcel-files.md` has the format. What is read comes from outside: each value is held against what it may be, and
nothing that is not known is passed over.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from engine.errors import ParcelRefusedError

T = TypeVar("T")

_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")  #: of folders, agreements, messages and facts
_MOST_FILES = 20
_MOST_RECEIPTS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldReceipt:
    """That a parcel is with its receiver."""

    parcel_id: str
    agreement: str
    from_council: str  #: who has received it
    from_case: str  #: reference of the case that it went to
    to_council: str  #: who had sent it
    digest: str  #: SHA-256 of the contents that came
    received_at: datetime  #: aware


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldFile:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldParcel:
    """What one side tells the other."""

    parcel_id: str
    conversation: str  #: id of the parcel that began the receiver's case
    agreement: str
    message: str
    opens_case: bool
    from_council: str
    from_case: str  #: reference
    to_council: str
    sent_at: datetime  #: aware
    facts: Mapping[str, Any]  #: JSON values
    files: tuple[ToldFile, ...]
    receipts: tuple[ToldReceipt, ...]  #: of what its sender has received in this conversation


def write(told: ToldParcel | ToldReceipt) -> bytes:
    """As it is signed: JSON in UTF-8, its keys in order, without blanks."""
    table = _parcel_table(told) if isinstance(told, ToldParcel) else {"what": "receipt", **_receipt_table(told)}
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def read(data: bytes) -> ToldParcel | ToldReceipt:
    """Raises ParcelRefusedError for what is neither."""
    try:
        table = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _refused("cannot be read") from None
    fields = _Fields(table)
    what = fields.text("what")
    if what == "receipt":
        return _receipt(fields)
    if what != "parcel":
        raise _refused("is neither a parcel nor a receipt")
    told = ToldParcel(
        parcel_id=fields.text("parcel", _ID),
        conversation=fields.text("conversation", _ID),
        agreement=fields.text("agreement", _NAME),
        message=fields.text("message", _NAME),
        opens_case=fields.kind("opens_case", bool),
        from_council=fields.text("from", _NAME),
        from_case=fields.text("from_case"),
        to_council=fields.text("to", _NAME),
        sent_at=fields.moment("sent_at"),
        facts=_facts(fields.kind("facts", dict)),
        files=tuple(_file(each) for each in fields.several("files", _MOST_FILES)),
        receipts=tuple(_receipt(each) for each in fields.several("receipts", _MOST_RECEIPTS)),
    )
    fields.refuse_the_rest()
    return told


def _parcel_table(told: ToldParcel) -> dict[str, Any]:
    return {
        "what": "parcel", "parcel": told.parcel_id, "conversation": told.conversation, "agreement": told.agreement,
        "message": told.message, "opens_case": told.opens_case, "from": told.from_council, "from_case": told.from_case,
        "to": told.to_council, "sent_at": told.sent_at.isoformat(), "facts": dict(told.facts),
        "files": [
            {"name": each.name, "media_type": each.media_type, "data": b64encode(each.data).decode()}
            for each in told.files
        ],
        "receipts": [_receipt_table(each) for each in told.receipts],
    }  # fmt: skip


def _receipt_table(told: ToldReceipt) -> dict[str, Any]:
    return {
        "parcel": told.parcel_id, "agreement": told.agreement, "from": told.from_council, "from_case": told.from_case,
        "to": told.to_council, "digest": told.digest, "received_at": told.received_at.isoformat(),
    }  # fmt: skip


def _receipt(fields: _Fields) -> ToldReceipt:
    told = ToldReceipt(
        parcel_id=fields.text("parcel", _ID),
        agreement=fields.text("agreement", _NAME),
        from_council=fields.text("from", _NAME),
        from_case=fields.text("from_case"),
        to_council=fields.text("to", _NAME),
        digest=fields.text("digest", _DIGEST),
        received_at=fields.moment("received_at"),
    )
    fields.refuse_the_rest()
    return told


def _file(fields: _Fields) -> ToldFile:
    name, media_type, text = fields.text("name", longest=200), fields.text("media_type"), fields.kind("data", str)
    fields.refuse_the_rest()
    try:
        return ToldFile(name=name, media_type=media_type, data=b64decode(text, validate=True))
    except (NotBase64, ValueError):
        raise _refused("has a file that cannot be read") from None


def _facts(table: dict[str, Any]) -> dict[str, Any]:
    for name in table:
        if not _NAME.fullmatch(name):
            raise _refused("has a fact without a name")
    return table


class _Fields:
    """An object of the JSON while it is read."""

    def __init__(self, table: object) -> None:
        if not isinstance(table, dict):
            raise _refused("is no object where one is to be")
        self._left: dict[str, Any] = dict(table)

    def kind(self, name: str, kind: type[T]) -> T:
        value: object = self._left.pop(name, None)
        if type(value) is not kind:
            raise _refused(f"says nothing that is understood as “{name}”")
        return value

    def text(self, name: str, fits: re.Pattern[str] | None = None, *, longest: int = 60) -> str:
        value = self.kind(name, str)
        if not (0 < len(value) <= (longest if fits is None else 200) and value.isprintable()):
            raise _refused(f"says nothing that is understood as “{name}”")
        if fits is not None and not fits.fullmatch(value):
            raise _refused(f"says nothing that is understood as “{name}”")
        return value

    def moment(self, name: str) -> datetime:
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            found = None
        if found is None or found.utcoffset() is None or not 2000 <= found.year <= 9000:
            raise _refused(f"has no moment as “{name}”")
        return found

    def several(self, name: str, most: int) -> list[_Fields]:
        found = self.kind(name, list)
        if len(found) > most:
            raise _refused(f"has more than {most} of “{name}”")
        return [_Fields(each) for each in found]

    def refuse_the_rest(self) -> None:
        if self._left:
            raise _refused(f"says “{next(iter(self._left))[:40]}”, which is not known here")


def _refuse_constant(_name: str) -> object:
    raise ValueError


def _refused(what: str) -> ParcelRefusedError:
    return ParcelRefusedError(
        f"What is in this file {what}. Ask whoever sent it which version of the software wrote it."
    )
