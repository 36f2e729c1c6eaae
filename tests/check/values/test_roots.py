"""One slip of the hand in a form is one finding, and what its readers say of it stands below that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.check import Finding, check_paths, check_variant, each_of
from engine.check.rules import RULES
from engine.variants import Variant, load_variant
from handlers import HANDLERS
from tests.check.builders import Drawing, folder
from tests.check.mutations import HERTSMERE, Files, hertsmere

_HERTSMERE = load_variant(HERTSMERE)
#: What takes long, and says nothing of names and kinds.
_ASIDE = frozenset({"floor", "below-the-floor", "ends", "sound", "owed", "overlaps", "crossings", "near-names"})
_TEXT = {"type": "textfield"}
_BOX = {"type": "checkbox"}


def _components(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for component in content.get("components", ()):
        yield component
        yield from _components(component)


def _with(form: str, key: str, changed: Mapping[str, Any]) -> Files:
    """Hertsmere's files, with one question of a form changed."""
    files = hertsmere()
    content = json.loads(files[form])
    (component,) = [each for each in _components(content) if each.get("key") == key]
    component.update(changed)
    if changed.get("type") in ("textfield", "checkbox"):
        component.pop("values", None)
    files[form] = json.dumps(content).encode()
    return files


def _found(files: Files) -> list[Finding]:
    variant = Variant.from_files(
        files, "hertsmere", origin=_HERTSMERE.origin, bases=_HERTSMERE.bases, untold=_HERTSMERE.untold
    )
    return check_variant(variant, handlers=HANDLERS, rules=[rule for rule in RULES if rule.name not in _ASIDE])


def _new(files: Files) -> list[Finding]:
    known = {finding.sentence for finding in each_of(_found(hertsmere()))}
    return [finding for finding in _found(files) if finding.sentence not in known]


@pytest.mark.parametrize(
    ("words", "form", "key", "changed", "follow"),
    [
        ("a day becomes a text", "forms/appeal.form", "appeal_received_on", _TEXT, 4),
        ("a day that others are made of", "forms/application.form", "application_date", _TEXT, 15),
        ("a choice becomes a box", "forms/application.form", "applicant_role", _BOX, 20),
        ("a person is asked for as a box", "forms/acknowledge_application.form", "csio_name", _BOX, 30),
        ("an answer is renamed", "forms/acknowledge_application.form", "csio_name", {"key": "csio"}, 30),
        ("an answer of items is renamed", "forms/agree_instead.form", "instead", {"key": "otherwise"}, 3),
        ("a day that limits count from is renamed", "forms/appeal.form", "appeal_received_on", {"key": "got_on"}, 10),
    ],
)
def test_a_question_that_is_changed_is_one_finding(
    words: str, form: str, key: str, changed: Mapping[str, Any], follow: int
) -> None:
    (finding,) = _new(_with(form, key, changed))
    assert len(finding.follows) >= follow


def test_a_choice_that_is_renamed_is_one_finding() -> None:
    files = _with("forms/agree_instead.form", "instead", {})
    files["forms/agree_instead.form"] = files["forms/agree_instead.form"].replace(
        b'"value": "further_actions"', b'"value": "more"'
    )
    (finding,) = _new(files)
    assert "“further_actions” is none of what “instead” can be." in finding.sentence


def test_two_slips_at_two_facts_are_two_findings() -> None:
    files = _with("forms/appeal.form", "appeal_received_on", _TEXT)
    other = json.loads(files["forms/agency_response.form"])
    (component,) = [each for each in _components(other) if each.get("key") == "response_given"]
    component.update(_BOX)
    component.pop("values")
    files["forms/agency_response.form"] = json.dumps(other).encode()
    assert len(_new(files)) == 2


def test_a_near_name_in_the_settings_has_its_line(tmp_path: Path) -> None:
    settings = (
        '[case]\nmain_process = "main"\n[[teams]]\nid = "appeals"\nname = "Appeals"\n[[teams]]\n'
        'id = "apeals"\nname = "Others"\n'
    )
    variant = folder(Drawing().start().end().flow("received", "closed"), settings=settings)
    for name, data in variant.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (finding,) = [each for each in each_of(check_paths([tmp_path])) if each.rule == "near-names"]
    lines = (tmp_path / "variant.toml").read_text().splitlines()
    assert finding.line
    assert finding.element_name in lines[finding.line - 1]
