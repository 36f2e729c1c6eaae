"""Whose word puts a policy in force: a policy owner's, and a second one's where the council asks for that."""

from __future__ import annotations

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.errors import NotAllowedError
from engine.variants import Role, Variant
from engine.words import listed


def needs_second_owner(office: Office, council_id: str, draft: Variant | None = None) -> bool:
    """Whether another policy owner has to approve it: the policy in force says so, or the draft does. So nobody takes
    the rule away alone."""
    policies = (policy_in_force(office, council_id), draft)
    return any(policy is not None and policy.settings.needs_second_owner for policy in policies)


def policy_owners(office: Office, variant: Variant) -> tuple[str, ...]:
    """The names of the council's policy owners as they are now."""
    people = office.settings_in_force(variant, variant.id).people
    return tuple(person.name for person in people if Role.POLICY_OWNER in person.roles)


def refuse_stranger(office: Office, variant: Variant, name: str) -> None:
    """Raises NotAllowedError for whoever is no policy owner of the council."""
    owners = policy_owners(office, variant)
    if name not in owners:
        there_are = f"Its policy owners: {listed(owners)}." if owners else "It has none yet: add one under People."
        raise NotAllowedError(f"“{name[:60]}” is no policy owner of {variant.name}. {there_are}")


def refuse_same_person(proposed_by: str, by: str) -> None:
    """Raises NotAllowedError."""
    if proposed_by == by:
        raise NotAllowedError(f"{by} proposed it, and it is another policy owner who approves it: four eyes see more.")
