"""Who the other side of an agreement is, as the council's policy has it today.

A case goes on by the version that it began with; a key that was changed since then counts for it all the same.
"""

from __future__ import annotations

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.variants import Agreement, Elsewhere


def party_elsewhere(office: Office, council_id: str, agreement: Agreement, party: str) -> Elsewhere | None:
    """None where the party is no party in another installation. `agreement`: as the case's own version has it, for a
    council of which no version is in force."""
    return today(office, council_id, agreement).party_elsewhere(party)


def today(office: Office, council_id: str, agreement: Agreement) -> Agreement:
    """The agreement of this name as it is now; as it was, where it is in the policy no more."""
    policy = policy_in_force(office, council_id)
    if policy is None:
        return agreement
    return next((each for each in policy.settings.agreements if each.name == agreement.name), agreement)
