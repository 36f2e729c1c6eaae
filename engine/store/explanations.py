"""The log of second reports of a council: append-only, each entry chained to the one before, as in a case's record.

What is said later of the same second report is another entry; the last one holds. Contents can be erased and the chain
still verifies.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, select, update

from engine.store.case_words import words_in
from engine.store.database import upserting
from engine.store.record import digest_of, hash_of
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import explanations, reference_counters

#: What the first entry is chained to, in every council: one that is given another name keeps its chain.
FIRST_LINK = digest_of("", "explanations")
#: Under which year and series the entries of a council are counted; references have capitals.
_COUNTED = {"year": 0, "series": "log"}
#: Words of a search that are looked for; what comes after them is passed over.
_MOST_WORDS = 8


class LogKind(StrEnum):
    """What an entry of the log says."""

    ENTERED = "entered"
    CHANGED = "changed"  #: explained meanwhile, or corrected
    ERASED = "erased"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogRow:
    """An entry of the log."""

    seq: int
    entry: int  #: the seq with which what it is about began
    kind: str
    reported_on: date  #: the day of the second report
    explained_on: date | None  #: None: nobody has explained it yet
    at: datetime
    content: str | None  #: JSON: answers, by whom, why; None where it was erased


@dataclass(frozen=True, kw_only=True, slots=True)
class _Link:
    seq: int
    kind: str
    reported_on: date
    explained_on: date | None
    at: datetime
    salt: str | None
    content: str | None
    digest: str
    previous: str
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedReports:
    """Which second reports of a council a list holds."""

    council_id: str
    search: str = ""
    is_explained: bool | None = None  #: None: whether or not

    def conditions(self) -> Iterable[ColumnElement[bool]]:
        yield explanations.c.council_id == self.council_id
        yield explanations.c.is_last
        if self.is_explained is not None:
            explained = explanations.c.explained_on.is_not(None)
            yield explained if self.is_explained else and_(~explained, explanations.c.kind != LogKind.ERASED)
        for word in words_in(self.search)[:_MOST_WORDS]:
            yield explanations.c.words.contains(f" {word}", autoescape=True)


_ROWS = select(*columns_of(LogRow, explanations))
_LINKS = select(*columns_of(_Link, explanations)).order_by(explanations.c.seq)


def append_entry(
    connection: Connection,
    council_id: str,
    kind: LogKind,
    content: Mapping[str, Any],
    *,
    entry: int | None,
    reported_on: date,
    explained_on: date | None,
    texts: Iterable[str],
    at: datetime,
    once: str | None = None,
) -> int:
    """Chain an entry; gives its seq. Locks the log until the transaction ends.

    `entry` is what it is about, None for a second report that is entered now. `texts` hold the words by which it is
    found.
    """
    seq = _next_seq(connection, council_id)
    query = select(explanations.c.hash).where(explanations.c.council_id == council_id, explanations.c.seq == seq - 1)
    previous = connection.execute(query).scalar() or FIRST_LINK
    if entry is not None:
        of_entry = (explanations.c.council_id == council_id, explanations.c.entry == entry)
        connection.execute(update(explanations).where(*of_entry).values(is_last=False))
    days = {"reported_on": str(reported_on), "explained_on": str(explained_on) if explained_on is not None else None}
    text = json.dumps({**content, **days}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = digest_of(salt := secrets.token_hex(8), text)
    words = [word for each in texts for word in words_in(each)]
    connection.execute(
        insert(explanations).values(
            council_id=council_id, seq=seq, entry=seq if entry is None else entry, kind=kind, is_last=True,
            reported_on=reported_on, explained_on=explained_on, words=f" {' '.join(words)}", at=at, salt=salt,
            content=text, digest=digest, previous=previous, hash=hash_of(previous, seq, at, kind, digest), once=once,
        )
    )  # fmt: skip
    return seq


def erase_contents(connection: Connection, council_id: str, entry: int) -> list[int]:
    """Take away what all entries about it say; gives their seqs. The chain stays. The caller appends that it was."""
    of_entry = (explanations.c.council_id == council_id, explanations.c.entry == entry)
    seqs = list(connection.execute(select(explanations.c.seq).where(*of_entry)).scalars())
    connection.execute(update(explanations).where(*of_entry).values(salt=None, content=None, words=None))
    return sorted(seqs)


def entry_of_page(connection: Connection, council_id: str, once: str) -> int | None:
    """What was entered with this page already."""
    query = select(explanations.c.entry).where(explanations.c.council_id == council_id, explanations.c.once == once)
    return connection.execute(query).scalar()


def last_of(connection: Connection, council_id: str, entry: int) -> LogRow | None:
    """What holds of the second report."""
    query = _ROWS.where(explanations.c.council_id == council_id, explanations.c.entry == entry, explanations.c.is_last)
    return row_or_none(LogRow, connection.execute(query).one_or_none())


def history_of(connection: Connection, council_id: str, entry: int) -> list[LogRow]:
    """Everything that was said of it, in order."""
    query = _ROWS.where(explanations.c.council_id == council_id, explanations.c.entry == entry)
    return rows_of(LogRow, connection.execute(query.order_by(explanations.c.seq)))


def reports_of(connection: Connection, wanted: WantedReports, *, limit: int, offset: int) -> list[LogRow]:
    """By the day of the second report: the oldest first where it is still to be explained, else the latest first."""
    day = explanations.c.reported_on
    order = (day, explanations.c.entry) if wanted.is_explained is False else (day.desc(), explanations.c.entry.desc())
    query: Select[Any] = _ROWS.where(*wanted.conditions()).order_by(*order)
    return rows_of(LogRow, connection.execute(query.limit(limit).offset(offset)))


def count_reports(connection: Connection, wanted: WantedReports) -> int:
    return connection.execute(select(func.count()).where(*wanted.conditions())).scalar_one()


def explained_or_reported(connection: Connection, council_id: str, *, by: str, first: date, last: date) -> list[LogRow]:
    """Those whose day falls between the two, both included; `by` is explained_on or reported_on. Also erased ones."""
    day = explanations.c[by]
    query = _ROWS.where(explanations.c.council_id == council_id, explanations.c.is_last, day.between(first, last))
    return rows_of(LogRow, connection.execute(query.order_by(day, explanations.c.entry)))


def entries_before(connection: Connection, council_id: str, moment: datetime) -> list[int]:
    """Those of which nothing was said since, and that are not erased yet."""
    query = select(explanations.c.entry).where(
        explanations.c.council_id == council_id, explanations.c.is_last, explanations.c.at < moment,
        explanations.c.kind != LogKind.ERASED,
    )  # fmt: skip
    return list(connection.execute(query.order_by(explanations.c.entry)).scalars())


def councils_with_log(connection: Connection) -> list[str]:
    query = select(explanations.c.council_id).distinct().order_by(explanations.c.council_id)
    return list(connection.execute(query).scalars())


def verify_log(connection: Connection, council_id: str) -> list[tuple[int | None, str]]:
    """Every break of the chain: at which entry, and a sentence. Empty where it is whole."""
    links = rows_of(_Link, connection.execute(_LINKS.where(explanations.c.council_id == council_id)))
    counter = select(reference_counters.c.last).where(
        reference_counters.c.council_id == council_id,
        *(reference_counters.c[name] == value for name, value in _COUNTED.items()),
    )
    erased = {
        seq for link in links if link.kind == LogKind.ERASED and link.content is not None
        for seq in json.loads(link.content)["entries"]
    }  # fmt: skip
    found: list[tuple[int | None, str]] = []
    expected, head = 1, FIRST_LINK
    for link in links:
        if link.seq != expected:
            found.append((expected, f"entries are missing before entry {link.seq}"))
        elif link.previous != head:
            found.append((link.seq, f"entry {link.seq} is not chained to the entry before it"))
        if link.content is None:
            if link.seq not in erased:
                found.append((link.seq, f"what entry {link.seq} says is gone, and no entry says that it was erased"))
        elif digest_of(link.salt or "", link.content) != link.digest or not _says_days(link):
            found.append((link.seq, f"what entry {link.seq} says has been altered"))
        if hash_of(link.previous, link.seq, link.at, link.kind, link.digest) != link.hash:
            found.append((link.seq, f"entry {link.seq} has been altered (its time, kind or digest)"))
        expected, head = link.seq + 1, link.hash
    if (connection.execute(counter).scalar() or 0) != expected - 1:
        found.append((None, f"the log ends at entry {expected - 1}, and more were written"))
    return found


def _says_days(link: _Link) -> bool:
    """Whether the days by which it is listed and counted are those that it says."""
    said = json.loads(link.content or "{}")
    listed = [str(day) if day is not None else None for day in (link.reported_on, link.explained_on)]
    return [said.get("reported_on"), said.get("explained_on")] == listed


def _next_seq(connection: Connection, council_id: str) -> int:
    counted = upserting(connection)(reference_counters).values(council_id=council_id, last=1, **_COUNTED)
    return int(
        connection.execute(
            counted.on_conflict_do_update(
                index_elements=["council_id", "year", "series"], set_={"last": reference_counters.c.last + 1}
            ).returning(reference_counters.c.last)
        ).scalar_one()
    )
