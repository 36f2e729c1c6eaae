"""Every limit an expression asks for is a row of time_limits.dmn, and every row is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from engine import feel
from engine.check.expressions import expressions_of
from engine.check.finding import Place, error, warning
from engine.check.policy import Policy, place_of
from engine.check.rule import Rule
from engine.check.suggestions import listed, meant, nearest
from engine.diagram import Element, ElementKind, EventKind, Flow, Process
from engine.dmn import Decision, KnowledgeModel
from engine.errors import FeelError
from engine.problems import Problem, Thing, ThingKind
from engine.variants import LIMITS_FILE


def look(policy: Policy) -> Iterator[Problem]:
    known = policy.variant.limits
    off = policy.variant.limits_switched_off
    used: set[str] = set()
    misspelt: dict[str, str] = {}  #: a row → the name under which it was probably meant
    anything_computed = False
    for file, process in policy.processes:
        for written in expressions_of(process):
            parsed = written.parse()
            for call in parsed.calls if parsed is not None else ():
                if call.function != "due":
                    continue
                limit = call.arguments[0] if call.arguments else None
                if limit is None:
                    anything_computed = True
                    continue
                used.add(limit)
                if limit in off and _only_waits(written.owner):
                    yield error(
                        place_of(file, written.owner),
                        f"“{written.owner.name or written.owner.id}” waits for the limit “{limit}”, which is switched "
                        "off: the case would wait for ever. Give the limit a number, or take the event out.",
                    )
                elif limit not in known and limit not in off:
                    misspelt.setdefault(nearest(limit, known) or "", limit)
                    yield error(
                        place_of(file, written.owner),
                        f"In “{written.owner.name or written.owner.id}”, {written.where} asks for the limit “{limit}”, "
                        f"which {LIMITS_FILE} does not have. {_meant(limit, list(known))}",
                        lacks=_limit(limit),
                    )
    for place, limit in _asked_by_decisions(policy):
        used.add(limit)
        if limit not in known and limit not in off:
            yield error(
                place,
                f"“{place.element_name}” asks for the limit “{limit}”, which {LIMITS_FILE} does not have. "
                f"{_meant(limit, list(known))}",
                lacks=_limit(limit),
            )
    log = policy.variant.settings.explanations
    if log is not None and log.limit:
        used.add(log.limit)
        if log.limit not in known and log.limit not in off:
            yield error(
                policy.place_in_settings(),
                f"[explanations] asks for the limit “{log.limit}”, which {LIMITS_FILE} does not have. "
                f"{_meant(log.limit, list(known))}",
                lacks=_limit(log.limit),
            )
    if policy.processes and not anything_computed:
        for name, row in known.items():
            if name not in used:
                yield warning(
                    Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                    f'No diagram asks for the limit “{name}”. Write =due("{name}") where it is due, or take the row'
                    " out.",
                    lacks=_limit(misspelt[name]) if name in misspelt else None,
                )
    for name, row in known.items():
        if sentence := _bad_start(row.counted_from):
            yield error(
                Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                f"The limit “{name}” counts from “{row.counted_from[:80]}”. {sentence}",
            )


def _asked_by_decisions(policy: Policy) -> Iterator[tuple[Place, str]]:
    for file, definitions in policy.variant.definitions.items():
        owners: list[Decision | KnowledgeModel] = [
            *definitions.decisions.values(),
            *definitions.knowledge_models.values(),
        ]
        for owner in owners:
            for call in owner.calls:
                if call.function == "due" and call.arguments and call.arguments[0] is not None:
                    yield Place(file=file, element_id=owner.element_id, element_name=owner.name), call.arguments[0]


def _only_waits(owner: Element | Flow | Process) -> bool:
    """Whether nothing goes on but when a timer fires."""
    if not isinstance(owner, Element) or owner.event is None or owner.attached_to is not None:
        return False
    return owner.event.kind is EventKind.TIMER and owner.kind is not ElementKind.START


def _limit(name: str) -> Thing:
    return Thing(kind=ThingKind.LIMIT, name=name)


def _meant(limit: str, known: list[str]) -> str:
    return f"{meant(limit, known, otherwise=f'It has: {listed(known)}.')} Correct the name, or add the row."


def _bad_start(expression: str) -> str | None:
    try:
        parsed = feel.parse(expression)
    except FeelError as problem:
        return str(problem)
    if any(call.function == "due" for call in parsed.calls):
        return "A limit cannot count from another limit; write a fact."
    return None


RULE = Rule(
    name="limits", summary="Every limit asked for is a row of time_limits.dmn, and every row is asked for.", look=look,
    needs_variant=True,
)  # fmt: skip
