"""Tables by row and cell, forms by question, texts by paragraph: what only one side changed holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from engine.variants.merge.forms import merge_forms
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.tables import merge_tables
from engine.variants.merge.texts import merge_texts
from engine.variants.overlay.xml_files import named, read_tree, text_of


def table(*rows: tuple[str, str, str], policy: str = "UNIQUE") -> bytes:
    said = "".join(
        f'<rule id="{id}"><inputEntry><text>{read}</text></inputEntry>'
        f"<outputEntry><text>{given}</text></outputEntry></rule>"
        for id, read, given in rows
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
        f'<decision id="where" name="Where"><decisionTable hitPolicy="{policy}"><input><inputExpression><text>x</text>'
        f'</inputExpression></input><output name="to"/>{said}</decisionTable></decision></definitions>'
    ).encode()


def merged_rows(
    old: bytes, own: bytes, new: bytes, answers: Mapping[str, Side] | None = None
) -> tuple[list[tuple[str, ...]], list[str]]:
    inquiry = Inquiry(answers or {})
    root = read_tree(merge_tables("t.dmn", old, own, new, inquiry), name="t.dmn")
    rows = [(row.get("id", ""), *(text_of(cell) for cell in row)) for row in named(root, "rule")]
    return rows, [question.name for question in inquiry.questions]


A, B, C = ("a", "1", "x"), ("b", "2", "y"), ("c", "3", "z")


def test_cells_of_one_row_are_merged_and_a_new_row_stands_where_the_base_has_it() -> None:
    own, new = table(("a", "9", "x"), B), table(("a", "1", "w"), C, B)
    assert merged_rows(table(A, B), own, new) == ([("a", "9", "w"), C, B], [])


@pytest.mark.parametrize(("side", "cell"), [(Side.OWN, "8"), (Side.BASE, "9")])
def test_one_cell_that_both_changed_is_asked(side: Side, cell: str) -> None:
    own, new = table(("a", "8", "x")), table(("a", "9", "x"))
    assert merged_rows(table(A), own, new, {"t.dmn:where.a.input1": side}) == (
        [("a", cell, "x")], ["t.dmn:where.a.input1"],
    )  # fmt: skip


@pytest.mark.parametrize(("side", "rows"), [(Side.OWN, [B]), (Side.BASE, [B, ("a", "9", "x")])])
def test_a_row_that_the_base_changed_and_the_council_took_out_is_asked(side: Side, rows: list[tuple[str, ...]]) -> None:
    found, asked = merged_rows(table(A, B), table(B), table(("a", "9", "x"), B), {"t.dmn:where.a": side})
    assert (sorted(found), asked) == (sorted(rows), ["t.dmn:where.a"])


@pytest.mark.parametrize(("side", "order"), [(Side.OWN, "own base"), (Side.BASE, "base own")])
def test_whose_row_comes_first_is_asked_where_the_first_holds(side: Side, order: str) -> None:
    old, own, new = (
        table(A, *more, B, policy="FIRST") for more in ((), (("own", "5", "o"),), (("base", "6", "b"),))
    )  # fmt: skip
    rows, asked = merged_rows(old, own, new, {"t.dmn:where.order": side})
    assert [row[0] for row in rows] == ["a", *order.split(), "b"]
    assert asked == ["t.dmn:where.order"]


def test_where_one_row_at_most_matches_the_order_is_not_asked() -> None:
    rows, asked = merged_rows(table(A), table(A, ("own", "5", "o")), table(A, ("base", "6", "b")))
    assert ([row[0] for row in rows], asked) == (["a", "own", "base"], [])


def form(*components: Mapping[str, Any]) -> bytes:
    return json.dumps({"id": "f", "components": list(components)}).encode()


def question(key: str, label: str, *choices: str) -> dict[str, Any]:
    held: dict[str, Any] = {"key": key, "id": f"field_{key}", "type": "radio", "label": label}
    return held | ({"values": [{"value": each, "label": each} for each in choices]} if choices else {})


def merged_form(
    old: bytes, own: bytes, new: bytes, answers: Mapping[str, Side] | None = None
) -> tuple[list[Mapping[str, Any]], list[str]]:
    inquiry = Inquiry(answers or {})
    tree = json.loads(merge_forms("forms/f.form", old, own, new, inquiry))
    return tree["components"], [each.name for each in inquiry.questions]


def test_questions_are_merged_by_key_and_choices_by_value() -> None:
    old = form(question("who", "Who?", "a", "b"), question("when", "When?"))
    own = form(question("who", "Who is it?", "a", "b", "own"), question("mine", "Mine?"), question("when", "When?"))
    new = form(question("who", "Who?", "a", "base"), question("when", "On which day?"), question("theirs", "Theirs?"))
    found, asked = merged_form(old, own, new)
    assert [each["key"] for each in found] == ["who", "mine", "when", "theirs"]
    assert [each["label"] for each in found] == ["Who is it?", "Mine?", "On which day?", "Theirs?"]
    assert sorted(each["value"] for each in found[0]["values"]) == ["a", "base", "own"]
    assert asked == []


@pytest.mark.parametrize(("side", "label"), [(Side.OWN, "Ours?"), (Side.BASE, "Theirs?")])
def test_words_of_a_question_that_both_changed_are_asked(side: Side, label: str) -> None:
    name = "forms/f.form:components.who.label"
    old, own, new = (form(question("who", words)) for words in ("Who?", "Ours?", "Theirs?"))
    found, asked = merged_form(old, own, new, {name: side})
    assert ([each["label"] for each in found], asked) == ([label], [name])


def test_a_question_that_the_base_no_longer_asks_and_the_council_changed_is_asked() -> None:
    found, asked = merged_form(form(question("who", "Who?")), form(question("who", "Ours?")), form())
    assert ([each["label"] for each in found], asked) == (["Ours?"], ["forms/f.form:components.who"])


def text(head: str, paragraphs: Sequence[str]) -> bytes:
    return f"+++\n{head}\n+++\n".encode() + "\n\n".join(paragraphs).encode() + b"\n"


def merged_text(old: bytes, own: bytes, new: bytes, answers: Mapping[str, Side] | None = None) -> tuple[str, list[str]]:
    inquiry = Inquiry(answers or {})
    return merge_texts("letters/a.md", old, own, new, inquiry).decode(), [each.name for each in inquiry.questions]


def test_paragraphs_that_only_one_side_changed_and_keys_above_the_text() -> None:
    old = text('title = "T" # of the base\nclauses = ["M1"]', ["Dear you", "One.", "Two.", "Bye"])
    own = text('title = "Ours" # kept\nclauses = ["M1"]', ["Dear you", "One, ours.", "Two.", "Bye"])
    new = text('title = "T"\nclauses = ["M1", "M2"]', ["Dear you", "One.", "Two.", "Three.", "Bye"])
    found, asked = merged_text(old, own, new)
    assert found == text(
        'title = "Ours" # kept\nclauses = ["M1", "M2"]', ["Dear you", "One, ours.", "Two.", "Three.", "Bye"]
    ).decode()  # fmt: skip
    assert asked == []


@pytest.mark.parametrize(("side", "words"), [(Side.OWN, "Ours."), (Side.BASE, "Theirs.")])
def test_a_paragraph_that_both_changed_is_asked_and_never_marked(side: Side, words: str) -> None:
    old, own, new = (text('id = "a"', ["Dear you", each, "Bye"]) for each in ("Old.", "Ours.", "Theirs."))
    found, asked = merged_text(old, own, new, {"letters/a.md:paragraph 2": side})
    assert (found, asked) == (text('id = "a"', ["Dear you", words, "Bye"]).decode(), ["letters/a.md:paragraph 2"])
