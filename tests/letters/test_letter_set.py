"""A variant's letter set as handlers use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from engine.errors import LetterMissingError, PlaceholderMissingError
from engine.handler import Channel, WrittenLetter
from engine.letters import LetterSet, read_letter

TEXT = b'+++\nid = "CT1"\ntitle = "We have your application"\nclauses = ["H11.1"]\n+++\nDear ((to)), ((meeting)).'
VALUES: Mapping[str, Any] = {"case": {"reference": "HBC-1"}, "to": "the case's own", "meeting": "Monday"}


def letters() -> LetterSet:
    return LetterSet({"CT1": read_letter(TEXT, file="letters/ct1.md")}, {"name": "Hertsmere"}, with_pdf=False)


def written(values: Mapping[str, Any] = VALUES, **extra: Any) -> WrittenLetter:
    return letters().write(
        "CT1",
        values,
        recipient="A. Lee",
        address="a@b.example",
        channel=Channel.EMAIL,
        on=date(2026, 5, 5),
        extra=extra,
    )


def test_what_the_element_hands_over_comes_before_the_case() -> None:
    assert "Dear A. Lee, Monday." in written(to="A. Lee").text
    assert "Dear the case's own, Monday." in written(to=None, meeting="").text


def test_the_document_bears_the_letters_title_and_clauses() -> None:
    document = written()
    assert (document.letter_id, document.title, document.clauses) == ("CT1", "We have your application", ("H11.1",))
    assert document.pdf is None


def test_a_letter_that_the_set_does_not_have_is_named() -> None:
    with pytest.raises(LetterMissingError, match=r"CT9.*CT1"):
        letters().write("CT9", VALUES, recipient="A", address="", channel=Channel.HAND, on=date(2026, 5, 5), extra={})


def test_a_letter_without_the_cases_reference_is_not_written() -> None:
    with pytest.raises(PlaceholderMissingError, match=r"case\.reference"):
        written({"to": "x", "meeting": "y"})
