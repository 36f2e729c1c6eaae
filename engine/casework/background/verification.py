"""Verifying the record: the chain, the anchors, and (`replay`) every decision and gateway computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine import feel
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.office import Office
from engine.casework.step.scope import RecordedScope
from engine.casework.step.step import Step
from engine.casework.step.versions import Version
from engine.clock import local_date
from engine.errors import EngineError
from engine.model import RecordEntry
from engine.record_kinds import RecordKind
from engine.store import cases, explanations
from engine.store import record as stored
from engine.store.record import Break


def verify_records(
    office: Office,
    reference: str | None = None,
    *,
    replay: bool = False,
    council_id: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, list[Break]]:
    """How many cases were verified, and every break found, also in the logs of second reports where it is all cases.

    Raises CaseNotFoundError.
    """
    with office.database.read() as connection:
        rows = (
            [cases.find_case(connection, reference, council_id)]
            if reference
            else list(cases.all_cases(connection, council_id))
        )
    found: list[Break] = []
    for done, row in enumerate(rows, start=1):
        with office.database.begin() as connection:
            # locked, so that no step writes between the reading of the head and of the entries
            cases.lock_case_by_id(connection, row.case_id)
            breaks = stored.verify(connection, row.case_id)
            found += breaks
            if replay and not breaks:  # what was altered says nothing that could be computed again
                step = office.step_on(connection, row, actor="")
                # the record says from when on a later calendar counted the case's days
                entries = stored.entries_of(connection, row.case_id)
                digest = _first_digest(entries, row.variant_digest)
                step.version = office.versions.get(connection, digest)
                for entry in entries:
                    if entry.kind == RecordKind.CALENDAR_CHANGED and entry.content is not None:
                        step.version = office.versions.get(connection, digest, entry.content["calendar"])
                    if entry.kind == RecordKind.POLICY_CHANGED and entry.content is not None:
                        digest = entry.content["now"]
                        step.version = office.versions.get(connection, digest, entry.content.get("calendar"))
                    sentence = _replay(step, entry)
                    if sentence:
                        found.append(Break(reference=row.reference, seq=entry.seq, sentence=sentence))
        if progress is not None:
            progress(done)
    if not reference:
        found += _breaks_of_logs(office, council_id)
    return len(rows), found


def _first_digest(entries: Iterable[RecordEntry], now: str) -> str:
    """The version by which the case was opened: `now` is that which it has."""
    moved = (entry.content for entry in entries if entry.kind == RecordKind.POLICY_CHANGED)
    return next((str(content["was"]) for content in moved if content is not None), now)


def _breaks_of_logs(office: Office, council_id: str | None) -> Iterator[Break]:
    """Those of the logs of second reports, which belong to no case."""
    with office.database.begin() as connection:  # so that nothing is written meanwhile
        for each in explanations.councils_with_log(connection):
            if council_id in (None, each):
                for seq, sentence in explanations.verify_log(connection, each):
                    yield Break(reference=f"second reports of {each}", seq=seq, sentence=sentence)


def anchor_today(office: Office) -> int:
    """Lay the day's anchor over every chain that grew; gives how many. Once a day is enough, more does no harm."""
    with office.database.begin() as connection:
        return stored.lay_anchor(connection, local_date(office.clock.now()))


def _replay(step: Step, entry: RecordEntry) -> str | None:
    """Compute again what the entry says was decided. A sentence where it comes out otherwise."""
    content = entry.content
    if content is None:
        return None
    element = content.get("element")
    try:
        if entry.kind == RecordKind.WAY_CHOSEN:
            for condition in content["conditions"]:
                value = _evaluator(step, entry, condition["inputs"]).feel(condition["condition"])
                if not _says(condition, {"value": value}):
                    return _otherwise(f"the condition of “{element}”", value, condition["value"])
        elif entry.kind == RecordKind.SCRIPT_RUN:
            value = _evaluator(step, entry, content["inputs"]).feel(content["expression"])
            if not _says(content, {"value": value, "output": feel.dump(value)}):
                return _otherwise(f"“{element}”", value, content.get("value"))
        elif entry.kind == RecordKind.DECISION_MADE:
            return _replay_decision(step.version, _evaluator(step, entry, content["inputs"]), content)
    except (EngineError, LookupError, TypeError, ValueError) as error:  # what was altered may be no value at all
        return f"“{element}” cannot be computed again: {error}"
    return None


def _replay_decision(version: Version, evaluator: Evaluator, content: Mapping[str, Any]) -> str | None:
    definitions = version.variant.decisions.get(content["decision"])
    if definitions is None or definitions.digest != content["table"]:
        return f"the table of “{content['decision']}” is not the one that decided"
    explanation = definitions.explain(
        content["decision"], evaluator.scope, now=evaluator.now, functions=evaluator.functions
    )
    told = {
        "value": explanation.value,
        "output": feel.dump(explanation.value),
        "explanation": explanation.to_json(),
    }
    if not _says(content, told):
        return _otherwise(f"the decision “{content['decision']}”", explanation.value, content.get("value"))
    return None


def _says(content: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether the entry says of each name what was told to it."""
    return all(content.get(name) == feel.to_json(value) for name, value in told.items())  # null is left out


def _otherwise(what: str, now: feel.Value, recorded: feel.Value) -> str:
    return f"{what} now gives {feel.to_json(now)!r}; the record says {recorded!r}, or says otherwise how it came about"


def _evaluator(step: Step, entry: RecordEntry, inputs: str) -> Evaluator:
    """FEEL over exactly what was read then, at that moment."""
    return Evaluator(step.version, RecordedScope(feel.load(inputs)), entry.at)
