"""What a draft is found to be before it may be put in force: checked by every rule, its worked examples played."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.bootstrap import handlers_by_name
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.check import Finding, Severity, check_in_folder
from engine.errors import DraftRefusedError
from engine.variants import (
    named_where_it_fails,
    said_of_the_act,
)
from engine.words import counted, listed
from engine.workshop.changes import changes_between
from engine.workshop.draft import PolicyDraft
from engine.workshop.examples import PlayedExample, play_kept
from engine.workshop.passed_over import reasons_for, with_reason
from engine.workshop.program import program_digest

Tell = Callable[[str], None]

#: So many sentences of one kind are said when a draft is refused; `asb check` and `asb simulate` say all.
_MOST_SAID = 10
#: Warnings that no reason at publishing passes over: the policy itself has to say what it does, and why.
_NEVER_PASSED_OVER = frozenset({"below-the-floor"})
#: The warning that is said first: a table turns away whom the Act takes. The engine keeps anybody from deciding so.
_BESIDE_THE_ACT = "floor"
_BINDS = (
    "No reason given with a version passes over what the Act asks for: it stands in the policy itself, or not at all."
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What every rule of the check says of a draft, as `asb check` finds it."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check_draft(draft: PolicyDraft, *, today: date) -> Checked:
    variant, home, root = draft.variant, draft.home, draft.root
    with named_where_it_fails(home):
        handlers = tuple(handlers_by_name().values())
        found = check_in_folder(variant, home, root=root, handlers=handlers, base_today=draft.bases, today=today)
    return Checked(
        errors=tuple(finding for finding in found if finding.severity is Severity.ERROR),
        warnings=tuple(finding for finding in found if finding.severity is Severity.WARNING),
    )


def judge(
    office: Office, draft: PolicyDraft, *, despite: str, earlier: Mapping[str, Any] | None, tell: Tell
) -> Mapping[str, Any]:
    """What it was found to be, JSON-like, as it is kept with the version. `tell` hears how it goes on.

    `earlier` is what the same folders were found to be before: their examples are not played again by the program that
    has played them. Raises DraftRefusedError where the draft has errors, holds less than the Act asks for, has warnings
    that nobody has given a reason to pass over, or examples that come out otherwise.
    """
    variant, earlier = draft.variant, earlier or {}
    before = policy_in_force(office, variant.id)
    found: dict[str, Any] = {"differences": changes_between(before, variant)}
    if draft.source is None:  # it was in force before anything was judged, and cannot be looked at any more
        return {**earlier, **found}
    tell("The folder is checked.")
    _refuse(draft, _of_the_act(draft))
    checked = check_draft(draft, today=office.today)
    _refuse(draft, _said(checked.errors, "error"))
    binding = [finding for finding in checked.warnings if finding.rule in _NEVER_PASSED_OVER]
    if binding:
        _refuse(draft, (*_said(binding, "such warning"), _BINDS))
    reasons = reasons_for(office, variant.id, checked.warnings, despite=despite, earlier=earlier)
    unexcused = [finding for finding, reason in reasons if not reason]
    if unexcused:
        unexcused.sort(key=lambda finding: finding.rule != _BESIDE_THE_ACT)
        wanted = (
            "Say why these warnings do not matter: on the screen under “Why warnings do not matter”, else with "
            "--despite “…”. It is kept with the version."
        )
        _refuse(draft, (*_said(unexcused, "warning"), wanted))
    examples = earlier.get("examples", 0) if earlier.get("program") == program_digest() else _play(office, draft, tell)
    return {
        **found, "examples": examples, "warnings": [with_reason(*each) for each in reasons],
        "program": program_digest(),
    }  # fmt: skip


def _play(office: Office, draft: PolicyDraft, tell: Tell) -> int:
    played = play_kept(office, draft.variant, tell)
    _refuse(draft, _said_of_examples([each for each in played if each.wrong], draft.variant.id))
    return len(played)


def _refuse(draft: PolicyDraft, sentences: Sequence[str]) -> None:
    if sentences:
        name = draft.variant.name
        raise DraftRefusedError(name if draft.again is None else f"Version {draft.again} of {name}", tuple(sentences))


def _of_the_act(draft: PolicyDraft) -> tuple[str, ...]:
    """Where what was read beside the folder holds otherwise what the Act asks for today. The check looks at pins."""
    if draft.source is None or draft.variant.pin is not None or not draft.bases:
        return ()
    then, now = said_of_the_act(draft.source.folders[1:]), said_of_the_act(draft.bases)
    other = [name for name in now if name not in then or then[name] != now[name]]
    if not other:
        return ()
    return (
        f"{draft.bases[0].name} as it was then holds otherwise what the Act asks for today: {listed(other)}. Publish "
        "the folder anew, with the base as it is now.",
    )


def _said(findings: Sequence[Finding], kind: str) -> tuple[str, ...]:
    said = [f"{finding.file}: {finding.sentence}" for finding in findings[:_MOST_SAID]]
    if len(findings) > _MOST_SAID:
        said.append(f"There are {counted(len(findings), kind)}; `asb check` says all.")
    return tuple(said)


def _said_of_examples(wrong: Sequence[PlayedExample], council_id: str) -> tuple[str, ...]:
    said = [f"The worked example {each.name} comes out otherwise: {each.wrong}" for each in wrong[:_MOST_SAID]]
    if len(wrong) > _MOST_SAID:
        said.append(f"{len(wrong)} worked examples come out otherwise; `asb simulate {council_id}` says all.")
    return tuple(said)
