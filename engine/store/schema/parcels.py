"""What is handed over between the cases of two councils or bodies."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text, UniqueConstraint

from engine.store.schema.base import Instant, metadata

parcels = Table(
    "parcels",
    metadata,
    Column("parcel_id", String(32), primary_key=True, comment="by chance"),
    Column("once_key", String(200), nullable=False, comment="of the job that handed it over"),
    Column("conversation", String(32), nullable=False, comment="the parcel that began the other side's case"),
    Column("agreement", String(63), nullable=False),
    Column("message", String(63), nullable=False),
    Column("from_council", String(80), nullable=False),
    Column("from_name", Text, nullable=False, comment="what they were called when it was sent"),
    Column("from_case", String(60), nullable=False, comment="reference"),
    Column("from_item", String(120), nullable=False, comment="'': the case itself"),
    Column("to_council", String(80), nullable=False),
    Column("to_name", Text, nullable=False),
    Column("to_case", String(60), comment="reference; null: not there yet"),
    Column("to_item", String(120), nullable=False),
    Column("opens_case", Boolean, nullable=False, comment="nobody at the other side has a case of it yet"),
    Column("content", Text, nullable=False, comment="JSON: the facts by name, and the files with their digests"),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the content"),
    Column("sent_at", Instant, nullable=False),
    Column("received_at", Instant, comment="null: under way"),
    Column("by_key", String(47), comment="fingerprint of the other installation's; null: within this installation"),
    Column("given_up_at", Instant, comment="null: it is not"),
    UniqueConstraint("once_key"),
    Index("ix_parcels_from", "from_council", "from_case"),
    Index("ix_parcels_to", "to_council", "to_case"),
    Index("ix_parcels_conversation", "conversation"),
)
