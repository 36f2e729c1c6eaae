"""Which letters a folder can write: those that an input names, or that what gives a fact read there names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from engine.variants.overlay.components import answers_of_form
from engine.variants.overlay.xml_files import named

#: A text in FEEL, with the = before it where something is compared with it: else it may be the id of a letter.
_QUOTED = re.compile(r'(=\s*)?"([^"\n]*)"')
#: What is compared is no part of what an expression gives.
_COMPARED = re.compile(r'[\w.]+\s*!?=\s*(?:"[^"\n]*"|\w+)')
_NAME = re.compile(r"[A-Za-z_]\w*")


def letters_named(trees: Iterable[Any], forms: Iterable[bytes]) -> set[str]:
    """The texts that may be ids of letters, in diagrams, tables and the files of forms."""
    given: dict[str, list[str]] = defaultdict(list)  #: by fact: what gives it
    found: set[str] = set()
    read: list[str] = []
    for root in trees:
        for fact, written in _given_in(root):
            given[fact].append(written)
        inputs = [each.get("source", "") for each in named(root, "input")]
        read += inputs
        found |= {text for cell in named(root, "text") for text in _texts(f"={cell.text or ''}")}
    for form in forms:
        for fact, written in answers_of_form(form):
            given[fact].append(written)
    while read:
        written = read.pop()
        found.update(_texts(written))
        if written.startswith("="):
            for name in _NAME.findall(_COMPARED.sub("", written)):
                read += given.pop(name, ())
    return found


def _given_in(root: Any) -> Iterator[tuple[str, str]]:
    """Each fact with an expression, or a text, that gives it."""
    yield from ((each.get("target", ""), each.get("source", "")) for each in named(root, "output"))
    yield from ((each.get("target", ""), each.get("source", "")) for each in named(root, "input"))
    yield from ((each.get("resultVariable", ""), each.get("expression", "")) for each in named(root, "script"))


def _texts(written: str) -> Iterator[str]:
    """The text itself, or those that an expression may give."""
    if not written.startswith("="):
        yield written
        return
    yield from (text for compared, text in _QUOTED.findall(written[1:].strip()) if not compared)
