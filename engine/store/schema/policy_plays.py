"""How the worked examples of a policy come out, as far as they were played."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from engine.store.schema.base import Instant, council, metadata

policy_plays = Table(
    "policy_plays",
    metadata,
    Column("digest", String(64), primary_key=True, comment="of the policy, which leaves its worked examples out"),
    council(),
    Column("pack", LargeBinary, comment="the policy with its examples; null: all were played"),
    Column("asked_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, comment="how often a worker took it and told nothing since"),
    Column("lease", String(16), comment="of the worker that plays it"),
    Column("lease_until", Instant),
    Index("ix_policy_plays_council", "council_id"),
    comment="the policies whose worked examples somebody wants played in the background",
)

policy_played_examples = Table(
    "policy_played_examples",
    metadata,
    Column("digest", String(64), primary_key=True, comment="of the policy that it was played on"),
    Column("example", String(64), primary_key=True, comment="SHA-256 over all that the example says"),
    Column("program", String(64), primary_key=True, comment="SHA-256 over the program that played it"),
    Column("name", Text, nullable=False),
    Column("wrong", Text, nullable=False, comment="how it comes out otherwise; empty: it comes out as it says"),
    Column("course", LargeBinary, nullable=False, comment="what it goes through, its days and letters: deflated JSON"),
    comment="what came of a worked example on a policy; it can be played again at any time",
)
