"""The record: entries chained, contents apart, anchors."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text

from engine.store.schema.base import CaseId, Instant, case, council, metadata

record = Table(
    "record",
    metadata,
    case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    council(),
    Column("at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 over salt and content"),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 over previous, seq, at, kind and digest"),
)

record_contents = Table(
    "record_contents",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    council(),
    Column("salt", String(32), nullable=False),
    Column("content", Text, nullable=False),
    comment="what the entries say; a row can be erased and the chain still verifies",
)

anchors = Table(
    "anchors",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    council(),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    comment="per day, the heads of the chains that grew since the day before: a cut-off tail is seen",
)
