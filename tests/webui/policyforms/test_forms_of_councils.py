"""Every form that stands in a policy folder, drawn and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.forms import Form, PublicForm, read_form
from tests.house.checkout import ROOT
from tests.webui.policyforms.pages import drawn, sent_from
from webui.policyforms import read_answers

FORMS = sorted((ROOT / "bpmn").glob("*/forms/*.form"))


def check(form: Form, *, public: bool) -> None:
    asked = PublicForm(form).asked if public else form
    page = drawn(asked)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for label in page.iter("label"):
        assert label.get("for") in ids
    described = {each for value in page.xpath("//@aria-describedby") for each in value.split()}
    assert described <= set(ids)
    answers, action = read_answers(asked, sent_from(page))
    assert action == "complete"
    assert set(answers) <= set(asked.keys)
    # What nobody has answered yet counts as nothing, so that nothing is recorded of it.
    assert not [each for each in asked.shown(answers).answers.values() if each]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_drawn_with_every_label_and_hint_at_its_input(path: Path) -> None:
    form = read_form(path.read_bytes(), file=path.name)
    check(form, public=False)
    check(form, public=True)
