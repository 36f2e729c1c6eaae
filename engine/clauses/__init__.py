"""Which clause of a policy is carried out by what, and which by nothing."""

from engine.clauses.carriers import Carrier, CarrierKind, carriers_of
from engine.clauses.in_code import IN_CODE, CodeRule
from engine.clauses.index import ClauseEntry, index_clauses

__all__ = ["IN_CODE", "Carrier", "CarrierKind", "ClauseEntry", "CodeRule", "carriers_of", "index_clauses"]
