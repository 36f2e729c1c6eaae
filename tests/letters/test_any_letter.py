"""Whatever a letter or a value holds: a letter is read, refused in words, or written; never a traceback."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadInputError, PlaceholderMissingError
from engine.letters import letterhead, read_letter, render_text
from engine.letters.pdf import content_of
from engine.letters.substitution import fill

HEAD = letterhead({"name": "H"}, reference="R", on=date(2026, 5, 5), recipient="A", address="")
FRONT = '+++\nid = "X"\ntitle = "T"\n+++\n'

_PIECES = ["((", "))", "a", "??", "**", "*", "_", "# ", "- ", "1. ", "> ", "\n", "\n\n", "|", "---", "[", "](https://x.y)",
           "<b>", "`", "    ", " ", "&amp;", "\\", "é", "\ue000", "((a))", "((a??b))", "~", "![", "\t"]  # fmt: skip
_LETTERS = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@given(_LETTERS)
def test_any_text_is_read_and_what_has_no_problem_can_be_written(text: str) -> None:
    letter = read_letter((FRONT + text).encode(), file="x.md")
    if letter.problems:
        return
    for value in (None, "words", ["one", "two"], False):
        try:
            blocks = fill(letter, {"a": value})
        except PlaceholderMissingError:
            assert value is None
            continue
        assert render_text(letter, {"a": value}, HEAD).startswith("T\n\nOur reference: R\n")
        content_of(blocks, HEAD, title="T")


@given(st.text(max_size=60))
def test_any_value_changes_words_and_nothing_else(value: str) -> None:
    letter = read_letter((FRONT + "# ((a))\n\n**((a))** ((a))").encode(), file="x.md")
    try:
        heading, paragraph = content_of(fill(letter, {"a": value}), HEAD, title="T")["blocks"]
    except PlaceholderMissingError:
        return
    assert (heading["kind"], paragraph["kind"]) == ("heading", "paragraph")
    nodes = [*heading["inner"], *paragraph["inner"]]
    assert {node["kind"] for node in nodes} <= {"words", "strong", "break"}


@given(st.binary(max_size=200))
def test_any_bytes_are_a_letter_or_refused(data: bytes) -> None:
    for content in (data, FRONT.encode() + data):
        with suppress(BadInputError):
            read_letter(content, file="x.md")
