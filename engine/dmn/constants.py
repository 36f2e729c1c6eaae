"""Texts that hold nothing but values written out: these may be computed while a file is read, without long work."""

from __future__ import annotations

import re

#: A value written out, as a cell holds it.
VALUE = re.compile(
    r'"(?:[^"\\]|\\.)*"|@"[^"]*"|\b(?:date|time|duration|date and time)\("[^"]*"\)|-?\d+(?:\.\d+)?|-?\.\d+'
)
_WORD = re.compile(r"[^\W\d]\w*")
#: Words that a comparison with values written out may hold besides them.
_WORDS = frozenset({"not", "null", "true", "false"})
#: Longer cells are left to be computed when the decision is.
_LONGEST = 10_000


def is_constant(text: str) -> bool:
    """Whether a cell or a list of values compares only with values written out."""
    return len(text) <= _LONGEST and set(_WORD.findall(VALUE.sub(" 0 ", text))) <= _WORDS
