"""The page of what of the standards is run says what the code says, and names tests that there are."""

from __future__ import annotations

import re

from engine.diagram.allow_list import ARTIFACTS, KINDS, NOT_RUN
from tests.house.checkout import ROOT

_PAGE = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")


def test_every_element_of_bpmn_stands_with_what_the_engine_does_with_it() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|$", _PAGE, re.MULTILINE))
    known = dict.fromkeys(KINDS, "run") | dict.fromkeys(NOT_RUN, "refused")
    assert said == known | dict.fromkeys(ARTIFACTS, "drawn, never run")


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", _PAGE))
    assert named
    assert {path for path in named if not (ROOT / path).is_file()} == set()
