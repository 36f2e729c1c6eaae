"""What is pasted from a word processor is read like what is typed: never refused for a sign that nobody sees."""

from __future__ import annotations

import pytest

from engine.words import typed_text

LONG = [
    ("one\x0btwo", "one\ntwo"),  # Word's Shift+Enter
    ("one\x0ctwo", "one\ntwo"),
    ("one\u2028two\u2029three\x85four", "one\ntwo\nthree\nfour"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("neigh\xadbour", "neighbour"),
    ("un\u200bseen\ufeff \u2060sign\u200e", "unseen sign"),
    ("5\xa0May\u202f2026", "5 May 2026"),
    ("co\x1eoperate, opt\x1fional", "co-operate, optional"),
    ("\uf0b7\tnoise", "•\tnoise"),
    ("a\x00b\x07c\x1bd\x7fe", "abcde"),
    ("evil\u202egnp.exe", "evilgnp.exe"),
    ("half \ud83d a pair", "half  a pair"),
    ("👩\u200d👧", "👩\u200d👧"),  # a family is joined
    (" \x0b\u200b ", ""),
]


@pytest.mark.parametrize(("typed", "kept"), LONG)
def test_line_breaks_stay_and_what_nobody_sees_goes(typed: str, kept: str) -> None:
    assert typed_text(typed) == kept
    assert typed_text(kept) == kept


def test_on_one_line_the_breaks_of_word_processors_are_blanks() -> None:
    assert typed_text("Ms\x0bA\u2028B", is_one_line=True) == "Ms A B"
    assert typed_text("Ms\nA", is_one_line=True) == "Ms\nA"  # whoever asks for one line says so
