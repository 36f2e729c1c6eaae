"""Publishing: a draft that was judged sound becomes the next version of its council's policy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.casework.policies.in_force import policy_in_force, served_as
from engine.casework.policies.put_in_force import PolicyDecision, put_in_force, refuse_what_cannot_be
from engine.casework.step.office import Office
from engine.check import Finding
from engine.errors import BadInputError, DraftRefusedError
from engine.scenarios import ScenarioOutcome
from engine.store import policy_versions as stored
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import PolicySource, is_base
from engine.variants.comparison import Difference, compare
from engine.words import counted
from engine.workshop.draft import PolicyDraft
from engine.workshop.judgement import Checked, Tell, check_draft, check_source, play_examples

#: So many sentences of one kind are said when a draft is refused; `asb check` and `asb simulate` say all.
_MOST_SAID = 10

_Warning = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What somebody wants in force, and why."""

    by: str
    why: str
    day: date | None = None  #: from which; None: today
    despite: str = ""  #: why warnings that nobody has passed over before do not matter


def publish(office: Office, draft: PolicyDraft, wanted: Publication, *, tell: Tell) -> PolicyVersionRow:
    """The new version. What is quick to see is looked at first. `tell` hears how it goes on.

    Raises DraftRefusedError where the draft has errors, examples that come out otherwise, or warnings that nobody has
    given a reason to pass over; BadInputError as `refuse_what_cannot_be`, and for a base.
    """
    variant = draft.variant
    _refuse_silence(wanted.why)
    if is_base(variant):
        raise BadInputError(f"{variant.id} is a base that councils extend: no case is opened by it.")
    refuse_what_cannot_be(office, variant, wanted.day)
    tell("The folder is checked.")
    checked = check_draft(draft, today=office.today)
    if checked.errors:
        raise DraftRefusedError(variant.name, _said(checked.errors, "error"))
    reasons = _reasons(office, variant.id, checked.warnings, wanted.despite)
    unexcused = [finding for finding in checked.warnings if not reasons[_told(finding)]]
    if unexcused:
        reason = "Give the reason why these warnings do not matter: --despite “…”. It is kept with the version."
        raise DraftRefusedError(variant.name, (*_said(unexcused, "warning"), reason))
    outcomes = play_examples(variant, tell)
    wrong = [outcome for outcome in outcomes if not outcome.is_right]
    if wrong:
        raise DraftRefusedError(variant.name, _said_of_examples(wrong, variant.id))
    before = policy_in_force(office, variant.id)
    judgement = {
        "examples": len(outcomes),
        "warnings": [{**finding.to_json(), "despite": reasons[_told(finding)]} for finding in checked.warnings],
        "differences": [_as_json(each) for each in compare(before, variant)] if before is not None else [],
    }
    source = draft.source.digest, draft.source.pack()
    decision = PolicyDecision(by=wanted.by, why=wanted.why, day=wanted.day, source=source, judgement=judgement)
    return put_in_force(office, variant, decision)


def roll_back(office: Office, council_id: str, number: int, wanted: Publication) -> PolicyVersionRow:
    """The earlier version in force again, under a new number.

    Raises BadInputError where there is no such version, and DraftRefusedError where by now it has errors: what the Act
    asks for may have changed since.
    """
    _refuse_silence(wanted.why)
    row = version_numbered(office, council_id, number)
    with office.database.read() as connection:
        variant = served_as(council_id, office.versions.get(connection, row.digest).variant)
    refuse_what_cannot_be(office, variant, wanted.day)
    source = _source(office, row)
    if source is not None and (errors := check_source(source, today=office.today).errors):
        raise DraftRefusedError(f"Version {number} of {variant.name}", _said(errors, "error"))
    before = policy_in_force(office, council_id)
    differences = [_as_json(each) for each in compare(before, variant)] if before is not None else []
    decision = PolicyDecision(
        by=wanted.by,
        why=wanted.why,
        day=wanted.day,
        again=number,
        source=(source.digest, source.pack()) if source is not None else None,
        judgement={**json.loads(row.judgement), "differences": differences},
    )
    return put_in_force(office, variant, decision)


def source_of_version(office: Office, council_id: str, number: int) -> PolicySource:
    """The folders that it was read from. Raises BadInputError where there is no such version, or they were not kept."""
    row = version_numbered(office, council_id, number)
    source = _source(office, row)
    if source is None:
        raise BadInputError(f"The folder of version {number} was not kept: it was served before there were versions.")
    return source


def check_in_force(office: Office, council_id: str) -> Checked | None:
    """What the check finds today in the version that is in force; None where none is, or its folder was not kept."""
    with office.database.read() as connection:
        row = stored.version_in_force(connection, council_id, office.today)
    source = _source(office, row) if row is not None else None
    return check_source(source, today=office.today) if source is not None else None


def version_numbered(office: Office, council_id: str, number: int) -> PolicyVersionRow:
    """Raises BadInputError where there is none of this number."""
    with office.database.read() as connection:
        rows = stored.policy_versions_of(connection, council_id)
    row = next((each for each in rows if each.number == number), None)
    if row is None:
        there_are = f"There are 1 to {rows[0].number}." if rows else "There is none: see `asb publish`."
        raise BadInputError(f"{council_id} has no version {number}. {there_are}")
    return row


def _source(office: Office, row: PolicyVersionRow) -> PolicySource | None:
    if row.source_digest is None:
        return None
    with office.database.read() as connection:
        return PolicySource.unpack(stored.source_of(connection, row.source_digest))


def _refuse_silence(why: str) -> None:
    if not why.strip():
        raise BadInputError("Say why: whoever asks in a year what changed reads it.")


def _reasons(office: Office, council_id: str, warnings: Sequence[Finding], despite: str) -> Mapping[_Warning, str]:
    """Why each warning does not matter: as it was said with the last version, else as it is said now; "" for not."""
    with office.database.read() as connection:
        rows = stored.policy_versions_of(connection, council_id)
    kept = json.loads(rows[0].judgement).get("warnings", []) if rows else []
    before = {(each["rule"], each["file"], each["element_id"], each["message"]): str(each["despite"]) for each in kept}
    return {_told(finding): before.get(_told(finding), despite.strip()) for finding in warnings}


def _told(finding: Finding) -> _Warning:
    return finding.rule, finding.file, finding.element_id, finding.sentence


def _as_json(each: Difference) -> Mapping[str, Any]:
    return {"clauses": list(each.clauses), "how": each.how.value, "sentence": each.sentence}


def _said(findings: Sequence[Finding], kind: str) -> tuple[str, ...]:
    said = [f"{finding.file}: {finding.sentence}" for finding in findings[:_MOST_SAID]]
    if len(findings) > _MOST_SAID:
        said.append(f"There are {counted(len(findings), kind)}; `asb check` says all.")
    return tuple(said)


def _said_of_examples(wrong: Sequence[ScenarioOutcome], council_id: str) -> tuple[str, ...]:
    said = [
        f"The worked example {outcome.scenario.name} comes out otherwise: {miss.where}: {miss.sentence}"
        for outcome in wrong[:_MOST_SAID]
        for miss in outcome.misses[:1]
    ]
    if len(wrong) > _MOST_SAID:
        said.append(f"{len(wrong)} worked examples come out otherwise; `asb simulate {council_id}` says all.")
    return tuple(said)
