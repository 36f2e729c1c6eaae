"""The log of second reports, and of who was told then that there are case reviews: of people who never applied."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from engine.store.schema.base import Instant, metadata, number

explanations = Table(
    "explanations",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("seq"),
    Column("entry", Integer, nullable=False, comment="the seq with which what it is about began"),
    Column("kind", String(20), nullable=False, comment="entered, changed or erased"),
    Column("is_last", Boolean, nullable=False, comment="nothing later is said of the same"),
    Column("reported_on", Date, nullable=False, comment="the day of the second report"),
    Column("explained_on", Date, comment="null: nobody has explained it yet"),
    Column("words", Text, comment="by which it is found; null: erased"),
    Column("at", Instant, nullable=False),
    Column("salt", String(32), comment="null: erased"),
    Column("content", Text, comment="JSON: answers, by whom, why; null: erased"),
    Column("digest", String(64), nullable=False, comment="SHA-256 over salt and content"),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 over previous, seq, at, kind and digest"),
    Column("once", String(64), comment="of the page that was sent; null: of none"),
    UniqueConstraint("council_id", "once"),
    Index("ix_explanations_entry", "council_id", "entry"),
    Index(
        "ix_explanations_last", "council_id", "reported_on",
        sqlite_where=text("is_last"), postgresql_where=text("is_last"),
    ),
)  # fmt: skip
