"""`asb templates`: what the modeller is given is what the handlers declare."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from engine.workshop.message_templates import message_templates
from handlers import HANDLERS
from tests.cli.calls import Asb
from tests.house.checkout import ROOT

NAMES = sorted(f"{name}.json" for name in [*(each.name for each in HANDLERS), *message_templates()])


@pytest.fixture
def at(asb: Asb, tmp_path: Path) -> Asb:
    """An installation with variants of its own, without any template."""
    (tmp_path / "policies").mkdir()
    return replace(asb, more={**asb.more, "ASB_VARIANTS": str(tmp_path / "policies")})


def folder(at: Asb) -> Path:
    return Path(at.environment["ASB_VARIANTS"]) / ".camunda" / "element-templates"


def test_the_committed_templates_are_up_to_date(asb: Asb) -> None:
    assert asb.done("templates", "--check") == "All are up to date.\n"


def test_each_handler_gets_the_template_that_is_committed(at: Asb) -> None:
    assert at.done("templates").count("written") == len(NAMES)
    committed = ROOT / "bpmn" / ".camunda" / "element-templates"
    assert {path.name: path.read_bytes() for path in folder(at).iterdir()} == {
        name: (committed / name).read_bytes() for name in NAMES
    }
    assert at.done("templates") == "All are up to date.\n"


def test_what_is_missing_or_changed_is_named_and_left_as_it_is(at: Asb) -> None:
    missing = at("templates", "--check")
    assert (missing.code, missing.out.count("is not up to date")) == (1, len(NAMES))
    assert not folder(at).exists()
    at.done("templates")
    changed = folder(at) / "send-letter.json"
    changed.write_text("{}")
    answer = at("templates", "--check")
    assert (answer.code, changed.read_text()) == (1, "{}")
    assert "send-letter.json is not up to date" in " ".join(answer.out.split())
    at.done("templates")
    assert json.loads(changed.read_text())["id"] == "send-letter"


def test_a_template_of_no_handler_is_named_and_stays(at: Asb) -> None:
    at.done("templates")
    own = shutil.copy(folder(at) / "send-letter.json", folder(at) / "our-own.json")
    answer = at("templates")
    assert (answer.code, answer.out) == (0, "All are up to date.\n")
    assert "our-own.json belongs to nothing here" in answer.err
    assert own.exists()
