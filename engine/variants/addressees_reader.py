"""What a variant.toml says of the people whom letters are for, and of what letters ask of a case."""

from __future__ import annotations

import re

from engine.letters import AddresseeRole
from engine.variants.tables import SNAKE_CASE, TomlTable

#: A fact, or something in one: `chair.email`.
_PATH = re.compile(rf"{SNAKE_CASE.pattern}(?:\.{SNAKE_CASE.pattern})?")


#: Settings of a role that name a fact each.
_FACTS = ("channel", "email", "postal_address", "language")


def read_addressees(table: TomlTable) -> tuple[AddresseeRole, ...]:
    """The roles in the order of the table, its bases' first."""
    inner = table.named_tables()
    roles = tuple(_role(role_id, each) for role_id, each in inner.items())
    for role in roles:
        if role.same_as and role.same_as not in inner:
            inner[role.id].complain(f"There is no role “{role.same_as[:60]}”. Write one of: {', '.join(inner)}.")
        if bool(role.same_as) != bool(role.same_when):
            inner[role.id].complain("“same_as” and “same_when” stand together: which role, and in FEEL when.")
    return roles


def _role(role_id: str, table: TomlTable) -> AddresseeRole:
    role = AddresseeRole(
        id=role_id,
        name=table.text("name", required=True, fits=_PATH, like="victim_name"),
        known_as=table.text("known_as") or f"The {role_id.replace('_', ' ')}",
        **{key: table.text(key, fits=_PATH, like=f"{role_id}_{key}") for key in _FACTS},
        own=table.texts("own"),
        same_as=table.text("same_as"),
        same_when=table.text("same_when").removeprefix("="),
    )
    table.refuse_the_rest()
    return role


def read_letter_conditions(table: TomlTable) -> dict[str, str]:
    """`[letters.when]`: FEEL by the name under which a letter asks for it."""
    inner = table.table("when")
    conditions = {}
    for name, expression in inner.rest().items():
        if SNAKE_CASE.fullmatch(name) and isinstance(expression, str) and expression.strip():
            conditions[name] = expression.strip().removeprefix("=")
        else:
            inner.complain(f"“{name[:60]}” is not understood. Write a name and FEEL: is_urgent = 'risk = \"high\"'.")
    table.refuse_the_rest()
    return conditions
