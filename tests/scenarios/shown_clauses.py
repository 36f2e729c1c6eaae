"""Which clauses the scenarios show. A clause is shown by a scenario that names it and comes out otherwise without what
carries the clause out.

`python -m tests.scenarios.shown_clauses [CLAUSE…]` prints what is not shown.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from engine.clauses import Carrier, ClauseEntry, index_clauses
from engine.errors import EngineError
from engine.scenarios import Coverage, play, scenarios_of
from engine.variants import Variant, load_variant
from tests.scenarios.objection import empty_office, minds
from tests.scenarios.removal import without

VARIANTS = Path(__file__).parents[2] / "bpmn"
HERTSMERE = load_variant(VARIANTS / "hertsmere", root=VARIANTS)
SCENARIOS = {scenario.name: scenario for scenario in scenarios_of(HERTSMERE)}
ENTRIES = index_clauses(HERTSMERE, {name: scenario.clauses for name, scenario in SCENARIOS.items()})
#: By the file of a form, the elements that show it.
ASKED_AT = {
    form.file: [
        element.id
        for process in HERTSMERE.processes.values()
        for element in process.elements.values()
        if form.id in (element.form_id, element.properties.get("form"))
    ]
    for form in HERTSMERE.forms.values()
}
CARRIERS = {carrier.key: carrier for entry in ENTRIES for carrier in entry.carriers}
#: Guards before what the drawing never comes near; tests/scenarios/test_guards.py shows each.
NOT_REACHED = frozenset(
    f"variant.toml#{name}"
    for name in ("bodies_decide", "review_is_carried_out", "second_person_agrees", "bodies_have_the_application")
)
#: The log of second reports is of people who never apply, so that no case is played of it; tests/casework/explanations
#: and tests/webui/explanations show it.
OF_NO_CASE = frozenset(
    key
    for key, carrier in CARRIERS.items()
    if carrier.file == "forms/second_report.form"
    or carrier.id in ("limit_explain_the_review", "explained_at_second_report")
)
#: By the key of a carrier, the scenarios that were found to mind its loss.
_minding: dict[str, set[str]] = {}


def not_shown(entry: ClauseEntry) -> list[str]:
    """The keys of what can be taken out without a scenario that names the clause minding."""
    left_out = NOT_REACHED | OF_NO_CASE
    return [each.key for each in entry.carriers if each.key not in left_out and not _is_minded(entry, each)]


def _is_minded(entry: ClauseEntry, carrier: Carrier) -> bool:
    known = _minding.setdefault(carrier.key, set())
    if known.isdisjoint(entry.scenarios):
        known.update(next(([name] for name in _likely(entry, carrier) if _minds(carrier.key, name)), ()))
    return not known.isdisjoint(entry.scenarios)


def _likely(entry: ClauseEntry, carrier: Carrier) -> list[str]:
    """The scenarios that name the clause; first those that take the carrier, which are those that may mind, and of
    those the shortest."""
    asked_at = {carrier.id, *ASKED_AT.get(carrier.file, ())}
    return sorted(entry.scenarios, key=lambda name: (not asked_at & _taken(name), len(SCENARIOS[name].steps)))


@cache
def _taken(scenario_name: str) -> frozenset[str]:
    coverage = Coverage()
    play(SCENARIOS[scenario_name], HERTSMERE, empty_office(), coverage=coverage)
    return frozenset(element for _, element in coverage.taken)


@cache
def _minds(carrier_key: str, scenario_name: str) -> bool:
    try:
        return minds(SCENARIOS[scenario_name], left_without(carrier_key))
    except EngineError:  # it cannot even be played
        return True


@cache
def left_without(carrier_key: str) -> Variant:
    return without(HERTSMERE, CARRIERS[carrier_key])


if __name__ == "__main__":
    for each in ENTRIES:
        if len(sys.argv) > 1 and each.clause.id not in sys.argv[1:]:
            continue
        if each.carriers and (left := not_shown(each)):
            print(f'"{each.clause.id}" = [{", ".join(chr(34) + key + chr(34) for key in left)}]', flush=True)
