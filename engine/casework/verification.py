"""Verifying the record: the chain, the anchors, and (`replay`) every decision and gateway computed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import feel
from engine.casework.evaluator import Evaluator
from engine.casework.office import Office
from engine.casework.scope import RecordedScope
from engine.casework.shelf import Version
from engine.casework.step import Step
from engine.clock import local_date
from engine.errors import EngineError
from engine.model import RecordEntry
from engine.store import cases
from engine.store import record as stored
from engine.store.record import Break


def verify_records(
    office: Office, reference: str | None = None, *, replay: bool = False, council_id: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, list[Break]]:
    """How many cases were verified, and every break found. Raises CaseNotFoundError."""
    with office.database.read() as connection:
        rows = [cases.find_case(connection, reference, council_id)] if reference else list(cases.all_cases(connection, council_id))
    found: list[Break] = []
    for done, row in enumerate(rows, start=1):
        with office.database.begin() as connection:
            # locked, so that no step writes between the reading of the head and of the entries
            cases.lock_case_by_id(connection, row.case_id)
            found += stored.verify(connection, row.case_id)
            if replay:
                step = office.step_on(connection, row, actor="")
                for entry in stored.entries_of(connection, row.case_id):
                    sentence = _replay(step, entry)
                    if sentence:
                        found.append(Break(reference=row.reference, seq=entry.seq, sentence=sentence))
        if progress is not None:
            progress(done)
    return len(rows), found


def anchor_today(office: Office) -> int:
    """Lay the day's anchor over every chain that grew; gives how many. Once a day is enough, more does no harm."""
    with office.database.begin() as connection:
        return stored.lay_anchor(connection, local_date(office.clock.now()))


def _replay(step: Step, entry: RecordEntry) -> str | None:
    """Compute again what the entry says was decided. A sentence where it comes out otherwise."""
    content = entry.content
    if content is None:
        return None
    try:
        if entry.kind == "way chosen":
            for condition in content["conditions"]:
                value = _evaluator(step, entry, condition["inputs"]).feel(condition["condition"])
                if feel.to_json(value) != condition["value"]:
                    return f"the condition of “{content['element']}” now gives {feel.to_json(value)!r}, the record says {condition['value']!r}"
        elif entry.kind == "script run":
            value = _evaluator(step, entry, content["inputs"]).feel(content["expression"])
            if feel.dump(value) != content["output"]:
                return f"“{content['element']}” now gives another value than the record says"
        elif entry.kind == "decision made":
            return _replay_decision(step.version, _evaluator(step, entry, content["inputs"]), content)
    except EngineError as error:
        return f"“{content.get('element')}” cannot be computed again: {error}"
    return None


def _replay_decision(version: Version, evaluator: Evaluator, content: Mapping[str, Any]) -> str | None:
    definitions = version.variant.decisions.get(content["decision"])
    if definitions is None or definitions.digest != content["table"]:
        return f"the table of “{content['decision']}” is not the one that decided"
    value = definitions.decide(content["decision"], evaluator.scope, now=evaluator.now, functions=evaluator.functions)
    if feel.dump(value) != content["output"]:
        return f"the decision “{content['decision']}” now gives {feel.to_json(value)!r}, the record says {content['value']!r}"
    return None


def _evaluator(step: Step, entry: RecordEntry, inputs: str) -> Evaluator:
    """FEEL over exactly what was read then, at that moment."""
    return Evaluator(step.version, RecordedScope(feel.load(inputs)), entry.at)
