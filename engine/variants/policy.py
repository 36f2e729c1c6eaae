"""The clauses of a policy, and where its documents disagree or are silent, as policy.toml lists them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_CLAUSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()-]{0,39}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A clause of a policy or of the Act."""

    id: str  #: "H11.1"
    text: str
    source: str  #: the document and place it stands in; "" where policy.toml does not say
    is_dated: bool = False  #: policy.toml names the day on which it comes into force, or leaves that to be looked up
    in_force_on: date | None = None  #: that day; None where it is to be looked up, or the clause has none

    @property
    def is_to_be_looked_up(self) -> bool:
        """Whether nobody has entered the day on which it comes into force."""
        return self.is_dated and self.in_force_on is None

    def is_to_come(self, today: date) -> bool:
        """Whether it is known to come into force on a later day."""
        return self.in_force_on is not None and self.in_force_on > today


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Where the policy's documents disagree, or are silent."""

    clauses: tuple[str, ...]  #: those that disagree, or the one that is silent
    sentence: str  #: what they say, or do not say
    what_we_do: str
    because: str = ""  #: why the council decides so; "" where it has given no reason


#: Of a clause: the day on which it comes into force, "" until it is looked up.
_IN_FORCE = "in_force_on"
#: Of a clause: the id, or a list of the ids, of what says the same in a base.
RESTATES = "restates"
#: Clauses of the Act begin so: a guard that carries one, and the clause itself, cannot be taken away by a council.
_ACT = "L"
#: What a conflict says beside its clauses.
_CONFLICT_WORDS = ("sentence", "what_we_do", "because")
#: The list in policy.toml that is no clause.
CONFLICTS = "conflicts"


def is_of_the_act(clause: object) -> bool:
    """Whether the clause of this id is one of the Act (`L…`)."""
    return isinstance(clause, str) and clause.startswith(_ACT)


def read_conflicts(table: Mapping[str, Any]) -> tuple[tuple[Conflict, ...], list[str]]:
    """The `[[conflicts]]` of `table`, and a sentence for each thing that is wrong with them."""
    conflicts = []
    sentences = []
    listed = table.get(CONFLICTS, [])
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        return (), [f"“{CONFLICTS}” is not a list of tables. Write each as [[{CONFLICTS}]] with its values below."]
    for number, each in enumerate(listed, start=1):
        clauses, words = each.get("clauses"), {key: each[key] for key in _CONFLICT_WORDS if key in each}
        is_list = isinstance(clauses, list) and bool(clauses) and all(isinstance(clause, str) for clause in clauses)
        is_said = all(isinstance(text, str) and text.strip() for text in words.values())
        if not (is_list and is_said and {"sentence", "what_we_do"} <= words.keys()) or len(each) != len(words) + 1:
            sentences.append(
                f'[[{CONFLICTS}]] number {number}: write clauses = ["…"], sentence = "…" and what_we_do = "…", '
                'because = "…" where the council has decided it, and nothing else.'
            )
            continue
        plain = {key: " ".join(str(text).split()) for key, text in words.items()}
        conflicts.append(Conflict(clauses=tuple(clauses or ()), **plain))
    return tuple(conflicts), sentences


def read_policy(table: Mapping[str, Any]) -> tuple[dict[str, Clause], list[str]]:
    """The clauses in `table`, by id and in its order, and a sentence for each thing that is wrong with it.

    `["H11.1"]` and `[H11.1]` are the same clause: whoever forgets the quotation marks means the dot all the same.
    """
    clauses: dict[str, Clause] = {}
    sentences = []
    for clause_id, values in clause_tables(table):
        text, source, day = values.get("text"), values.get("source", ""), values.get(_IN_FORCE)
        unknown = [key for key in values if key not in ("text", "source", _IN_FORCE, RESTATES)]
        if not _CLAUSE_ID.fullmatch(clause_id):
            sentences.append(f"“{clause_id[:60]}” is no clause id. Write letters, digits and dots, such as H11.1.")
        elif not isinstance(text, str) or not text.strip() or not isinstance(source, str):
            sentences.append(f'The clause {clause_id} has no text. Write text = "…" and source = "…" below it.')
        elif day not in (None, "") and type(day) is not date:
            sentences.append(
                f"The clause {clause_id} comes into force on something that is no day. Write {_IN_FORCE} = 2027-04-01, "
                f'or {_IN_FORCE} = "" until you know.'
            )
        elif not _is_named(values.get(RESTATES, "")):
            sentences.append(f'The clause {clause_id} restates no clause. Write {RESTATES} = "M6.1", or a list of ids.')
        elif unknown:
            sentences.append(f"The clause {clause_id} says “{unknown[0][:60]}”, which is not read. Take it out.")
        else:
            clauses[clause_id] = Clause(
                id=clause_id, text=" ".join(text.split()), source=source.strip(), is_dated=day is not None,
                in_force_on=day or None,
            )  # fmt: skip
    return clauses, sentences


def clause_tables(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each clause of a policy.toml by its id, with what stands below it."""
    yield from _flat({key: value for key, value in table.items() if key != CONFLICTS}, "")


def without_clauses(table: Mapping[str, Any], gone: Collection[str], *, below: str = "") -> dict[str, Any]:
    """A policy.toml without these clauses, written whole or in parts; what stands below one of them in its table stays.

    `below` is the id, with its dot, of the clause whose table it is; "" for the file.
    """
    left: dict[str, Any] = {}
    for key, value in table.items():
        clause = f"{below}{key}"
        if not isinstance(value, Mapping):
            if clause not in gone or (key == CONFLICTS and not below):
                left[key] = value
            continue
        kept = {name: inner for name, inner in value.items() if clause not in gone or name not in _own(value)}
        inner = without_clauses(kept, gone, below=f"{clause}.")
        if inner or (not value and clause not in gone):
            left[key] = inner
    return left


def restated_by(table: Mapping[str, Any]) -> list[str]:
    """The clauses that one restates; what is no id of a clause is left to `read_policy`, which says so."""
    told = table.get(RESTATES, [])
    named = told if isinstance(told, list) else [told]
    return [each for each in named if isinstance(each, str)]


def _is_named(restates: object) -> bool:
    return isinstance(restates, str) or (isinstance(restates, list) and all(isinstance(each, str) for each in restates))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, value in table.items():
        clause_id = f"{prefix}{key}"
        if not isinstance(value, Mapping):
            yield clause_id, {"text": value}
            continue
        own = _own(value)
        if own or not value:
            yield clause_id, own
        yield from _flat({name: inner for name, inner in value.items() if name not in own}, f"{clause_id}.")


def _own(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the table of a clause says of it, and not of a clause below it."""
    return {name: inner for name, inner in table.items() if not isinstance(inner, Mapping) and not _is_number(name)}


def _is_number(name: str) -> bool:
    """Whether a key is the last part of a clause id: H13.1 = "…" reads in TOML as the key 1 of the table H13."""
    return name[:1].isdigit()
