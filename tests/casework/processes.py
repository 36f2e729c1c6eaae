"""Real processes that work on one database side by side: each runs one function and says what it gave."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any

_CONTEXT = multiprocessing.get_context("spawn")
PATIENCE = 300  #: seconds; only a deadlock takes this long


def side_by_side(*calls: tuple[Callable[..., Any], Sequence[Any]]) -> list[Any]:
    """What each call gave, each in its own process, all let go at the same moment. Raises what one of them raised."""
    gate = _CONTEXT.Barrier(len(calls))
    ends = []
    for function, arguments in calls:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_run, args=(gate, theirs, function, tuple(arguments)), daemon=True)
        process.start()
        ends.append((process, ours))
    given = []
    try:
        for _, ours in ends:
            if not ours.poll(PATIENCE):
                raise AssertionError(f"no answer within {PATIENCE} s: they block each other")
            given.append(ours.recv())
    finally:
        for process, _ in ends:
            process.join(1)
            process.kill()
    for answer in given:
        if isinstance(answer, BaseException):
            raise answer
    return given


def _run(gate: Any, end: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    gate.wait(PATIENCE)
    try:
        end.send(function(*arguments))
    except BaseException as error:  # the test that started us reports it
        end.send(AssertionError(f"{function.__name__}: {type(error).__name__}: {error}"))
