"""What the public reads is there in every language: a sentence that nobody has translated fails here, not on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from engine import language
from engine.calendar.limits import Unit
from engine.language import ENGLISH, LANGUAGES, say, say_counted, speaking
from tests.house.checkout import ROOT
from webui.shell.errors import _PAGES

OTHERS = [code for code in LANGUAGES if code != ENGLISH]


def messages_of(code: str) -> list[Message]:
    file = Path(language.__file__).parent / f"{code}.po"
    with file.open("rb") as opened:
        return [message for message in read_po(opened, locale=code) if message.id]


def said_in_code() -> Iterator[str]:
    """What Python and the templates say, and the sentences that they take from tables."""
    for file in (*ROOT.glob("engine/**/*.py"), *ROOT.glob("webui/**/*.py")):
        text = file.read_text(encoding="utf-8")
        if "say(" in text:
            with file.open("rb") as opened:
                yield from (message for _, message, _, _ in extract("python", opened, keywords={"say": None}))  # type: ignore[misc]
    for file in ROOT.glob("webui/templates/**/*.html"):
        with file.open("rb") as opened:
            found = extract(
                "jinja2", opened, keywords={"_": None, "gettext": None}, options={"newstyle_gettext": "true"}
            )
            yield from (message for _, message, _, _ in found)  # type: ignore[misc]
    yield from (words for page in _PAGES.values() for words in page)


@pytest.mark.parametrize("code", OTHERS)
def test_everything_that_is_said_is_there_and_nothing_else(code: str) -> None:
    there = {message.id for message in messages_of(code) if isinstance(message.id, str)}
    assert there == set(said_in_code())


@pytest.mark.parametrize("code", OTHERS)
def test_every_unit_of_a_limit_is_counted(code: str) -> None:
    counted = {message.id[1] for message in messages_of(code) if isinstance(message.id, tuple)}
    assert counted == {f"%(number)s {unit}" for unit in Unit}


@pytest.mark.parametrize("code", OTHERS)
def test_each_message_has_words_with_the_same_values_and_markup(code: str) -> None:
    wrong = []
    for message in messages_of(code):
        own = message.id if isinstance(message.id, str) else message.id[1]
        for said in (message.string,) if isinstance(message.string, str) else message.string:
            parts = re.compile(r"%\([a-z]+\)s|%\{count\}|<[^>]*>")
            if not said.strip() or sorted(parts.findall(said)) != sorted(parts.findall(own)) or message.fuzzy:
                wrong.append(own)
    assert wrong == []


def test_english_says_what_the_code_says_and_a_language_ends_where_it_is_left() -> None:
    assert say("Continue") == "Continue"
    with speaking("cy"):
        assert say("Continue") == "Parhau"
        assert say_counted("%(number)s working day", "%(number)s working days", 2) == "2 ddiwrnod gwaith"
    assert say("Answer “%(name)s”.", name="Who?") == "Answer “Who?”."
