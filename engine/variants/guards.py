"""Guards: what must be so before something is told, sent or ended, for every step of every process of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.errors import FeelError
from engine.variants.policy import is_of_the_act
from engine.variants.tables import SNAKE_CASE, TomlTable

#: In `ends`: the case as a whole would be closed.
CASE_CLOSES = "*"
#: What a guard reads besides facts and decisions: of the facts told that guards stand before, what was known before
#: (by name); the reason of a correction, null where nothing is corrected; and who tells it, null where nobody who works
#: here does.
WAS, CORRECTION_REASON, TOLD_BY = "was", "correction_reason", "told_by"
#: Before what a guard stands.
_KINDS = ("facts", "ends", "messages", "letters")
_GIVEN_BY, _BEFORE, _SENTENCE = "given_by", "before", "sentence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """Something that must be so before a case may go on."""

    name: str
    facts: frozenset[str]  #: names of facts, of the case or of an item, before which it stands
    ends: frozenset[str]  #: ids of end events; `CASE_CLOSES` for the case as a whole
    messages: frozenset[str]  #: names of messages
    letters: frozenset[str]  #: ids of letters
    when: str | None  #: FEEL: it asks only where this is true; None: always
    unless: str  #: FEEL: the case may go on where this is true
    sentence: str  #: why not, in words for the person who is held back
    clause: str
    given_by: str  #: the folder that gives it; "" where the variant extends none
    own_tables: frozenset[str]  #: ids of decisions that it reads and each council may have tables of its own for

    @property
    def words(self) -> str:
        """The sentence with its clause: “Three qualifying complaints: … is met (L104.4).”"""
        return f"{self.sentence.rstrip('.')} ({self.clause})."

    @property
    def asks_who(self) -> bool:
        """Whether it reads who tells what it stands before."""
        return any(TOLD_BY in feel.parse(text).names for text in (self.when, self.unless) if text is not None)

    @property
    def is_of_the_act(self) -> bool:
        return is_of_the_act(self.clause)


def read_guards(table: TomlTable) -> tuple[Guard, ...]:
    """The guards in the order of the table, its bases' first."""
    found = (_guard(name, inner) for name, inner in table.named_tables().items())
    return tuple(guard for guard in found if guard is not None)


def merge_guards(base: Mapping[str, Any], own: Mapping[str, Any], folder: str) -> tuple[dict[str, Any], list[str]]:
    """The tables of guards of a base and of the folder that extends it, and a sentence for each that cannot be had.

    A guard that carries a clause of the Act stays as the base gives it, but that it can stand before more, and say so
    in the folder's own words; any other is the folder's to change.
    """
    merged, refused = dict(base), []
    for name, table in own.items():
        before = base.get(name)
        if isinstance(before, Mapping) and is_of_the_act(before.get("clause")):
            if _only_adds(table):
                held = before.get(_BEFORE, {})
                both = _both(held, table.get(_BEFORE, {})) if _are_names(held) else held  # the base's check says why
                merged[name] = {**before, **table, _BEFORE: both}
                continue
            refused.append(
                f"[guards.{name}]: this guard holds the Act ({before['clause']}), and no council can change it or take"
                " it away. Take it out of the folder; the base's holds. Give a guard of your own another name; this"
                f" one takes nothing but “before”, before what more it stands (lists of {', '.join(_KINDS)}), and"
                " “sentence”, a line in your own words."
            )
        elif isinstance(table, Mapping):
            merged[name] = {**(before if isinstance(before, Mapping) else {}), **table, _GIVEN_BY: folder}
        else:
            merged[name] = table
    return merged, refused


def _only_adds(table: Any) -> bool:
    """Whether the table says nothing but before what more a guard stands, and in which words it says why not."""
    if not isinstance(table, Mapping) or not table or set(table) - {_BEFORE, _SENTENCE}:
        return False
    before, sentence = table.get(_BEFORE, {}), table.get(_SENTENCE, "?")
    return _are_names(before) and isinstance(sentence, str) and bool(sentence.strip()) and "\n" not in sentence.strip()


def _are_names(before: object) -> bool:
    """Whether it is a table of lists of names, which are all such as there can be."""
    return (
        isinstance(before, Mapping)
        and not set(before) - set(_KINDS)
        and all(isinstance(named, list) and all(isinstance(each, str) for each in named) for named in before.values())
        and all(SNAKE_CASE.fullmatch(fact) for fact in before.get("facts", ()))
    )


def _both(base: Mapping[str, list[str]], own: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What a guard stands before by either."""
    return {kind: list(dict.fromkeys([*base.get(kind, ()), *own.get(kind, ())])) for kind in {**base, **own}}


def _guard(name: str, table: TomlTable) -> Guard | None:
    before = table.table(_BEFORE)
    named = {kind: frozenset(before.texts(kind)) for kind in _KINDS}
    before.refuse_the_rest()
    when, unless = _feel(table, "when"), _feel(table, "unless", required=True)
    sentence = table.text("sentence", required=True)
    clause = table.text("clause", required=True)
    given_by = table.text(_GIVEN_BY)
    own_tables = frozenset(table.texts("own_tables"))
    table.refuse_the_rest()
    if not any(named.values()):
        table.complain('It stands before nothing. Write before = { facts = ["…"] }, or ends, messages or letters.')
    unreadable = {fact for fact in named["facts"] if not SNAKE_CASE.fullmatch(fact)}
    for fact in sorted(unreadable):
        table.complain(f"“{fact[:60]}” is no name of a fact. Write small letters, digits and _.")
    if not any(named.values()) or unless is None or not sentence or not clause:
        return None
    return Guard(
        name=name, **named, when=when, unless=unless, sentence=sentence, clause=clause, given_by=given_by,
        own_tables=own_tables,
    )  # fmt: skip


def _feel(table: TomlTable, key: str, *, required: bool = False) -> str | None:
    """The expression, or None where there is none that can be read."""
    text = table.text(key, required=required).removeprefix("=").strip()
    if not text:
        return None
    try:
        feel.parse(text)
    except FeelError as problem:
        table.complain(f"“{key}” cannot be read: {problem}")
        return None
    return text
