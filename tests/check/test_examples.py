"""What the rules' pages show of wrong and right is what the rules find and leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.check.rule import Rule
from engine.check.rules import RULES
from tests.check.example import Example, example_of, examples
from tests.check.pictures import PAGES, PICTURES, pictures_of, section_of, with_section

#: The rules whose pages show part of a file, and why a diagram would show nothing of it.
EXCERPTS = {
    "readable": "it is about files that cannot be read, such as variant.toml",
    "days": "which days a question takes stands in its form",
    "letters": "what is known and what is not stands in the letter's text",
    "addressees": "whom a letter is for stands in the letter and in variant.toml",
    "pages": "a page for the public stands in no diagram",
    "conflicts": "documents that disagree are listed in policy.toml",
    "ends": "whether an answer is refused before is written in variant.toml",
    "guards": "what must be so first is written in variant.toml",
    "identity": "whose names these are stands in letters, forms and settings",
    "bodies": "which body is named stands in letters, forms and tables, and whose it is in variant.toml",
    "settings-facts": "what is a fact for figures, copies and pages is written in variant.toml",
    "settings": "what a council says of itself stands in variant.toml",
    "slots": "which process stands in a slot is written in variant.toml",
    "base": "which base was pinned is written in no diagram",
    "entered-years": "what was published before the system is written in variant.toml",
    "figures-table": "how the published table is laid out is written in variant.toml",
    "prefixes": "how references begin is written in variant.toml",
    "languages": "what is said in which language stands in variant.toml and in files",
    "translations": "a translation stands in no diagram",
    "logo": "a logo stands in no diagram",
    "colour": "the council's colour is written in variant.toml",
    "owed": "which clause a letter carries out stands in the letter",
    "near-names": "what a form offers stands in the form",
    "examples": "what worked examples answer stands in them and in forms",
    "given": "what a letter prints stands in its text",
    "tables": "the rows of a table stand in no diagram",
    "floor": "what a table turns away is seen in the table, beside the Act's own",
    "below-the-floor": "a limit stands in time_limits.dmn, its floor in variant.toml",
}

EXAMPLES = [pytest.param(rule, example, id=rule.name) for rule, example in examples()]


def test_every_example_is_of_a_rule_and_every_rule_has_one() -> None:
    files = sorted(path.stem for path in (Path(__file__).parent / "examples").glob("*.py") if path.stem != "__init__")
    assert files == sorted(rule.name.replace("-", "_") for rule in RULES)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_rule_finds_something_in_the_wrong_one_and_nothing_in_the_right_one(rule: Rule, example: Example) -> None:
    assert example.wrong.findings(rule) != []
    assert example.right.findings(rule) == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_page_shows_the_examples_and_says_what_the_rule_finds(rule: Rule, example: Example) -> None:
    page = (PAGES / f"{rule.name}.md").read_text()
    assert page == with_section(page, section_of(rule, example)), "make pictures brings it up to date"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_pictures_are_of_the_examples_as_they_are(rule: Rule, example: Example) -> None:
    drawn = dict(pictures_of(rule, example))
    kept = {name: (PICTURES / name).read_text() for name in drawn if (PICTURES / name).exists()}
    assert kept == drawn, "make pictures brings them up to date"


def test_no_picture_is_kept_that_no_page_shows() -> None:
    drawn = {name for rule, example in examples() for name, _ in pictures_of(rule, example)}
    assert {path.name for path in PICTURES.iterdir()} == drawn


def test_only_what_no_diagram_shows_is_shown_as_part_of_a_file() -> None:
    excerpts = {rule.name for rule, example in examples() if example.wrong.picture is None}
    assert excerpts == EXCERPTS.keys()
    assert excerpts == {rule.name for rule, example in examples() if example.right.picture is None}


@pytest.mark.parametrize(("rule", "example"), [each for each in EXAMPLES if each.id not in EXCERPTS])
def test_a_finding_is_marked_in_the_wrong_picture_by_a_word_and_in_the_right_one_nothing_is(
    rule: Rule, example: Example
) -> None:
    drawn = dict(pictures_of(rule, example))
    names = [each.element_name for each in example.wrong.findings(rule) if each.file == "main.bpmn"]
    assert f"Finding: {names[0]}" in drawn[f"{rule.name}-wrong.svg"] or not names[0]
    assert "inding" in drawn[f"{rule.name}-wrong.svg"].split("</desc>")[1]
    assert "inding" not in drawn[f"{rule.name}-right.svg"]


@pytest.mark.parametrize("name", sorted(EXCERPTS))
def test_an_excerpt_stands_in_the_file_that_it_is_said_to_be_of(name: str) -> None:
    (rule,) = [rule for rule in RULES if rule.name == name]
    for side in (example_of(rule).wrong, example_of(rule).right):
        text = side.variant.files[side.file].decode()
        assert side.excerpt in text.replace("&gt;", ">")
