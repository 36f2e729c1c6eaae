"""The one call of Typst: a letter, or another document, is set here; a letter also on trial in a process of its own.

Run as a program it sets the letter that it is given and says why it could not, within bounds and without anything of
the engine: Typst may not only refuse a picture, but take its whole process down with it.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import typst

#: What the program ends with where Typst has refused the letter, and has said why.
REFUSED = 3
_DOTS_PER_INCH = 200
_MOST_BYTES = 4_000_000_000
_MOST_SECONDS = 2  #: of a processor; a letter with a logo takes a tenth of one
_TEMPLATE = Path(__file__).with_name("letter.typ").read_bytes()


def set_letter(content: str, *, stamp: int) -> bytes:
    """The letter as PDF. `content` is what the template reads, as JSON; `stamp` the moment it bears, in Unix seconds.

    Raises typst.TypstError where it cannot be set.
    """
    return set_document(_TEMPLATE, {"letter": content}, stamp=stamp)


def set_document(template: bytes, inputs: dict[str, str], *, stamp: int) -> bytes:
    """A document as tagged PDF (PDF/UA-1); the template reads `inputs`. Raises typst.TypstError."""
    return typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=stamp,
    )


def set_picture(template: bytes, inputs: dict[str, str]) -> bytes:
    """The one page that a template makes of `inputs`, as a picture (PNG) for print. Raises typst.TypstError."""
    return typst.compile(
        template, format="png", ppi=_DOTS_PER_INCH, ignore_system_fonts=True, sys_inputs=inputs, timestamp=0
    )


def _set_on_trial() -> None:
    with suppress(ImportError):  # a system without them: whoever asked for the trial ends it
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        set_letter(sys.stdin.buffer.read().decode(), stamp=0)
    except typst.TypstError as error:
        sys.stdout.write(str(error))
        sys.exit(REFUSED)


if __name__ == "__main__":
    _set_on_trial()
