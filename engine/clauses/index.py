"""Clause → what carries it out, and which scenarios show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.clauses.carriers import Carrier, CarrierKind, carriers_of
from engine.clauses.in_code import IN_CODE, CodeRule
from engine.variants import Clause, Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseEntry:
    """One clause of a policy with everything that names it."""

    clause: Clause
    carriers: tuple[Carrier, ...]
    rules: tuple[CodeRule, ...]  #: what the engine itself sees to
    scenarios: tuple[str, ...]  #: names of the worked examples that name it

    @property
    def is_carried_out(self) -> bool:
        return bool(self.carriers) or any(rule.suffices for rule in self.rules)

    def is_due(self, today: date) -> bool:
        """Whether something should carry it out: not before it is in force, nor while it is to be looked up when."""
        return not self.clause.is_to_be_looked_up and not self.clause.is_to_come(today)

    def of_kind(self, kind: CarrierKind) -> tuple[Carrier, ...]:
        return tuple(carrier for carrier in self.carriers if carrier.kind is kind)

    def to_json(self) -> dict[str, object]:
        """As `asb clauses --format json` prints it."""
        day = self.clause.in_force_on
        dated = {"in_force_on": day.isoformat() if day is not None else None} if self.clause.is_dated else {}
        return {
            "clause": self.clause.id,
            "text": self.clause.text,
            **dated,
            "elements": [carrier.key for carrier in self.of_kind(CarrierKind.ELEMENT)],
            "rows": [carrier.key for carrier in self.of_kind(CarrierKind.ROW)],
            "letters": [carrier.key for carrier in self.of_kind(CarrierKind.LETTER)],
            "guards": [carrier.key for carrier in self.of_kind(CarrierKind.GUARD)],
            "figures": [carrier.key for carrier in self.of_kind(CarrierKind.FIGURE)],
            "rules": [rule.name for rule in self.rules],
            "scenarios": list(self.scenarios),
        }


def index_clauses(variant: Variant, shown_by: Mapping[str, Sequence[str]]) -> tuple[ClauseEntry, ...]:
    """Every clause of the variant's policy, in the order of their numbers.

    `shown_by` gives, by the name of each scenario, the clauses that it names.
    """
    carriers = carriers_of(variant)
    return tuple(
        ClauseEntry(
            clause=clause,
            carriers=tuple(carrier for carrier in carriers if clause.id in carrier.clauses),
            rules=tuple(rule for rule in IN_CODE if clause.id in rule.clauses),
            scenarios=tuple(name for name, clauses in shown_by.items() if clause.id in clauses),
        )
        for clause in sorted(variant.policy.values(), key=lambda clause: _in_order(clause.id))
    )


def _in_order(clause_id: str) -> tuple[str, tuple[int, ...], str]:
    """H5.2 before H11.1, and H11.2 before H11.10."""
    digits = next((place for place, sign in enumerate(clause_id) if sign.isdigit()), len(clause_id))
    numbers = tuple(int(part) for part in clause_id[digits:].split(".") if part.isascii() and part.isdigit())
    return clause_id[:digits], numbers, clause_id
