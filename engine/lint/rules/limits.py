"""Every limit an expression asks for is a row of time_limits.dmn, and every row is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine import feel
from engine.errors import FeelError
from engine.lint.expressions import expressions_of
from engine.lint.finding import Place, Remark, error, warning
from engine.lint.policy import Policy, listed, place_of
from engine.lint.rule import Rule
from engine.variants import LIMITS_FILE


def look(policy: Policy) -> Iterator[Remark]:
    known = policy.variant.limits
    used: set[str] = set()
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
                if limit not in known:
                    yield error(
                        place_of(file, written.owner),
                        f"In “{written.owner.name or written.owner.id}”, {written.where} asks for the limit “{limit}”, "
                        f"which {LIMITS_FILE} does not have. {_meant(limit, list(known))}",
                    )
    for definitions in policy.variant.definitions.values():
        for decision in definitions.decisions.values():
            used |= {
                call.arguments[0]
                for call in decision.calls
                if call.function == "due" and call.arguments and call.arguments[0]
            }
    if policy.processes and not anything_computed:
        for name, row in known.items():
            if name not in used:
                yield warning(
                    Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                    f'No diagram asks for the limit “{name}”. Write =due("{name}") where it is due, or take the row'
                    " out.",
                )
    for name, row in known.items():
        if sentence := _bad_start(row.counted_from):
            yield error(
                Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name),
                f"The limit “{name}” counts from “{row.counted_from[:80]}”. {sentence}",
            )


def _meant(limit: str, known: list[str]) -> str:
    close = get_close_matches(limit, known, n=1)
    if close:
        return f"Is “{close[0]}” meant? Correct the name, or add the row."
    return f"It has: {listed(known)}. Correct the name, or add the row."


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
