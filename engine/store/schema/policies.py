"""The versions of a council's policy that were put in force, in their order."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from engine.store.schema.base import Instant, metadata, number

policy_sources = Table(
    "policy_sources",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 over the names and contents of all files"),
    Column("pack", LargeBinary, nullable=False),
    comment="the folders that a version was read from, file by file, as they lay",
)

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("number"),
    Column("digest", String(64), ForeignKey("variant_versions.digest"), nullable=False),
    Column("source_digest", String(64), ForeignKey("policy_sources.digest"), comment="null: it was not kept"),
    Column("prefix", String(10), nullable=False, comment="of its references"),
    Column("in_force_from", Date, nullable=False),
    Column("put_at", Instant, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("approved_by", Text, comment="null: nobody had to"),
    Column("again", Integer, comment="the earlier version that is in force again; null: none"),
    Column("judgement", Text, nullable=False, comment="JSON: what it was found to be, and what was passed over"),
    Index("ix_policy_versions_in_force", "council_id", "in_force_from"),
    comment="append-only: which version of a council's policy is in force from which day, by whose decision",
)
