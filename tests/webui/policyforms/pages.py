"""A drawn form, and what a browser would send from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html
from werkzeug.datastructures import MultiDict

from engine.forms import Form
from tests.webui.policyforms.every_kind import NOW, site
from webui.policyforms import render_form, render_problems


def drawn(form: Form, answers: Mapping[str, Any] | None = None, **settings: Any) -> html.HtmlElement:
    """The form's HTML, in one element."""
    known = {"scope": {}, "now": NOW, "functions": None, **settings}
    with site(form).test_request_context():
        return html.fromstring(f"<form>{render_form(form, answers or {}, **known)}</form>")


def drawn_problems(form: Form, problems: tuple[tuple[str, str], ...]) -> html.HtmlElement:
    with site(form).test_request_context():
        return html.fromstring(f"<div>{render_problems(form, problems)}</div>")


def sent_from(page: html.HtmlElement) -> MultiDict[str, str]:
    """What a browser sends: every input as it stands, without a button."""
    return MultiDict(list(_pairs(page)))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _pairs(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in page.iter("input", "select", "textarea"):
        name = element.get("name")
        if name is None or element.get("type") == "file":
            continue
        if element.tag == "textarea":
            # A parser of XML keeps the line end that a browser drops.
            yield name, (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            yield (
                name,
                next((option.get("value") for option in element.iter("option") if "selected" in option.attrib), ""),
            )
        elif element.get("type") not in ("checkbox", "radio") or "checked" in element.attrib:
            yield name, element.get("value", "")
