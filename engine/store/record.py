"""The record of a case: append-only, each entry chained to the one before over a salted digest of what it says.

The contents stand apart, so that they can be erased (retention, a person's right) and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from engine.model import RecordEntry
from engine.store.batch import Batch
from engine.store.database import upserting
from engine.store.schema import anchors, cases, record, record_contents

#: The kind of the entries that say which contents were erased.
ERASURE = "contents erased"


def first_link(council_id: str, reference: str) -> str:
    """What the first entry is chained to: the case's own name."""
    return hashlib.sha256(f"{council_id}\n{reference}".encode()).hexdigest()


def digest_of(salt: str, content: str) -> str:
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def hash_of(previous: str, seq: int, at: datetime, kind: str, digest: str) -> str:
    at_text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return hashlib.sha256(f"{previous}\n{seq}\n{at_text}\n{kind}\n{digest}".encode()).hexdigest()


def append(
    batch: Batch, entries: Sequence[tuple[str, Mapping[str, Any]]], *, seq: int, head: str, at: datetime, council_id: str
) -> tuple[int, str]:
    """Chain `entries` (kind, content) after (seq, head) and put them into the batch; gives the new seq and head."""
    for kind, content in entries:
        seq += 1
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        salt = secrets.token_hex(8)
        digest = digest_of(salt, text)
        link = hash_of(head, seq, at, kind, digest)
        batch.add_plain(
            "record", seq, seq=seq, council_id=council_id, at=at, kind=kind, digest=digest, previous=head, hash=link
        )
        batch.add_plain("record_contents", seq, seq=seq, salt=salt, content=text)
        head = link
    return seq, head


def entries_of(connection: Connection, case_id: int) -> list[RecordEntry]:
    rows = connection.execute(
        select(record.c.seq, record.c.at, record.c.kind, record_contents.c.content)
        .select_from(_with_contents())
        .where(record.c.case_id == case_id)
        .order_by(record.c.seq)
    )
    return [
        RecordEntry(seq=r.seq, at=r.at, kind=r.kind, content=None if r.content is None else json.loads(r.content))
        for r in rows
    ]


def erase(connection: Connection, case_id: int, seqs: Iterable[int]) -> None:
    """Take the contents away; the entries and the chain stay. The caller records that it was done."""
    connection.execute(
        delete(record_contents).where(record_contents.c.case_id == case_id, record_contents.c.seq.in_(list(seqs)))
    )


def erasures_among(connection: Connection, case_id: int, seqs: Iterable[int]) -> list[int]:
    """Those of the entries that record an erasure: without them, what was erased would seem to be lost."""
    query = select(record.c.seq).where(
        record.c.case_id == case_id, record.c.seq.in_(list(seqs)), record.c.kind == ERASURE
    )
    return list(connection.execute(query.order_by(record.c.seq)).scalars())


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A place where the record is not what was written."""

    reference: str
    seq: int | None  #: None where it is about the whole chain
    sentence: str


def verify(connection: Connection, case_id: int) -> list[Break]:
    """Every break of one case's chain, against the case's head and the anchors. Empty where it is whole."""
    case = connection.execute(select(cases).where(cases.c.case_id == case_id)).one()
    rows = connection.execute(
        select(record, record_contents.c.salt, record_contents.c.content)
        .select_from(_with_contents())
        .where(record.c.case_id == case_id)
        .order_by(record.c.seq)
    ).all()
    found: list[Break] = []

    def broken(seq: int | None, sentence: str) -> None:
        found.append(Break(reference=case.reference, seq=seq, sentence=sentence))

    erased = {
        seq
        for row in rows
        if row.kind == ERASURE and row.content
        for seq in json.loads(row.content).get("entries", [])
    }
    expected, head = 1, first_link(case.council_id, case.reference)
    heads: dict[int, str] = {0: head}
    for row in rows:
        while expected < row.seq:
            broken(expected, f"entry {expected} is missing")
            expected += 1
            head = row.previous
        if row.previous != head:
            broken(row.seq, f"entry {row.seq} is not chained to the entry before it")
        if row.content is None:
            if row.seq not in erased:
                broken(row.seq, f"what entry {row.seq} says is gone, and no entry records that it was erased")
        elif digest_of(row.salt, row.content) != row.digest:
            broken(row.seq, f"what entry {row.seq} says has been altered")
        if hash_of(row.previous, row.seq, row.at, row.kind, row.digest) != row.hash:
            broken(row.seq, f"entry {row.seq} has been altered (its time, kind or digest)")
        head = heads[row.seq] = row.hash
        expected += 1
    if expected - 1 < case.record_seq:
        broken(expected, f"the record ends at entry {expected - 1}; the case says it has {case.record_seq} entries")
    elif expected - 1 > case.record_seq or head != case.record_head:
        broken(None, "the head that the case row holds is not the end of the record")
    for anchor in connection.execute(select(anchors).where(anchors.c.case_id == case_id).order_by(anchors.c.day)):
        if heads.get(anchor.seq) != anchor.head:
            what = "has been cut off or rewritten" if anchor.seq not in heads else "is not the entry that was anchored"
            broken(anchor.seq, f"the anchor of {anchor.day:%-d %B %Y} names entry {anchor.seq}; it {what}")
    return found


def lay_anchor(connection: Connection, day: date) -> int:
    """Note the heads of all chains that grew since their last anchor; gives how many. A day is anchored once."""
    last = (
        select(anchors.c.case_id, func.max(anchors.c.seq).label("seq")).group_by(anchors.c.case_id).subquery()
    )
    today = select(anchors.c.case_id).where(anchors.c.day == day)
    rows = connection.execute(
        select(cases.c.case_id, cases.c.council_id, cases.c.record_seq, cases.c.record_head)
        .select_from(cases.outerjoin(last, last.c.case_id == cases.c.case_id))
        .where((last.c.seq.is_(None)) | (last.c.seq < cases.c.record_seq), cases.c.case_id.not_in(today))
    ).all()
    if rows:
        connection.execute(
            # two sweeps at the same moment lay the same anchor
            upserting(connection)(anchors).on_conflict_do_nothing(),
            [
                {"day": day, "case_id": r.case_id, "council_id": r.council_id, "seq": r.record_seq, "head": r.record_head}
                for r in rows
            ],
        )
    return len(rows)


def _with_contents() -> Any:
    return record.outerjoin(
        record_contents, and_(record_contents.c.case_id == record.c.case_id, record_contents.c.seq == record.c.seq)
    )
