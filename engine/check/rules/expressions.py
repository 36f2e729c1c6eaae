"""Every expression can be read, and calls only functions that there are."""

from __future__ import annotations

from collections.abc import Iterator

from engine import feel
from engine.calendar import Calendar, feel_functions
from engine.check.expressions import WrittenExpression, expressions_of
from engine.check.finding import error
from engine.check.policy import Policy, place_of
from engine.check.rule import Rule
from engine.errors import FeelError
from engine.problems import Problem

#: Every function that an expression in a policy may call.
FUNCTIONS = feel.BUILTINS | frozenset(feel_functions(Calendar())) | {"due"}

_HOST = FUNCTIONS - feel.BUILTINS


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.processes:
        for written in expressions_of(process):
            for sentence in _wrong(written):
                yield error(place_of(file, written.owner), sentence)


def _wrong(written: WrittenExpression) -> Iterator[str]:
    label = written.owner.name or written.owner.id
    shown = written.text if len(written.text) <= 120 else written.text[:117] + "…"
    if not written.text.strip():
        yield f"In “{label}”, {written.where} is empty behind the “=”. Write an expression, or take the “=” out."
        return
    try:
        parsed = feel.parse(written.text)
    except FeelError as problem:
        yield f"In “{label}”, {written.where} “{shown}” cannot be read. {problem}"
        return
    for call in parsed.calls:
        if call.function not in FUNCTIONS and call.function not in parsed.names:
            yield (
                f"In “{label}”, {written.where} calls “{call.function}”, which is no function. docs/feel.md lists them."
            )
    for fault in parsed.faults(_HOST):
        yield f"In “{label}”, {written.where}: {fault}"


RULE = Rule(name="expressions", summary="Every expression can be read and calls functions that there are.", look=look)
