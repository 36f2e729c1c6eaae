"""Every expression can be read, and calls functions that there are with what they take."""

from __future__ import annotations

from collections.abc import Iterator

from engine import feel
from engine.check.expressions import WrittenExpression, expressions_of
from engine.check.finding import error
from engine.check.policy import Policy, place_of
from engine.check.rule import Rule
from engine.check.values.slip import SlipKind
from engine.errors import FeelError
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.processes:
        for written in expressions_of(process):
            for sentence in _unreadable(written):
                yield error(place_of(file, written.owner), sentence)
    for misfit in policy.values.misfits(SlipKind.CALL):
        yield error(misfit.place, misfit.slip.sentence, lacks=policy.values.cause_of(misfit))


def _unreadable(written: WrittenExpression) -> Iterator[str]:
    label = written.owner.name or written.owner.id
    shown = written.text if len(written.text) <= 120 else written.text[:117] + "…"
    if not written.text.strip():
        yield f"In “{label}”, {written.where} is empty behind the “=”. Write an expression, or take the “=” out."
        return
    try:
        feel.parse(written.text)
    except FeelError as problem:
        yield f"In “{label}”, {written.where} “{shown}” cannot be read. {problem}"


RULE = Rule(
    name="expressions",
    summary="Every expression can be read, and calls functions that there are with what they take.",
    look=look,
)
