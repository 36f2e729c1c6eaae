"""Who reads an answer: the people of the case in whose letters the fact is printed.

It is worked out from the letters, so that no form says it and none says it wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.forms import Field, Form
from engine.letters import prints_of
from engine.variants import Variant
from engine.words import listed


def with_readers(form: Form, variant: Variant) -> Form:
    """The form, with who reads an answer said beside each question whose answer stands in a letter."""
    readers = _readers_of_facts(variant)
    return replace(form, fields=tuple(_told(field, readers, "") for field in form.fields)) if readers else form


def _told(field: Field, readers: Mapping[str, tuple[str, ...]], collection: str) -> Field:
    inner = tuple(_told(each, readers, field.key or collection) for each in field.fields)
    roles = readers.get(f"{collection}.{field.key}" if collection else field.key, ()) if not inner else ()
    hint = f"{field.hint} {_sentence(roles)}".strip() if roles else field.hint
    return replace(field, fields=inner, hint=hint)


def _sentence(roles: tuple[str, ...]) -> str:
    words = listed([f"the {role.replace('_', ' ')}" for role in roles])
    return f"{words[:1].upper()}{words[1:]} {'read' if len(roles) > 1 else 'reads'} this in a letter."


def _readers_of_facts(variant: Variant) -> dict[str, tuple[str, ...]]:
    """Fact, or `collection.fact`, as letters print it → the roles of those who read it, in the order of the policy."""
    order = [role.id for role in variant.settings.addressees]
    found: dict[str, set[str]] = {}
    for letter in variant.letters.values():
        for printed in prints_of(letter) if letter.roles else ():
            reached = {role for role in letter.roles if printed.may_reach(frozenset({role}))}
            found.setdefault(printed.path, set()).update(reached)
    return {path: tuple(role for role in order if role in roles) for path, roles in found.items()}
