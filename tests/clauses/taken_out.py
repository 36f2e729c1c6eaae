"""A plugin of pytest: takes one function of the product out, so that a proof sees which tests miss it."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any


def function_named(dotted: str) -> Callable[..., Any]:
    """The function or method of that name: "engine.store.record.append", "engine.calendar.Calendar.due".

    Raises ImportError or AttributeError where there is none.
    """
    module, _, name = dotted.rpartition(".")
    owner = import_module(module) if module.islower() else function_named(module)
    function: Callable[..., Any] = getattr(owner, name)
    return function


def _gone(*_: Any, **__: Any) -> None:
    raise AssertionError("taken out")


if taken_out := os.environ.get("ASB_TAKEN_OUT"):
    # Its code and not its name, so that whoever has imported it already gets the empty one too.
    function_named(taken_out).__code__ = _gone.__code__  # type: ignore[attr-defined]
