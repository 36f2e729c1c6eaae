"""What a policy would do to the cases of its council, as it was worked out in the background."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from engine.store.schema.base import Instant, metadata

policy_impacts = Table(
    "policy_impacts",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("digest", String(64), primary_key=True, comment="of the policy"),
    Column("pack", LargeBinary, comment="the policy; null: it was worked out"),
    Column("asked_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, comment="how often a worker took it"),
    Column("progress", Text, nullable=False, comment="how far it is"),
    Column("lease", String(16), comment="of the worker that works it out"),
    Column("lease_until", Instant),
    Column("found_at", Instant, comment="as of when it was worked out; null: not yet"),
    Column("found", LargeBinary, comment="what it would do: deflated JSON; null: not yet"),
    Column("why_not", Text, nullable=False, comment="why it could not be worked out; empty: it could, or not yet"),
    comment="what a draft would do to open cases, and would have done to closed ones; worked out again at any time",
)
