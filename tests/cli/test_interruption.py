"""Ctrl-C ends a command at whatever moment it comes."""

from __future__ import annotations

import signal
import sys
import time
import weakref
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner

from engine.cli.frame import INTERRUPTED, SentenceGroup


class Thing:
    """Something that a weak reference can be to."""


class Finalised:
    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def in_a_callback() -> None:
    thing = Thing()
    reference = weakref.ref(thing, lambda _gone: signal.raise_signal(signal.SIGINT))
    del thing
    assert reference() is None


def in_a_finaliser() -> None:
    finalised = Finalised()
    del finalised


def in_plain_code() -> None:
    signal.raise_signal(signal.SIGINT)


def command(begins: Callable[[], None]) -> click.Group:
    """A command that takes long, at the beginning of which somebody presses Ctrl-C."""

    @click.group(cls=SentenceGroup)
    def group() -> None: ...

    @group.command("long")
    def long() -> None:
        begins()
        for _ in range(1_000):
            time.sleep(0.01)
        click.echo("done")

    return group


@pytest.mark.parametrize("begins", [in_a_callback, in_a_finaliser, in_plain_code])
def test_ctrl_c_ends_a_command_at_whatever_moment_it_comes(begins: Callable[[], None]) -> None:
    hook = sys.unraisablehook
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer = CliRunner().invoke(command(begins), ["long"])
    finally:
        signal.signal(signal.SIGINT, before)
    assert (answer.exit_code, answer.stdout) == (INTERRUPTED, "")
    assert answer.stderr == "Stopped. What was not finished has not happened.\n"
    assert sys.unraisablehook is hook  # nothing of it is left for what comes after


def test_another_fault_of_a_finaliser_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda dropped: told.append(dropped.exc_type))

    class Faulty:
        def __del__(self) -> None:
            raise ValueError("a fault of its own")

    def begins() -> None:
        faulty = Faulty()
        del faulty
        raise KeyboardInterrupt

    assert CliRunner().invoke(command(begins), ["long"]).exit_code == INTERRUPTED
    assert told == [ValueError]
