"""What is known of a case, what it was told and what it sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Text, text

from engine.store.schema.base import Instant, case, council, metadata, number

facts = Table(
    "facts",
    metadata,
    case(),
    number(),
    council(),
    Column("collection", String(80), nullable=False, comment="empty for the case itself"),
    Column("item_id", Text, nullable=False, comment="empty for the case itself"),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("happened_on", Date),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Column("source", Text, nullable=False),
    Column("supersedes", Integer),
    Column("is_current", Boolean, nullable=False),
    Column("undone_at", Instant, comment="when the completion that told it was undone"),
    Index(
        "ix_facts_current",
        "case_id",
        "collection",
        "item_id",
        sqlite_where=text("is_current = 1"),
        postgresql_where=text("is_current"),
    ),
)

documents = Table(
    "documents",
    metadata,
    case(),
    number(),
    council(),
    Column("letter", String(120), nullable=False),
    Column("title", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("pdf", LargeBinary),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the PDF, or of the text where there is none"),
    Column("once_key", String(200), nullable=False, unique=True),
    Column("sent_at", Instant, nullable=False),
    Column("roles", Text, comment="of the recipient in the case, with commas; null: none"),
    Column("language", String(10), comment="code of the language that it is written in; null: English"),
)

messages = Table(
    "messages",
    metadata,
    case(),
    Column("message_id", String(120), primary_key=True),
    council(),
    Column("name", String(200), nullable=False),
    Column("received_at", Instant, nullable=False),
    comment="ids of messages a case has been told, so that each is told once",
)

attachments = Table(
    "attachments",
    metadata,
    case(),
    number(),
    council(),
    Column("task", Integer, comment="number of the task it was added to; null: to the case"),
    Column("name", Text, nullable=False, comment="as the person's computer called it"),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False, comment="bytes"),
    Column("digest", String(64), nullable=False, comment="SHA-256; the file lies under it, outside the web root"),
    Column("added_by", String(200), nullable=False),
    Column("added_at", Instant, nullable=False),
)
