"""Cases and what they run by."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.diagram.model import EventKind
from engine.model import CaseStatus, InstanceStatus
from engine.store.schema.base import CaseId, Instant, Word, case, council, metadata, number

properties = Table(
    "properties",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="what this database is, e.g. that it was made for simulation",
)

variant_versions = Table(
    "variant_versions",
    metadata,
    Column("digest", String(64), primary_key=True),
    council(),
    Column("pack", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
    comment="immutable variant versions; a case keeps its own",
)

reference_counters = Table(
    "reference_counters",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("series", String(5), primary_key=True, comment="capitals after the council's prefix; empty: applications"),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", CaseId, primary_key=True, autoincrement=True),
    council(),
    Column("reference", String(60), nullable=False),
    Column("variant_digest", String(64), ForeignKey("variant_versions.digest"), nullable=False),
    Column("calendar_digest", String(64), comment="the version whose calendar counts its days; null: its own"),
    Column("status", Word(CaseStatus), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_as", Text),
    Column("last_number", Integer, nullable=False),
    Column("item_counts", Text, nullable=False, comment="JSON: items made so far, per collection"),
    Column("record_seq", Integer, nullable=False),
    Column("record_head", String(64), nullable=False),
    Column(
        "title", Text, nullable=False, server_default=text("''"), comment="what people know the case by, from its facts"
    ),
    Column(
        "opened_for",
        String(80),
        comment="the council's id when it was opened, with which its record begins; null: the same",
    ),
    UniqueConstraint("council_id", "reference"),
    Index("ix_cases_council_status", "council_id", "status"),
    Index("ix_cases_reference", "reference"),
    Index("ix_cases_council_opened", "council_id", "opened_at"),
)

instances = Table(
    "instances",
    metadata,
    case(),
    number(),
    council(),
    Column("process_id", String(200), nullable=False),
    Column("parent", Integer, comment="instance that called it"),
    Column("parent_token", Integer, comment="token of the call activity in the parent"),
    Column("position", Integer, nullable=False, comment="0-based place in the multi-instance collection"),
    Column("element_value", Text, comment="the element of the collection it is for, as FEEL value"),
    Column("collection", String(80), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("status", Word(InstanceStatus), nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("variables", Text, nullable=False),
    Column("output", Text, comment="outputElement of a multi-instance child, as FEEL value"),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_as", Text),
    Column("within", Text, comment="JSON: ids of the items within which its own stands, the innermost first"),
    Column("frame", Integer, comment="number of the nearest time frame round it; null: none"),
    Index("ix_instances_parent_token", "case_id", "parent_token"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    case(),
    number(),
    council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("kind", Word(EventKind), nullable=False),
    Column("name", String(200), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
)

undo = Table(
    "undo",
    metadata,
    case(),
    council(),
    Column("task", Integer, nullable=False, comment="the task that was completed"),
    Column("first_seq", Integer, nullable=False, comment="the entries of the record that it made"),
    Column("last_seq", Integer, nullable=False),
    Column("last_number", Integer, nullable=False, comment="before it; what it made has higher numbers"),
    Column("item_counts", Text, nullable=False, comment="before it"),
    Column("instances", Text, nullable=False, comment="JSON: the process instances it moved, as they were"),
    Column("days", Text, comment="JSON: the days it moved, as they were; null: none"),
    comment="per case, what the latest completion changed and cannot be told from what it left",
)

case_words = Table(
    "case_words",
    metadata,
    Column("council_id", String(80), primary_key=True),
    Column("word", String(40, collation="C").with_variant(String(40), "sqlite"), primary_key=True),
    Column("case_id", CaseId, primary_key=True, autoincrement=False),
    Index("ix_case_words_case", "case_id"),
    comment="the words of names and addresses, small letters, by which a case is found",
)
