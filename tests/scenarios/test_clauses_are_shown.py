"""A clause counts as shown only if a scenario that names it fails when what carries the clause out is taken out."""

from __future__ import annotations

import pytest

from engine.clauses import Carrier, CarrierKind, ClauseEntry, carriers_of
from engine.diagram import ElementKind
from tests.scenarios.shown_clauses import CARRIERS, ENTRIES, HERTSMERE, left_without, not_shown


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.carriers], ids=lambda entry: entry.clause.id)
def test_what_carries_a_clause_out_matters_to_a_scenario_that_names_the_clause(entry: ClauseEntry) -> None:
    left = not_shown(entry)
    assert not left, f"no scenario that names {entry.clause.id} minds without {', '.join(sorted(left))}"


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=lambda carrier: carrier.key)
def test_what_is_taken_out_is_gone_and_the_rest_can_still_be_read(carrier: Carrier) -> None:
    left = left_without(carrier.key)
    assert carrier.file in left.files or carrier.kind is CarrierKind.LETTER
    before = {problem.sentence for problem in HERTSMERE.problems}
    assert {problem.sentence for problem in left.problems} <= before
    gone = carrier.key not in {each.key for each in carriers_of(left)}
    stays = carrier.id in HERTSMERE.processes or _kind(carrier) in (ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE)
    assert gone or stays


def _kind(carrier: Carrier) -> ElementKind | None:
    for process in HERTSMERE.processes.values():
        if carrier.id in process.elements:
            return process.elements[carrier.id].kind
    return None
