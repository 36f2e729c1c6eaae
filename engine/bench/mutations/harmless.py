"""Edits that are no mistakes: the check has nothing to say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from engine.bench.mutations.edits import FileEdit, PolicyFile, in_form, in_node, in_text
from engine.bench.mutations.forms import questions
from engine.bench.mutations.kind import EditKind, Look


def _attribute(tag: str, attribute: str, new: Callable[[str], str]) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            was = node.get(attribute)
            if was and new(was) != was:
                yield in_node(node, _set(attribute, new(was)), f"{tag} {attribute}: {was[:40]} → {new(was)[:40]}")

    return look


def _set(attribute: str, value: str) -> Callable[[etree._Element], None]:
    return lambda node: node.set(attribute, value)


def _text(tag: str, new: Callable[[str], str | None]) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            now = new(node.text or "")
            if now and now != node.text:
                yield in_node(node, _write(now), f"{tag}: {(node.text or '')[:50]} → {now[:50]}")

    return look


def _write(text: str) -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        node.text = text

    return change


def _in_brackets(text: str) -> str | None:
    return f"=({text[1:]})" if text.startswith("=") else None


def _other_way_round(text: str) -> str | None:
    match = re.fullmatch(r'=([a-z_]+) = ("[a-z_]+")', text)
    return f"={match[2]} = {match[1]}" if match else None


def _twice_not(text: str) -> str | None:
    return f"=not(not({text[1:]}))" if text.startswith("=") else None


def _spaced(text: str) -> str | None:
    return text.replace(" = ", "  =  ").replace(" and ", "\n and ") if text.startswith("=") else None


def _in_question(attribute: str, new: Callable[[Any], Any]) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for path, question in questions(source):
            was = question.get(attribute)
            if was and new(was) != was:
                yield in_form(path, _put(attribute, new(was)), f"{question.get('key')}: {attribute} in other words")

    return look


def _put(attribute: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda question: question.__setitem__(attribute, value)


def _question_added(_source: PolicyFile) -> Iterator[FileEdit]:
    asked = {
        "type": "textarea", "id": "field_remark_of_ours", "key": "remark_of_ours", "label": "Anything else?",
        "properties": {"visible_to": "officers"},
    }  # fmt: skip
    yield in_form(("components",), lambda parts: parts.append(asked), "a question more that may be left out")


def _word(pattern: str, group: int, new: str) -> Look:
    compiled = re.compile(pattern, re.MULTILINE)

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for match in compiled.finditer(source.text):
            yield in_text(match[group], new, f"{match[group][:40]} → {new}", at=match.start(group))

    return look


def _more(text: str) -> str:
    return text + " (as agreed)"


def _label_of_choices(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "label": _more(each["label"])} for each in values]


_HARMLESS: tuple[tuple[str, str, Look], ...] = (
    ("documentation in other words", ".bpmn", _text("documentation", _more)),
    ("condition in brackets", ".bpmn", _text("conditionExpression", _in_brackets)),
    ("condition the other way round", ".bpmn", _text("conditionExpression", _other_way_round)),
    ("condition twice denied", ".bpmn", _text("conditionExpression", _twice_not)),
    ("condition with more space", ".bpmn", _text("conditionExpression", _spaced)),
    ("mapping in brackets", ".bpmn", lambda s: _sources(s, _in_brackets)),
    ("due date in brackets", ".bpmn", lambda s: _due_dates(s, _in_brackets)),
    ("annotation in other words", ".bpmn", _text("text", _more)),
    ("exporter's version", ".bpmn", _attribute("definitions", "exporterVersion", lambda _: "5.40.0")),
    ("what the applicant is told", ".bpmn", lambda s: _told(s)),
    ("description of a decision", ".dmn", _text("description", _more)),
    ("remark of a row", ".dmn", lambda s: _annotations(s)),
    ("label of a column", ".dmn", _attribute("input", "label", _more)),
    ("label of a result", ".dmn", _attribute("output", "label", _more)),
    ("id of a row", ".dmn", _attribute("rule", "id", lambda id: id + "_2")),
    ("label of a question", ".form", _in_question("label", _more)),
    ("label of a day", ".form", _in_question("dateLabel", _more)),
    ("hint of a question", ".form", _in_question("description", _more)),
    ("labels of choices", ".form", _in_question("values", _label_of_choices)),
    ("order of choices", ".form", _in_question("values", lambda values: values[::-1])),
    ("question more that may be left out", ".form", _question_added),
    ("word of a letter", ".md", _word(r"^(Yours sincerely)$", 1, "EditKind regards")),
    ("greeting of a letter", ".md", _word(r"^(Dear) ", 1, "Hello")),
    (
        "paragraph more in a letter",
        ".md",
        _word(r"^(Yours sincerely)$", 1, "We are sorry for the wait.\n\nYours sincerely"),
    ),
    ("remark in variant.toml", "variant.toml", _word(r"^(\[)(?:contact|calendar|threshold)\]", 1, "# As agreed.\n[")),
    ("sentence of a guard", "variant.toml", _word(r'^sentence = ".*?(\.)"$', 1, ", as agreed.")),
    ("telephone number", "variant.toml", _word(r'^phone = "([^"]+)"', 1, "01632 960999")),
)


def _sources(source: PolicyFile, new: Callable[[str], str | None]) -> Iterator[FileEdit]:
    for node in source.nodes("input", "output"):
        if now := new(node.get("source", "")):
            yield in_node(node, _set("source", now), f"source → {now[:60]}")


def _due_dates(source: PolicyFile, new: Callable[[str], str | None]) -> Iterator[FileEdit]:
    for node in source.nodes("taskSchedule"):
        if now := new(node.get("dueDate", "")):
            yield in_node(node, _set("dueDate", now), f"dueDate → {now[:60]}")


def _told(source: PolicyFile) -> Iterator[FileEdit]:
    for node in source.nodes("property"):
        if node.get("name") == "told_to_applicant":
            yield in_node(node, _set("value", _more(node.get("value", ""))), "told to the applicant in other words")


#: What stands in the column of clauses, which is no remark: “H5.1, H5.2, L104.4”.
_CLAUSES = re.compile(r"(?:[A-Z]+[0-9][\w.]*[,\s]*)+")


def _annotations(source: PolicyFile) -> Iterator[FileEdit]:
    for node in source.nodes("annotationEntry"):
        for text in list(node)[-1:]:
            if len(text.text or "") > 20 and not _CLAUSES.fullmatch(text.text or ""):
                yield in_node(text, _write(_more(text.text or "")), "remark in other words")


KINDS = tuple(EditKind(name=name, ending=ending, look=look, is_harmless=True) for name, ending, look in _HARMLESS)
