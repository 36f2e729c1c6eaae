"""The record of a case: append-only, each entry chained to the one before over a salted digest of what it says.

The contents stand apart, so that they can be erased (retention, a person's right) and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, and_, bindparam, delete, func, select

from engine.model import RecordEntry
from engine.record_kinds import RecordKind, read_kind
from engine.store.batch import Batch
from engine.store.chain_links import ChainLink, numbered_links_of
from engine.store.database import upserting
from engine.store.schema import anchors, cases, record, record_contents
from engine.words import day_in_words


def first_link(council_id: str, reference: str) -> str:
    """What the first entry is chained to: the case's own name."""
    return hashlib.sha256(f"{council_id}\n{reference}".encode()).hexdigest()


def digest_of(salt: str, content: str) -> str:
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def hash_of(previous: str, seq: int, at: datetime, kind: str, digest: str) -> str:
    at_text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return hashlib.sha256(f"{previous}\n{seq}\n{at_text}\n{kind}\n{digest}".encode()).hexdigest()


def append(
    batch: Batch, entries: Sequence[tuple[RecordKind, Mapping[str, Any]]], *, seq: int, head: str, at: datetime
) -> tuple[int, str]:
    """Chain `entries` (kind, content) after (seq, head) and put them into the batch; gives the new seq and head."""
    for kind, content in entries:
        seq += 1
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        salt = secrets.token_hex(8)
        digest = digest_of(salt, text)
        link = hash_of(head, seq, at, kind, digest)
        entry = {"seq": seq, "at": at, "kind": kind, "digest": digest, "previous": head, "hash": link}
        batch.add_plain(record, seq, entry)
        batch.add_plain(record_contents, seq, {"seq": seq, "salt": salt, "content": text})
        head = link
    return seq, head


def entries_of(
    connection: Connection,
    case_id: int,
    *,
    without: Collection[RecordKind] = (),
    only: Collection[RecordKind] = (),
    after: int = 0,
) -> list[RecordEntry]:
    """The entries in their order: those with a number above `after`, the kinds `without` left out, or the kinds
    `only`."""
    query = (
        select(record.c.seq, record.c.at, record.c.kind, record_contents.c.content)
        .select_from(_with_contents())
        .where(record.c.case_id == case_id, record.c.seq > after)
        .order_by(record.c.seq)
    )
    if without:
        query = query.where(record.c.kind.not_in(without))
    if only:
        query = query.where(record.c.kind.in_(only))
    rows = connection.execute(query)
    return [
        RecordEntry(
            seq=r.seq, at=r.at, kind=read_kind(r.kind), content=None if r.content is None else json.loads(r.content)
        )
        for r in rows
    ]


def has_entries_after(connection: Connection, case_id: int, seq: int, *, besides: Collection[RecordKind]) -> bool:
    """Whether the record goes on after entry `seq` with anything but entries of the kinds `besides`."""
    query = select(record.c.seq).where(record.c.case_id == case_id, record.c.seq > seq, record.c.kind.not_in(besides))
    return connection.execute(query.limit(1)).first() is not None


def erase(batch: Batch, seqs: Iterable[int]) -> None:
    """Take the contents away; the entries and the chain stay. The caller records that it was done."""
    batch.sweep(_ERASING, {"seqs": list(seqs)})


_ERASING = delete(record_contents).where(
    record_contents.c.case_id == bindparam("b_case"), record_contents.c.seq.in_(bindparam("seqs", expanding=True))
)


def erasures_among(connection: Connection, case_id: int, seqs: Iterable[int]) -> list[int]:
    """Those of the entries that record an erasure: without them, what was erased would seem to be lost."""
    query = select(record.c.seq).where(
        record.c.case_id == case_id, record.c.seq.in_(list(seqs)), record.c.kind == RecordKind.CONTENTS_ERASED
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
    links = numbered_links_of(connection, case_id)
    found: list[Break] = []

    def broken(seq: int | None, sentence: str) -> None:
        found.append(Break(reference=case.reference, seq=seq, sentence=sentence))

    erased = _erased(row for _, row in links if row is not None)
    expected, head = 1, first_link(case.opened_for or case.council_id, case.reference)
    heads: dict[int, str] = {0: head}
    for seq, row in links:
        if not isinstance(seq, int) or seq < 1:
            broken(None, f"an entry has been altered: its number is “{seq}”")
            continue
        if expected < seq:
            last = seq - 1
            broken(
                expected,
                f"entry {expected} is missing" if expected == last else f"entries {expected} to {last} are missing",
            )
        is_after_gap, expected = expected < seq, seq + 1
        if row is None:
            broken(seq, f"entry {seq} has been altered: it cannot be read")
            head = ""
            continue
        if head and row.previous != head and not is_after_gap:
            broken(seq, f"entry {seq} is not chained to the entry before it")
        if row.content is None:
            if seq not in erased:
                broken(seq, f"what entry {seq} says is gone, and no entry records that it was erased")
        elif digest_of(row.salt or "", row.content) != row.digest:
            broken(seq, f"what entry {seq} says has been altered")
        if hash_of(row.previous, seq, row.at, row.kind, row.digest) != row.hash:
            broken(seq, f"entry {seq} has been altered (its time, kind or digest)")
        if row.council_id != case.council_id or row.content_council_id not in (None, case.council_id):
            broken(seq, f"entry {seq} has been altered: it is filed under another council")
        head = heads[seq] = row.hash
    if expected - 1 < case.record_seq:
        broken(expected, f"the record ends at entry {expected - 1}; the case says it has {case.record_seq} entries")
    elif expected - 1 > case.record_seq or head != case.record_head:
        broken(None, "the head that the case row holds is not the end of the record")
    try:
        anchored = connection.execute(select(anchors).where(anchors.c.case_id == case_id).order_by(anchors.c.day)).all()
    except ValueError:  # SQLite keeps a day as text
        broken(None, "an anchor has been altered: its day cannot be read")
        return found
    for anchor in anchored:
        if heads.get(anchor.seq) != anchor.head:
            what = "has been cut off or rewritten" if anchor.seq not in heads else "is not the entry that was anchored"
            broken(anchor.seq, f"the anchor of {day_in_words(anchor.day)} names entry {anchor.seq}; it {what}")
    return found


def _erased(links: Iterable[ChainLink]) -> set[int]:
    """The entries that others say were erased; what has been altered says nothing."""
    said = [
        json.loads(row.content)
        for row in links
        if row.kind == RecordKind.CONTENTS_ERASED
        and row.content is not None
        and digest_of(row.salt or "", row.content) == row.digest
    ]
    return {seq for content in said for seq in content["entries"]}


def lay_anchor(connection: Connection, day: date) -> int:
    """Note the heads of all chains that grew since their last anchor; gives how many. A day is anchored once."""
    last = select(anchors.c.case_id, func.max(anchors.c.seq).label("seq")).group_by(anchors.c.case_id).subquery()
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
                {
                    "day": day,
                    "case_id": r.case_id,
                    "council_id": r.council_id,
                    "seq": r.record_seq,
                    "head": r.record_head,
                }
                for r in rows
            ],
        )
    return len(rows)


def _with_contents() -> FromClause:
    return record.outerjoin(
        record_contents, and_(record_contents.c.case_id == record.c.case_id, record_contents.c.seq == record.c.seq)
    )
