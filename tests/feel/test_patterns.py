"""Patterns mean what XPath says that they mean, and not what RE2 reads (XPath Functions 3.1, 5.6; XML Schema, G)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.feel import evaluate, parse

_DIGITS_OF_BENGALI = "০১২"


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "found"),
    [
        # a dot takes neither end of a line, all of them with the flag s
        *(("a\rb", "a.b", "", False), ("a\nb", "a.b", "", False), ("a\rb", "a.b", "s", True), ("a b", "a.b", "", True)),
        # a class without some of its characters
        *(("b", "^[a-z-[aeiou]]$", "", True), ("e", "^[a-z-[aeiou]]$", "", False), ("B", "[a-z-[E]]", "i", True)),
        *(("e", "[A-Z-[E]]", "i", False), ("e", "[a-z-[E]]", "i", False), ("5", "[^a-z-[5]]", "", False)),
        *(("6", "[^a-z-[5]]", "", True), ("5", "[0-9-[^5]]", "", True), ("q", "[^Q-[x]]", "i", False)),
        # classes by name: of every script, and a line below is a sign of punctuation
        *((_DIGITS_OF_BENGALI, r"^\d+$", "", True), (_DIGITS_OF_BENGALI, r"\D", "", False), ("é", r"^\w$", "", True)),
        *(
            ("_", r"^\w$", "", False),
            ("_", r"^\W$", "", True),
            ("é", r"^[\w]$", "", True),
            (" ", r"^[^\s]$", "", False),
        ),
        *(("a-b.c", r"^\i\c+$", "", True), ("-a", r"^\i\c+$", "", False), ("x y", r"^\S+\s\S+$", "", True)),
        *(("ab", r"^\p{IsBasicLatin}+$", "", True), ("é", r"\p{IsBasicLatin}", "", False), ("A", r"\p{Lu}", "", True)),
        *(
            ("é", r"^\P{IsBasicLatin}$", "", True),
            ("a", r"\P{Ll}", "", False),
            ("ab", r"\p{ I s BasicLatin }", "x", True),
        ),
        # blanks count in a class only
        *(("a b", "a[ ]b", "x", True), ("ab", "a b", "x", True), ("a b", "a[x-z -[z ]] ?b", "x", False)),
        # ends of lines
        *(("a\nb", "^b$", "m", True), ("a\nb", "^b$", "", False), ("\na", "^$", "m", True)),
        # signs that mean themselves
        *(
            (r"a$b", r"a\$b", "", True),
            ("a-b", r"a[\-x]b", "", True),
            ("[", r"\[", "", True),
            ("a.b", "a.b", "q", True),
        ),
        *(
            ("a\tb", r"a\tb", "", True),
            ("A+", "a+", "qi", True),
            ("a{2}", "a{2}", "q", True),
            ("aa", "^a{2}$", "", True),
        ),
        *(
            ("abab", "^(?:ab){2}$", "", True),
            ("a", "^a{1,3}?$", "", True),
            ("b", "^(a|b)$", "", True),
            ("", "", "", True),
        ),
    ],
)
def test_a_pattern_means_what_xpath_says(text: str, pattern: str, flags: str, found: bool) -> None:
    assert evaluate("matches(text, pattern, flags)", {"text": text, "pattern": pattern, "flags": flags}) is found


@pytest.mark.parametrize(
    "pattern",
    [
        # what RE2 reads as something else, and XPath does not have
        *(r"\bword\b", r"\Qa.b\E", r"\Aa", r"a\z", r"\0", r"a\/b", "[[:alpha:]]", "(?i)a", "(?P<x>a)", r"\p{Greek}"),
        *("a{", "a{,3}", "}", "]", "[]", "[a", "[z-a]", "[a-[b]c]", "[a-z-[a-z]]", r"[\w-[a]]", "a\\", r"\p{Xx}", "*a"),
        *(r"\p{IsBasicLatin", r"\pL", "[a[b]]", "(", "(a", r"[\p{IsNothing}]", r"[a-\w]"),
    ],
)
def test_what_xpath_does_not_have_is_no_pattern(pattern: str) -> None:
    notes: list[str] = []
    assert parse("matches(text, pattern)").evaluate({"text": "a", "pattern": pattern}, warn=notes.append) is None
    assert notes == [f"'{pattern}' is no pattern that can be read."]


@pytest.mark.parametrize("pattern", [r"(a)\1", "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b"])
def test_a_pattern_that_looks_around_or_back_says_so(pattern: str) -> None:
    notes: list[str] = []
    assert parse("matches(text, pattern)").evaluate({"text": "aa", "pattern": pattern}, warn=notes.append) is None
    assert notes == [f"'{pattern}' looks around or back, which is not run here."]
    (fault,) = parse('matches(text, "' + pattern.replace("\\", "\\\\") + '")').faults()
    assert "looks around, or back at what a group matched" in fault


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        *(('matches("abc", "B", "i")', True), ('matches("abc", "b", null)', True), ('matches("abc", "b", "y")', None)),
        *(('replace("abc", "B", "x", "i")', "axc"), ('replace("abc", "b", "x", null)', "axc")),
        *((r'replace("a1b22", "\d+", "#")', "a#b#"), (r'split("a b  c", "\s+")', ["a", "b", "c"])),
    ],
)
def test_flags_may_be_left_out_or_null_and_are_no_others(expression: str, value: Any) -> None:
    assert evaluate(expression) == value


def test_the_check_reads_a_pattern_with_its_flags() -> None:
    assert parse('matches(text, "a{", "q")').faults() == []
    assert len(parse('matches(text, "a{")').faults()) == 1
    assert len(parse('replace(text, "a", "b", "y")').faults()) == 1
    assert parse('matches(text, "a{", how)').faults() == []  # whether that is a pattern shows with the flags


def test_a_class_of_very_many_letters_is_not_counted_out() -> None:
    assert evaluate(r'matches("a", "[a-z-[\u0041-\uFFFF]]", "i")') is None
    assert evaluate(r'matches("a", "[a-z-[\u0041-\u005A]]", "i")') is None  # nothing is left
    assert evaluate(r'matches("a", "[a-z-[\u0041-\uFFFF]]")') is None
