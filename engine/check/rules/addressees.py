"""Letters go to people that the variant names, to all whom their clauses name, and print nobody else's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.named_facts import unknown_facts, wrong_expression
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import listed, meant
from engine.letters import AddresseeRole, Letter, prints_of
from engine.letters.addressees import ASKS
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    for role in settings.addressees:
        yield from _of_role(role, policy)
    for name, condition in settings.letter_conditions.items():
        roles = settings.addressees.asked(())
        yield from wrong_expression(condition, f"[letters.when] {name}", policy, besides=roles)
    for letter in policy.variant.letters.values():
        place = Place(file=letter.file, element_id=letter.id, element_name=letter.title)
        for sentence in (*_unknown_roles(letter, policy), *_data_of_others(letter, policy)):
            yield error(place, sentence)
        for sentence in _left_out(letter, policy):
            yield warning(place, sentence)


def _of_role(role: AddresseeRole, policy: Policy) -> Iterator[Problem]:
    yield from unknown_facts((path.partition(".")[0] for path in role.facts), f"[addressees.{role.id}]", policy)
    if role.same_when:
        yield from wrong_expression(role.same_when, f"[addressees.{role.id}] same_when", policy)


def _unknown_roles(letter: Letter, policy: Policy) -> Iterator[str]:
    addressees = policy.variant.settings.addressees
    there_are = [role.id for role in addressees]
    asked = (name.removeprefix(ASKS) for name in sorted(letter.names) if name.startswith(ASKS))
    for role in dict.fromkeys((*letter.roles, *(asked if there_are else ()))):
        if role not in addressees:
            yield f"The letter {letter.id} is for “{role}”, whom [addressees] does not name. {meant(role, there_are)}"


def _left_out(letter: Letter, policy: Policy) -> Iterator[str]:
    """Somebody whom a clause of the letter names, where it goes to other people of the case."""
    there_are = [role.id for role in policy.variant.settings.addressees]
    to = [role for role in there_are if role in letter.roles or _names(letter.to, role)]
    for clause_id in letter.clauses if to else ():
        clause = policy.variant.policy.get(clause_id)
        left_out = [role for role in there_are if clause is not None and role not in to and _names(clause.text, role)]
        if left_out:
            yield (
                f"The letter {letter.id} carries out {clause_id}, which speaks of the {listed(left_out)}, and goes to"
                f" the {listed(to)} alone. Write to = {_toml([*to, *left_out])}, or take the clause out."
            )


def _names(text: str, role: str) -> bool:
    return re.search(rf"\b{re.escape(role.replace('_', ' '))}\b", text, re.IGNORECASE) is not None


def _data_of_others(letter: Letter, policy: Policy) -> Iterator[str]:
    """What is kept for one role, printed where somebody who has another role alone may read it."""
    addressees = policy.variant.settings.addressees
    readers = [role for role in letter.roles if role in addressees]
    said: set[str] = set()
    for printed in prints_of(letter) if readers else ():
        for reader in readers:
            kept = printed.path in addressees.kept_from([reader]) and printed.path not in said
            if kept and printed.may_reach(frozenset({reader})):
                said.add(printed.path)
                owner = next(role.id for role in addressees if printed.path in role.kept)
                yield (
                    f"The letter {letter.id} prints (({printed.path})), which is the {owner}'s, also for the {reader}."
                    f" Write ((to_{owner}??…)) around it."
                )


def _toml(names: list[str]) -> str:
    return f"[{', '.join(f'“{name}”' for name in names)}]".replace("“", '"').replace("”", '"')


RULE = Rule(
    name="addressees",
    summary="Letters go to people that the variant names, and to everybody whom their clauses name.",
    look=look,
    needs_variant=True,
)
