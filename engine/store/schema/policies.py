"""The versions of a council's policy that were put in force, in their order, what is proposed to be one, and drafts."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from engine.model import ProposalStatus
from engine.store.schema.base import Instant, Word, case, council, metadata, number

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
    Column("commit_id", String(64), comment="of the git checkout that it was read from; null: that is not known"),
    Column("commit_has_all", Boolean, comment="every file was as that commit has it; null: there is none"),
    Index("ix_policy_versions_in_force", "council_id", "in_force_from"),
    comment="append-only: which version of a council's policy is in force from which day, by whose decision",
)

policy_proposals = Table(
    "policy_proposals",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("number"),
    Column("status", Word(ProposalStatus), nullable=False),
    Column("digest", String(64), nullable=False, comment="of the variant version that it would be"),
    Column("source_digest", String(64), ForeignKey("policy_sources.digest"), comment="null: it was not kept"),
    Column("again", Integer, comment="the earlier version that would be in force again; null: none"),
    Column("follows", Integer, nullable=False, comment="the council's last version when it was proposed; 0: none"),
    Column("in_force_from", Date, comment="null: the day on which it is put in force"),
    Column("proposed_at", Instant, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("despite", Text, nullable=False, comment="why warnings that are new with it do not matter"),
    Column("judgement", Text, comment="JSON: what it was found to be; null: not judged yet"),
    Column("approved_by", Text, comment="who has said yes; null: nobody yet"),
    Column("progress", Text, nullable=False, comment="what of it is being judged"),
    Column("attempts", Integer, nullable=False, comment="how often judging it was begun"),
    Column("lease", String(16), comment="of the worker that judges it"),
    Column("lease_until", Instant),
    Column("ended_at", Instant),
    Column("ended_by", Text, comment="who declined it or took it back; null: nobody"),
    Column("reasons", Text, nullable=False, comment="JSON: the sentences for which it came to nothing"),
    Column("version", Integer, comment="the version that it became"),
    Column("commit_id", String(64), comment="of the git checkout that it was read from; null: that is not known"),
    Column("commit_has_all", Boolean, comment="every file was as that commit has it; null: there is none"),
    Index("ix_policy_proposals_status", "status"),
    comment="what somebody wants in force: judged, approved where the council asks for it, and put in force",
)

policy_moves = Table(
    "policy_moves",
    metadata,
    case(),
    number(),
    council(),
    Column("was_digest", String(64), ForeignKey("variant_versions.digest"), nullable=False),
    Column("now_digest", String(64), ForeignKey("variant_versions.digest"), nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("table", Text, nullable=False, comment="JSON: what the policy owner said of it"),
    Column("became", Text, nullable=False, comment="JSON: by process, elements that bear another id since: old to new"),
    comment="append-only: from which version to which an open case was moved; the number is the case's own",
)

policy_drafts = Table(
    "policy_drafts",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("number"),
    Column("title", Text, nullable=False),
    Column("source_digest", String(64), ForeignKey("policy_sources.digest"), nullable=False, comment="as it began"),
    Column("began_as", Text, nullable=False, comment="what that was, in words"),
    Column("follows", Integer, nullable=False, comment="the council's last version when it began; 0: none"),
    Column("begun_at", Instant, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("proposal", Integer, comment="the last that was made of it; null: none"),
    Column("put_away_at", Instant),
    Column("put_away_by", Text),
    Column("commit_id", String(64), comment="of the git checkout that it began as; null: that is not known"),
    Column("commit_has_all", Boolean, comment="every file was as that commit has it; null: there is none"),
    comment="policies that are edited in the database; none of them holds until it is put in force",
)

policy_files = Table(
    "policy_files",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of its content"),
    Column("content", LargeBinary, nullable=False),
    comment="what was saved in drafts of policies, each content once",
)

policy_draft_changes = Table(
    "policy_draft_changes",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("draft"),
    number("number"),
    Column("file", String(200), nullable=False),
    Column("was", String(64), ForeignKey("policy_files.digest"), comment="null: the council had no file of its own"),
    Column("now", String(64), ForeignKey("policy_files.digest"), comment="null: it was taken out"),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("sitting", String(32), nullable=False, comment="of one person at one file, whose saves are one change"),
    comment="the history of a draft; the last change of each file, over what it began as, is the draft",
)

policy_draft_comments = Table(
    "policy_draft_comments",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("draft"),
    number("number"),
    Column("file", String(200), nullable=False),
    Column("element", String(200), nullable=False, comment="its id; empty: the whole file"),
    Column("said_at", Instant, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("settled_at", Instant),
    Column("settled_by", Text),
    comment="what policy owners say to each other of a draft",
)

policy_draft_sittings = Table(
    "policy_draft_sittings",
    metadata,
    Column("council_id", String(80), primary_key=True),
    number("draft"),
    Column("sitting", String(32), primary_key=True),
    Column("file", String(200), nullable=False),
    Column("person", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False, comment="when its page last said that it is open"),
    comment="who has which file of a draft open",
)
