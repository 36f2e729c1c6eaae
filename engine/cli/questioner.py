"""Questions at the keyboard: an answer that cannot be used is said with a sentence and asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.variants import read_settings

#: What is wrong with an answer, in a sentence that says what to do; "" where nothing is.
Wrong = Callable[[str], str]


def nothing_wrong(_: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Questioner:
    """Who asks."""

    ask: Callable[..., Any]  #: `ask(question, default=…, show_default=…)` gives an answer
    tell: Callable[[str], None]  #: tells a line

    def text(self, question: str, default: str = "", *, wrong: Wrong = nothing_wrong) -> str:
        """One line, the default where it is left empty."""
        while True:
            answer = str(self.ask(question, default=default, show_default=bool(default))).strip()
            sentence = wrong(answer) if answer else ""
            if not sentence:
                return answer
            self.tell(f"    {sentence}")

    def email(self, question: str) -> str:
        return self.text(question, wrong=_no_email)

    def words(self, question: str, default: str = "", *, wrong: Callable[[list[str]], str]) -> list[str]:
        """Some words, separated by blanks or commas."""
        return _words(self.text(question, default, wrong=lambda answer: wrong(_words(answer))))

    def is_so(self, question: str, *, default: bool) -> bool:
        """Yes or no."""
        given = self.text(
            f"{question} (yes or no)", "yes" if default else "no",
            wrong=lambda answer: "" if answer.lower() in ("yes", "y", "no", "n") else "Answer yes or no.",
        )  # fmt: skip
        return given.lower().startswith("y")

    def number(self, question: str, default: int, *, wrong: Callable[[int], str] = lambda _: "") -> int:
        """A whole number."""

        def wrong_number(answer: str) -> str:
            if not answer.isdecimal() or len(answer) > 6:
                return f"“{answer[:40]}” is no whole number. Write one in digits, such as {default}."
            return wrong(int(answer))

        return int(self.text(question, str(default), wrong=wrong_number))


def wrong_in(values: Mapping[str, Any]) -> str:
    """The first thing that a variant.toml with these values would have wrong; "" for none."""
    return next(iter(all_wrong_in(values)), "")


def all_wrong_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """All that a variant.toml with these values would have wrong."""
    return read_settings({"name": "Council", **values})[1]


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _no_email(answer: str) -> str:
    before, _, host = answer.partition("@")
    is_one = before and "." in host.strip(".") and " " not in answer
    return "" if is_one else f"“{answer[:60]}” is no email address. Write it as name@council.gov.uk, or leave it empty."
