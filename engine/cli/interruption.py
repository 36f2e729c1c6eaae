"""Ctrl-C is heeded whenever it comes.

Python raises it wherever the program stands, and drops it where that is a place out of which nothing can be raised: a
weak reference's callback, a finaliser. Libraries have those, and a command would go on as though nobody had asked.
"""

from __future__ import annotations

import sys
import threading
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager

#: Until it is raised again, in seconds: the place out of which nothing can be raised has been left by then.
_A_MOMENT = 0.01


@contextmanager
def heeding_interrupts() -> Iterator[None]:
    """Raise a KeyboardInterrupt that Python dropped once more, a moment later, until it is heard."""
    before = sys.unraisablehook
    again: list[threading.Timer] = []

    def raise_again(dropped: sys.UnraisableHookArgs) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            before(dropped)
            return
        timer = threading.Timer(_A_MOMENT, interrupt_main)
        timer.daemon = True
        again.append(timer)
        timer.start()

    sys.unraisablehook = raise_again
    try:
        yield
    finally:
        sys.unraisablehook = before
        for timer in again:
            timer.cancel()
