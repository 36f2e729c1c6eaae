"""The tables. One code for SQLite and PostgreSQL; migrations (`engine/store/migrations`) are held against this.

Everything inside a case is keyed by (case_id, number): numbers come from the case row, which is the lock, so they
are the same whichever database runs and however often a step was tried. A token, and the task, timer, job or
subscription it waits for, share one number.
"""

from engine.store.schema.base import CaseId, Instant, metadata
from engine.store.schema.cases import (
    case_words,
    cases,
    instances,
    properties,
    reference_counters,
    subscriptions,
    undo,
    variant_versions,
)
from engine.store.schema.drafts import applications, drafts, saved_filters
from engine.store.schema.explanations import explanations
from engine.store.schema.facts import attachments, documents, facts, messages
from engine.store.schema.parcels import parcels
from engine.store.schema.people import (
    absences,
    address_book,
    council_agencies,
    council_teams,
    councils,
    people,
    sessions,
    sign_in_attempts,
)
from engine.store.schema.policies import (
    policy_draft_changes,
    policy_draft_comments,
    policy_draft_sittings,
    policy_drafts,
    policy_files,
    policy_moves,
    policy_proposals,
    policy_sources,
    policy_versions,
)
from engine.store.schema.policy_impacts import policy_impacts
from engine.store.schema.policy_plays import policy_played_examples, policy_plays
from engine.store.schema.record import anchors, record, record_contents
from engine.store.schema.waits import deadlines, frames, incidents, jobs, tasks, timers

__all__ = [
    "CaseId",
    "Instant",
    "absences",
    "address_book",
    "anchors",
    "applications",
    "attachments",
    "case_words",
    "cases",
    "council_agencies",
    "council_teams",
    "councils",
    "deadlines",
    "documents",
    "drafts",
    "explanations",
    "facts",
    "frames",
    "incidents",
    "instances",
    "jobs",
    "messages",
    "metadata",
    "parcels",
    "people",
    "policy_draft_changes",
    "policy_draft_comments",
    "policy_draft_sittings",
    "policy_drafts",
    "policy_files",
    "policy_impacts",
    "policy_moves",
    "policy_played_examples",
    "policy_plays",
    "policy_proposals",
    "policy_sources",
    "policy_versions",
    "properties",
    "record",
    "record_contents",
    "reference_counters",
    "saved_filters",
    "sessions",
    "sign_in_attempts",
    "subscriptions",
    "tasks",
    "timers",
    "undo",
    "variant_versions",
]
