"""The policy owner's workshop: a draft is judged before it counts, approved where need be, and put in force."""

from engine.workshop.background import has_proposal_to_judge, judge_next_proposal
from engine.workshop.closed_cases import (
    ClosedChoice,
    PastImpact,
    ReplayedCase,
    ReplayKind,
    impact_on_closed_cases,
)
from engine.workshop.draft import PolicyDraft, draft_from, draft_in
from engine.workshop.impact import CaseImpact, Impact, MoveKind, impact_on_open_cases
from engine.workshop.move_words import told_of_move, told_of_places, told_of_preview, told_of_replay
from engine.workshop.moves import (
    CaseOutcome,
    MoveWanted,
    cases_to_move,
    move_back,
    move_open_cases,
    names_of_versions,
    open_cases_named,
    version_to_move_to,
)
from engine.workshop.owners import needs_second_owner, policy_owners
from engine.workshop.proposals import Proposal, approve, decline, list_proposals, proposal_numbered
from engine.workshop.publication import Publication, propose, publish, roll_back
from engine.workshop.upload import LARGEST_ZIP, source_in_zip
from engine.workshop.versions import (
    ListedVersion,
    check_in_force,
    draft_of_version,
    last_number,
    list_versions,
    source_of_version,
    version_numbered,
)

__all__ = [
    "LARGEST_ZIP",
    "CaseImpact",
    "CaseOutcome",
    "ClosedChoice",
    "Impact",
    "ListedVersion",
    "MoveKind",
    "MoveWanted",
    "PastImpact",
    "PolicyDraft",
    "Proposal",
    "Publication",
    "ReplayKind",
    "ReplayedCase",
    "approve",
    "cases_to_move",
    "check_in_force",
    "decline",
    "draft_from",
    "draft_in",
    "draft_of_version",
    "has_proposal_to_judge",
    "impact_on_closed_cases",
    "impact_on_open_cases",
    "judge_next_proposal",
    "last_number",
    "list_proposals",
    "list_versions",
    "move_back",
    "move_open_cases",
    "names_of_versions",
    "needs_second_owner",
    "open_cases_named",
    "policy_owners",
    "proposal_numbered",
    "propose",
    "publish",
    "roll_back",
    "source_in_zip",
    "source_of_version",
    "told_of_move",
    "told_of_places",
    "told_of_preview",
    "told_of_replay",
    "version_numbered",
    "version_to_move_to",
]
