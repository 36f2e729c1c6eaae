"""What people have typed and not yet said: drafts, applications that are being written; and filters they keep."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from engine.store.schema.base import CaseId, Instant, council, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("person", String(200), primary_key=True),
    Column("place", String(300), primary_key=True, comment="what it is the draft of, such as task HBC-2026-0001.17"),
    Column("content", Text, nullable=False, comment="JSON"),
    Column("saved_at", Instant, nullable=False),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("filter_id", CaseId, primary_key=True, autoincrement=True),
    council(),
    Column("person", String(200), nullable=False),
    Column("name", String(80), nullable=False),
    Column("query", Text, nullable=False, comment="the choice as it stands in the address"),
    Column("is_shared", Boolean, nullable=False, comment="colleagues of the council see it too"),
    Index("ix_saved_filters_council", "council_id", "person"),
)

applications = Table(
    "applications",
    metadata,
    Column("token", String(64), primary_key=True, comment="SHA-256 of the code with which the applicant returns"),
    council(),
    Column("content", Text, nullable=False, comment="JSON: the answers so far"),
    Column("files", Text, nullable=False, comment="JSON: the files so far"),
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, comment="after it the draft is deleted"),
    Column("reference", String(60), comment="of the case, once it was sent"),
    Column("language", String(10), comment="code of the language in which it is written; null: the council's first"),
    Index("ix_applications_ends", "ends_at"),
)
